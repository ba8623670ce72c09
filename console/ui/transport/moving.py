"""Draws what moves on the time axis: the playhead, the pointer's line, the loop, the newest moment."""

from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from console.session.transport import Loop
from console.ui.look.look import Look
from console.ui.transport.paint import rows
from console.ui.transport.scale import Scale

LIVE = "LIVE"


class Frame(Struct, frozen=True):
    """What moves: the playhead, the loop, the newest moment of a shift that goes on, and the pixel pointed at."""

    playhead: datetime
    loop: Loop
    newest: datetime | None = None
    pointer: int | None = None


class Moving:
    """A painter on the axis for one frame."""

    def __init__(self, painter: QPainter, look: Look, scale: Scale) -> None:
        self._painter, self._look, self._scale = painter, look, scale
        self._rows = rows(look)

    def frame(self, shown: Frame, right: int) -> None:
        """All that moves; the axis ends at ``right``."""
        scale = self._scale
        self.loop(shown.loop)
        if shown.newest is not None and scale.shows(shown.newest):
            self.newest(scale.x(shown.newest), right)
        if shown.pointer is not None:
            self.pointer(shown.pointer)
        if scale.shows(shown.playhead):
            self.playhead(round(scale.x(shown.playhead)))

    def focus(self, box: QRect) -> None:
        """That the keys go here."""
        self._painter.setPen(self._look.color("focus"))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(box.adjusted(0, 0, -1, -1))

    def pointer(self, x: float) -> None:
        """A line under the pointer."""
        self._line(x, "muted", 1)

    def playhead(self, x: float) -> None:
        """Where in the shift the board stands."""
        painter, half = self._painter, self._look.sizes.px(6)
        self._line(x - 1, "panel", 4)
        self._line(x, "text", 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._look.color("panel"))
        painter.setBrush(self._look.color("text"))
        painter.drawPolygon(QPolygonF([QPointF(x - half, 0), QPointF(x + half, 0), QPointF(x, half * 1.4)]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def loop(self, loop: Loop) -> None:
        """What is played again and again: shaded, between brackets as on the keys that set them."""
        scale, rows = self._scale, self._rows
        shade = QColor(self._look.color("replay"))
        shade.setAlphaF(0.22)
        if loop.since is not None and loop.until is not None:
            left, right = scale.x(loop.since), scale.x(loop.until)
            self._painter.fillRect(QRectF(left, rows.band, right - left, rows.base - rows.band), shade)
        for end, inward in ((loop.since, 1), (loop.until, -1)):
            if end is not None and scale.shows(end):
                self._bracket(round(scale.x(end)), inward)

    def _bracket(self, x: int, inward: int) -> None:
        rows, color = self._rows, self._look.color("replay")
        arm = self._look.sizes.px(5)
        self._painter.fillRect(QRectF(x - 1, rows.band, 2, rows.base - rows.band), color)
        for y in (rows.band, rows.base - 2):
            self._painter.fillRect(QRectF(min(x, x + inward * arm), y, arm, 2), color)

    def newest(self, x: float, right: float) -> None:
        """The newest moment of a shift that goes on; behind it, up to ``right``, there is nothing yet."""
        painter, look = self._painter, self._look
        self._line(x, "replay", 2)
        wide = look.label.metrics.horizontalAdvance(LIVE)
        left = min(x + look.sizes.px(4), right - wide)
        painter.fillRect(QRectF(left - 1, 0, wide + 2, look.sizes.px(16)), look.color("panel"))
        painter.setFont(look.label.font)
        painter.setPen(look.color("replay"))
        painter.drawText(QPointF(left, look.sizes.px(8) + look.label.lift), LIVE)

    def _line(self, x: float, token: str, wide: int) -> None:
        box = QRectF(round(x) - wide // 2, 0, wide, self._rows.ticks)
        self._painter.fillRect(box, self._look.color(token))
