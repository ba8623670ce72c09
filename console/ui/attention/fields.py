"""Small fields in the panel that ask for what an act needs: a reason, or how a team was reached. None is modal."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.vocabulary import Reached
from console.ui.parts.flow import Flow
from console.ui.parts.labels import label
from console.ui.theme.style import dress

T = TypeVar("T")

LONGEST = 200
"""Letters of a reason."""


class ReasonField(QWidget, Generic[T]):
    """Asks why, and gives ``then`` the choice that was pressed with the reason; Enter takes the first choice."""

    def __init__(self, title: str, choices: Sequence[tuple[str, T]], then: Callable[[T, str], None]) -> None:
        super().__init__()
        self._then, self._choices = then, tuple(choices)
        self.setAccessibleName(title)
        self._title = label(self, "muted", title, tone="text")
        self._title.setWordWrap(True)
        self._reason = QLineEdit(self)
        self._reason.setMaxLength(LONGEST)
        self._reason.setPlaceholderText("Why? (required)")
        self._reason.setAccessibleName("Reason")
        self.buttons = [QPushButton(text, self) for text, _ in self._choices]
        for button in self.buttons:
            button.setEnabled(False)
            button.setAutoDefault(False)  # Enter is the line's, also in a dialog
            button.setAccessibleName(f"{title} {button.text()}")
            button.clicked.connect(self._pressed)
            dress(button, "chip")
        row = QWidget(self)
        Flow(row, tuple(self.buttons)).setContentsMargins(0, 0, 0, 0)
        _stack(self, self._title, self._reason, row)
        self._reason.textChanged.connect(self._typed)
        self._reason.returnPressed.connect(self._entered)

    def take_focus(self) -> None:
        """Let the person type at once."""
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        for button in self.buttons:
            button.setEnabled(bool(text.strip()))

    def _entered(self) -> None:
        self._take(0)

    def _pressed(self) -> None:
        self._take(self.buttons.index(self.sender()))  # type: ignore[arg-type]  # one of them

    def _take(self, place: int) -> None:
        reason = self._reason.text().strip()
        if reason:
            self._then(self._choices[place][1], reason)


REACHED = (
    (Qt.Key.Key_R, "R  Radio", Reached.RADIO),
    (Qt.Key.Key_P, "P  Phone", Reached.PHONE),
    (Qt.Key.Key_X, "X  App", Reached.APP),
    (Qt.Key.Key_N, "N  Not reached", Reached.NOT_REACHED),
)
"""None of them is the key that opens the field: a second press of that one must not answer."""


class ReachedField(QWidget):
    """Asks how a team was reached; its keys go before the window's, and held ones say nothing."""

    def __init__(self, title: str, then: Callable[[Reached], None]) -> None:
        super().__init__()
        self._then = then
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = label(self, "muted", title, tone="text")
        self._title.setWordWrap(True)
        self.buttons = [QPushButton(text, self) for _, text, _ in REACHED]
        for button in self.buttons:
            button.setAccessibleName(f"{title} {button.text()[3:]}")
            button.setAutoDefault(False)
            button.clicked.connect(self._pressed)
            dress(button, "chip")
        row = QWidget(self)
        Flow(row, tuple(self.buttons)).setContentsMargins(0, 0, 0, 0)
        _stack(self, self._title, row)

    def take_focus(self) -> None:
        """Let the keys come here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self) -> None:
        self._then(REACHED[self.buttons.index(self.sender())][2])  # type: ignore[arg-type]  # one of them

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _meant(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        found = _meant(event)
        if found is not None:
            if not event.isAutoRepeat():
                self._then(found)
        else:
            super().keyPressEvent(event)


def _meant(event: QKeyEvent) -> Reached | None:
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return next((how for key, _, how in REACHED if plain and event.key() == key), None)


def _stack(field: QWidget, *widgets: QWidget) -> None:
    column = QVBoxLayout(field)
    column.setContentsMargins(8, 6, 8, 8)
    column.setSpacing(6)
    for widget in widgets:
        column.addWidget(widget)
    field.setMinimumSize(QSize(0, 0))
