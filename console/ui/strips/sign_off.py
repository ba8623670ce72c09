"""The field in which a person answers for what left the board: to whom, or what, it was handed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from console.session.store import Store
from console.ui.look.look import Look, look_of
from console.ui.look.view import View

LONGEST = 200
ASKED = "Handed to, or outcome"


class SignOff(QWidget):
    """``signed`` gives the strip and to whom it was handed, once both are known; its label names the strip."""

    signed = Signal(str, str)

    def __init__(self, view: Store[View], parent: QWidget) -> None:
        super().__init__(parent)
        self._strip = ""
        self._label, self._field = QLabel(ASKED), QLineEdit()
        self._button = QPushButton("Sign off")
        self._lay_out(Look(*look_of(view.value)))
        self._field.textChanged.connect(self._allow)
        self._field.returnPressed.connect(self._sign)
        self._button.clicked.connect(self._sign)
        self._allow()

    @property
    def strip(self) -> str:
        """The one that is signed next; empty for none."""
        return self._strip

    def take(self, strip: str, name: str = "") -> None:
        """Sign this one, which people call ``name``, next; empty for none: what was typed stays."""
        self._strip = strip
        self._label.setText(f"{name}: {ASKED[:1].lower()}{ASKED[1:]}" if name else ASKED)
        self._field.setAccessibleName(self._label.text())
        self._allow()

    def clear(self) -> bool:
        """Take back what was typed; whether there was anything."""
        typed = bool(self._field.text())
        self._field.clear()
        return typed

    def _lay_out(self, look: Look) -> None:
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setBuddy(self._field)
        self._field.setMaxLength(LONGEST)
        self._field.setAccessibleName(ASKED)
        self._field.setPlaceholderText("for example: county outreach, R. Vega, by phone")
        self._button.setAutoDefault(False)
        row = QHBoxLayout(self)
        pad = look.sizes.grid(3)
        row.setContentsMargins(pad, look.sizes.grid(1), pad, look.sizes.grid(3))
        row.setSpacing(look.sizes.grid(2))
        row.addWidget(self._label)
        row.addWidget(self._field, 1)
        row.addWidget(self._button)

    def _allow(self) -> None:
        ready = bool(self._strip and self._field.text().strip())
        self._button.setEnabled(ready)
        said = "Choose a row, and say to whom it was handed." if not ready else "Sign the chosen row off."
        self._button.setToolTip(said)

    def _sign(self) -> None:
        if self._button.isEnabled():
            strip, to = self._strip, self._field.text().strip()
            self._field.clear()
            self.take("")
            self.signed.emit(strip, to)
