"""The foot of the panel: what was just done, with its undo, or the field that asks for what an act needs."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.ui.parts.announce import announce
from console.ui.parts.labels import Elided
from console.ui.theme.style import dress

SAID_MS = 10_000
"""How long it stands there, so that an undo can be reached from the keyboard."""


NARROWEST = 200
"""Width below which nothing is laid out: a panel that was not shown yet has none."""


class Field(Protocol):
    """What asks for something."""

    def take_focus(self) -> None: ...


def needed(widget: QWidget, width: int) -> int:
    """How high ``widget`` has to be at that width; a size hint of words that wrap is for a width of its own."""
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.totalHeightForWidth(max(width, NARROWEST))
    return widget.sizeHint().height()


class Foot(QWidget):
    """Empty and without height until something is to be said or asked; ``changed`` when its height does,
    ``silent`` when nothing stands there any more.

    The line keeps its place once it was needed, until the panel is calm: nothing moves below it when it falls silent.
    """

    changed = Signal()
    silent = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line = QWidget(self)
        self._text, self.undo = Elided(self._line, "muted"), QPushButton("Undo", self._line)
        dress(self.undo, "chip")
        self.undo.setAutoDefault(False)
        self._undone: Callable[[], None] | None = None
        self._field: QWidget | None = None
        self._before: QWidget | None = None
        self._gone = QTimer(self, singleShot=True, interval=SAID_MS)
        self._gone.timeout.connect(self.quiet)
        self.undo.clicked.connect(self._take_back)
        row = QHBoxLayout(self._line)
        row.setContentsMargins(8, 2, 8, 2)
        row.addWidget(self._text, 1)
        row.addWidget(self.undo)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._line)
        self._line.hide()
        policy = self.undo.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.undo.setSizePolicy(policy)

    @property
    def said(self) -> str:
        """What stands there now."""
        return self._text.text() if not self._line.isHidden() else ""

    @property
    def field(self) -> QWidget | None:
        """The field that is open."""
        return self._field

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Tell what was done, or why nothing was."""
        self.close_field()
        self._undone = undo
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self.undo.setVisible(undo is not None)
        self.undo.setAccessibleName(f"Undo: {text}")
        self._line.show()
        self._gone.start()
        announce(self, text)
        self.changed.emit()

    def ask(self, field: QWidget) -> None:
        """Open ``field``, a `Field`, with the focus in it; the one before closes."""
        self.close_field()
        self.quiet()
        self._line.hide()
        self._before = self.window().focusWidget()
        self._field = field
        self._column.addWidget(field)
        field.show()
        for widget in (field, *field.findChildren(QWidget)):
            widget.ensurePolished()  # the style sheet tells how high it is
        self.changed.emit()
        if not self.isActiveWindow():
            self.window().activateWindow()  # a key in a list over the window asked for it
        field.take_focus()  # type: ignore[attr-defined]  # both kinds have it

    def close_field(self) -> bool:
        """Close the field and give the focus back; whether there was one."""
        field, self._field = self._field, None
        if field is None:
            return False
        focus = QApplication.focusWidget()
        inside = focus is not None and (focus is field or field.isAncestorOf(focus))
        self._column.removeWidget(field)
        field.hide()
        field.deleteLater()
        if inside and self._before is not None and isValid(self._before):
            self._before.setFocus()
        self._before = None
        self.changed.emit()
        return True

    def clear(self) -> None:
        """Say and ask nothing."""
        self.close_field()
        self.quiet()
        self.rest()

    def rest(self) -> None:
        """Give the line's place back, unless something stands there."""
        if not self._text.text() and not self._line.isHidden():
            self._line.hide()
            self.changed.emit()

    def stop(self) -> None:
        """Nothing is said or hidden after this."""
        self._gone.stop()

    def height_wanted(self) -> int:
        """What it needs now."""
        shown = self._field if self._field is not None else None if self._line.isHidden() else self._line
        if shown is None:
            return 0
        return needed(shown, self.width())

    def quiet(self) -> None:
        """Say nothing more."""
        self._gone.stop()
        self._undone = None
        self._text.setText("")
        self.undo.hide()
        self.silent.emit()

    def _take_back(self) -> None:
        undo = self._undone
        self.quiet()
        if undo is not None:
            undo()
