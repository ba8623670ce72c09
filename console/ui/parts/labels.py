"""Labels that show their text as it is, whatever stands in it: never markup, and cut where it is too long."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from console.ui.theme.style import Role, dress
from console.ui.theme.theme import Token


def label(parent: QWidget, role: Role, text: str = "", tone: Token | None = None) -> QLabel:
    """A label of plain text."""
    return _plain(QLabel(text, parent), role, tone)


class Elided(QLabel):
    """A label of plain text that takes the room that is left and ends in an ellipsis where it lacks some."""

    def __init__(self, parent: QWidget, role: Role) -> None:
        super().__init__(parent)
        _plain(self, role, None)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.setPen(self.palette().windowText().color())
            painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignVCenter, text)


class Reserved(QLabel):
    """A label that keeps the room of ``widest`` while it says nothing, so that nothing moves when it speaks."""

    def __init__(self, parent: QWidget, role: Role, widest: str, tone: Token | None = None) -> None:
        super().__init__(parent)
        self._widest = widest
        _plain(self, role, tone)

    @override
    def sizeHint(self) -> QSize:
        needed = self.fontMetrics().size(Qt.TextFlag.TextSingleLine, self._widest)
        return super().sizeHint().expandedTo(needed)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _plain(made: QLabel, role: Role, tone: Token | None) -> QLabel:
    made.setTextFormat(Qt.TextFormat.PlainText)
    dress(made, role, tone)
    return made
