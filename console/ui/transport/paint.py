"""Draws the time axis of a shift: everything on it that stands still while the playhead moves."""

from collections.abc import Iterable
from datetime import tzinfo

from msgspec import Struct
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPixmap

from console.domain.track import Gap, GapKind, MarkKind, Track
from console.ui.look.look import Look
from console.ui.parts.masking import isolated
from console.ui.theme import symbols
from console.ui.theme.symbols import Spot
from console.ui.transport import marks
from console.ui.transport.marks import NOTES, Room
from console.ui.transport.scale import Scale, times

CELL = 4
BADGE = 13
TALL, TALL_LARGE, LARGE = 28, 16, 1.6
"""Height of the density; with very large type the board above needs the room more."""

HATCHES = {
    GapKind.CONSOLE_OFF: Qt.BrushStyle.BDiagPattern,
    GapKind.FEED_DOWN: Qt.BrushStyle.FDiagPattern,
    GapKind.LOST: Qt.BrushStyle.HorPattern,
    GapKind.DAMAGED: Qt.BrushStyle.DiagCrossPattern,
}
"""Each kind of gap has a pattern of its own."""


class Rows(Struct, frozen=True):
    """The heights at which things stand, from the top: labels, the band of density, ticks of calls, times."""

    band: float
    base: float
    ticks: float
    bottom: float


def rows(look: Look) -> Rows:
    """The heights at the size of type of ``look``."""
    band = look.sizes.px(18)
    large = look.scale >= LARGE
    base = band + look.sizes.px(TALL_LARGE if large else TALL)
    ticks = base + look.sizes.px(4 if large else 6)
    return Rows(band, base, ticks, ticks + look.sizes.px(18))


def still(track: Track, look: Look, scale: Scale, zone: tzinfo, size: QSize, ratio: float) -> QPixmap:
    """A picture of it, ``ratio`` pixels to each of ``size``."""
    drawn = QPixmap(size * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(look.color("panel"))
    with QPainter(drawn) as painter:
        Drawing(painter, look, scale, zone).track(track)
    return drawn


class Drawing:
    """A painter on the axis; ``scale`` says where moments lie, ``zone`` how they are told."""

    def __init__(self, painter: QPainter, look: Look, scale: Scale, zone: tzinfo) -> None:
        self._painter, self._look, self._scale, self._zone = painter, look, scale, zone
        self._rows = rows(look)
        self._right = scale.left + scale.width

    def track(self, track: Track) -> None:
        """All of the shift."""
        self._density(track)
        self._times()
        self._gaps(track.gaps)
        self._calls(track)
        self._named(track)

    def _density(self, track: Track) -> None:
        tall, base = self._rows.base - self._rows.band, self._rows.base
        painter, look = self._painter, self._look
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("bar"))
        bars = []
        for cell in marks.cells(track, self._scale, look.sizes.px(CELL)):
            left, right = max(cell.left, self._scale.left), min(cell.left + cell.width - 1, self._right)
            high = max(cell.high * tall, 1.0)
            if right > left:
                bars.append(QRectF(left, base - high, right - left, high))
        painter.drawRects(bars)

    def _times(self) -> None:
        painter, look, rows = self._painter, self._look, self._rows
        painter.fillRect(QRectF(self._scale.left, rows.base, self._scale.width, 1), look.color("edge"))
        painter.setFont(look.small.font)
        for time in times(self._scale, self._zone, look.sizes.px(72)):
            x = round(self._scale.x(time.at))
            if time.day:
                painter.fillRect(QRectF(x, 0, 1, rows.ticks), look.color("edge"))
            painter.fillRect(QRectF(x, rows.base, 1, rows.ticks - rows.base), look.color("edge"))
            wide = look.small.metrics.horizontalAdvance(time.text)
            left = min(max(x - wide / 2, 0), self._scale.left * 2 + self._scale.width - wide)
            painter.setPen(look.color("text" if time.day else "muted"))
            painter.drawText(QPointF(left, rows.bottom - look.sizes.px(4)), time.text)

    def _gaps(self, gaps: Iterable[Gap]) -> None:
        painter, rows = self._painter, self._rows
        for gap in gaps:
            left = max(self._scale.x(gap.since), self._scale.left)
            right = min(self._scale.x(gap.until), self._right)
            if right < self._scale.left or left > self._right:
                continue
            box = QRectF(left, rows.band, max(right - left, 2.0), rows.base - rows.band)
            if gap.kind is GapKind.FEED_DOWN:
                box.setTop(rows.base - self._look.sizes.px(6))
            painter.fillRect(box, self._look.color("panel"))
            painter.fillRect(box, QBrush(self._look.color("stale"), HATCHES[gap.kind]))
            painter.setPen(QPen(self._look.color("stale"), 1))
            painter.drawLine(QLineF(box.topLeft(), box.bottomLeft()))
            painter.drawLine(QLineF(box.topRight(), box.bottomRight()))

    def _calls(self, track: Track) -> None:
        places = marks.pixels(marks.seen(track, self._scale, (MarkKind.CALL,)), self._scale)
        top, tall = self._rows.base + 2, self._rows.ticks - self._rows.base - 2
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._look.color("text"))
        self._painter.drawRects([QRectF(x, top, 1, tall) for x in places])

    def _named(self, track: Track) -> None:
        """Alarms, and beside bookmarks and notes their labels as far as there is room."""
        look, scale = self._look, self._scale
        kept = marks.seen(track, scale, NOTES)
        size = look.sizes.px(BADGE)
        alarms = marks.alarms(marks.seen(track, scale, (MarkKind.ALARM,)), scale, size)
        texts: dict[int, str] = {}
        for mark in kept:
            texts.setdefault(round(scale.x(mark.at)), isolated(mark.label) or mark.kind.value)
        self._lines(texts)
        taken = [(x - size / 2, x + size / 2) for x in alarms]
        room = Room(min(self._right, scale.x(track.until)), look.sizes.px(4), look.sizes.px(28))
        self._painter.setPen(look.color("text"))
        self._painter.setFont(look.small.font)
        middle = self._rows.band / 2
        for label in marks.labels(sorted(texts.items()), taken, room, look.small.fitted):
            self._painter.drawText(QPointF(label.left, middle + look.small.lift), label.text)
        for x, priority in sorted(alarms.items(), key=lambda one: -one[1]):
            symbols.paint_badge(self._painter, look.theme, priority, Spot(QPointF(x + 0.5, middle), size))

    def _lines(self, places: Iterable[int]) -> None:
        pen = QPen(self._look.color("text"), 1)
        pen.setDashPattern([3, 3])
        self._painter.setPen(pen)
        self._painter.drawLines([QLineF(x + 0.5, 2, x + 0.5, self._rows.base) for x in places])
