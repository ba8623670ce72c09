"""What stands in a panel that has no rows: why it is empty, and what to do where something can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.ui.parts.labels import label
from console.ui.theme.style import dress


class Notice(QWidget):
    """A quiet text at the top of the empty space, with a button where pressing it helps."""

    pressed = Signal()

    def __init__(self, deed: str) -> None:
        super().__init__()
        self._text = label(self, "value", tone="muted")
        self._text.setWordWrap(True)
        self._button = QPushButton(deed, self)
        self._button.setAccessibleName(deed)
        self._button.clicked.connect(self.pressed)
        dress(self._button, "chip")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._text)
        column.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def say(self, text: str, *, button: bool) -> None:
        """Show ``text``, and the button or not."""
        self._text.setText(text)
        self._button.setVisible(button)
