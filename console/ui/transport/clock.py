"""The recorded date and the recorded clock, large; pressing it asks for a time to go to."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from console.ui.look.look import Look
from console.ui.parts.clocks import Present
from console.ui.parts.labels import label
from console.ui.parts.masking import tip
from console.ui.theme import fonts
from console.ui.theme.style import dress
from console.ui.transport import words

WIDEST = "00:00:00"


class RecordedClock(QWidget):
    """Two lines; the figures have one width, so that nothing beside them moves."""

    pressed = Signal()

    def __init__(self, look: Look, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.date: QLabel = label(self, "label", tone="text")
        self.time: QLabel = label(self, "display")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.date)
        column.addWidget(self.time)
        column.addStretch(1)
        self.setToolTip(tip("The recorded time, in the agency's zone.", _key("Go to a time", keys, "go_to")))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.wear(look)

    def wear(self, look: Look, *, compact: bool = False) -> None:
        """Draw in another theme or at another scale, ``compact`` where height is short."""
        dress(self.time, "figure" if compact else "display")
        font = fonts.face(look.sizes.figure if compact else look.sizes.display)
        self.time.setMinimumWidth(round(QFontMetricsF(font).horizontalAdvance(WIDEST)) + look.sizes.grid(2))
        self.updateGeometry()

    def show_now(self, now: Present) -> None:
        """Tell the moment on the board."""
        date, time = words.date_text(now), words.clock_face(now)
        if self.time.text() != time:
            self.time.setText(time)
            self.time.setAccessibleName(f"Recorded time {time}")
        if self.date.text() != date:
            self.date.setText(date)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()


def _key(what: str, keys: Mapping[str, str], act: str) -> str:
    return f"{what}: {keys[act]}" if act in keys else what
