"""Filter chips: a button that says what is chosen and how many that is, with the choices in a menu."""

from collections.abc import Hashable, Iterable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from console.ui.look.view import Choice
from console.ui.theme.style import dress


def unmarked(text: str) -> str:
    """Text for a button or a menu, where an ampersand would underline the next letter."""
    return text.replace("&", "&&")


class Chip(QPushButton):
    """One filter, known by its ``key``. It asks for its choices when opened, and tells what was chosen."""

    opened = Signal(str)
    chosen = Signal(str, frozenset)

    def __init__(self, key: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = key
        self._name = name
        self._held: frozenset[Hashable] = frozenset()
        self.setAccessibleName(name)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(name)
        self._menu.triggered.connect(self._toggle)
        self.clicked.connect(self._open)
        dress(self, "chip")

    def say(self, text: str, held: frozenset[Hashable]) -> None:
        """Show what is chosen, and how many rows that is."""
        self._held = held
        if self.text() != unmarked(text):
            self.setText(unmarked(text))
            self.setAccessibleName(f"{self._name}: {text}")
            dress(self, "chip", "text" if held else "muted")
            self.updateGeometry()

    def offer(self, choices: Iterable[Choice]) -> None:
        """Open the menu with these choices and their counts."""
        self._menu.clear()
        everything = self._menu.addAction("all")
        everything.setEnabled(bool(self._held))
        self._menu.addSeparator()
        for choice in choices:
            action = self._menu.addAction(f"{unmarked(choice.text)}\t{choice.count}")
            action.setCheckable(True)
            action.setChecked(choice.value in self._held)
            action.setData((choice.value,))
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _open(self) -> None:
        self.opened.emit(self._key)

    def _toggle(self, action: QAction) -> None:
        value = action.data()
        self.chosen.emit(self._key, self._held ^ frozenset(value) if value else frozenset())


def button(parent: QWidget, text: str, name: str) -> QPushButton:
    """A chip that opens something; ``name`` is what a screen reader and the tooltip say."""
    made = QPushButton(unmarked(text), parent)
    made.setAccessibleName(name)
    made.setToolTip(name)
    dress(made, "chip", "muted")
    return made


def toggle(parent: QWidget, name: str) -> QToolButton:
    """A quiet text button that stays pressed while what it names is shown."""
    button = QToolButton(parent)
    button.setCheckable(True)
    button.setAccessibleName(name)
    dress(button, "muted")
    return button


def say(button: QToolButton, text: str, *, pressed: bool) -> None:
    """Give a toggle its text and state; without a text it is not shown."""
    button.setVisible(bool(text))
    button.setText(unmarked(text))
    button.setChecked(pressed)
