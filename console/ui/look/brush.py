"""Draws one table cell: its ground, its one or two lines of text, bars and symbols, mirrored where needed."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPixmap

from console.ui.look.look import Look, Type
from console.ui.theme.theme import Token


class Brush:
    """A painter on the cell ``box``. ``dpr`` is the screen's pixel ratio, ``mirrored`` right to left.

    ``start`` and ``room`` are the cell without the space before it, which parts it from its neighbor;
    ``middle`` is half its height without the hairline.
    """

    __slots__ = ("box", "dpr", "look", "middle", "mirrored", "painter", "room", "start")

    def __init__(
        self, painter: QPainter, look: Look, box: QRect, dpr: float = 1.0, *, mirrored: bool = False
    ) -> None:
        self.painter = painter
        self.look = look
        self.box = box
        self.dpr = dpr
        self.mirrored = mirrored
        self.start = box.left() if mirrored else box.left() + look.pad
        self.room = box.width() - look.pad
        self.middle = box.top() + (box.height() - 1) / 2

    def ground(self, *, selected: bool, hatched: bool) -> None:
        """The row's ground and the hairline below it."""
        look, box, painter = self.look, self.box, self.painter
        if selected:
            painter.fillRect(box, look.color("raised"))
        if hatched:
            painter.setBrushOrigin(QPointF(0, box.top()))
            painter.fillRect(box, QBrush(look.hatching, Qt.BrushStyle.BDiagPattern))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, look.color("hairline"))

    def line(self, text: str, token: Token, *, right: bool = False) -> None:
        """One line in the middle of the cell."""
        self.text(text, self.look.body, token, self.middle, right=right)

    def lines(self, text: str, token: Token, second: str, tone: Token, *, right: bool = False) -> None:
        """A line and a small second line below it."""
        step = self.look.step
        self.text(text, self.look.body, token, self.middle - step, right=right)
        self.text(second, self.look.small, tone, self.middle + step + 1, right=right)

    def text(self, text: str, kind: Type, token: Token, middle: float, *, right: bool = False) -> None:
        """Text with its small letters around the height ``middle``, cut with an ellipsis where too long."""
        painter = self.painter
        text, width = kind.fitted(text, self.room)
        at = QPointF(self._first(width, right=right), middle + kind.lift)
        painter.setFont(kind.font)
        painter.setPen(self.look.color(token))
        if text.isascii():
            painter.drawText(at, text)
            return
        painter.save()  # stacked marks of other scripts stay within their row
        painter.setClipRect(self.box, Qt.ClipOperation.IntersectClip)
        painter.drawText(at, text)
        painter.restore()

    def _first(self, width: float, *, right: bool) -> float:
        """Where text of that width begins: a right-hand column keeps the space on its other side."""
        pad, box = self.look.pad, self.box
        return float(box.left() + pad) if right is self.mirrored else box.right() + 1 - pad - width

    def heading(self, text: str, first: QRect) -> None:
        """This cell's part of a heading that runs across the row from its ``first`` cell."""
        painter, kind, pad = self.painter, self.look.label, self.look.pad
        text = text.upper()
        far = first.right() + 1 - pad - kind.metrics.horizontalAdvance(text)
        painter.save()
        painter.setClipRect(self.box, Qt.ClipOperation.IntersectClip)
        painter.setFont(kind.font)
        painter.setPen(self.look.color("muted"))
        painter.drawText(QPointF(far if self.mirrored else first.left() + pad, self.middle + kind.lift), text)
        painter.restore()

    def pixmap(self, pixmap: QPixmap, *, start: bool = False) -> None:
        """A symbol at the start of the cell, or in its middle."""
        size = pixmap.deviceIndependentSize()
        spare = self.room - size.width()
        left = self.start + (spare / 2 if not start else spare if self.mirrored else 0)
        self.painter.drawPixmap(QPointF(round(left), round(self.middle - size.height() / 2)), pixmap)

    def corner(self, pixmap: QPixmap, side: int) -> None:
        """A small symbol over the upper far corner of one of that ``side`` at the start of the cell."""
        size = pixmap.deviceIndependentSize()
        out = side - size.width() / 3
        left = self.start + (self.room - out - size.width() if self.mirrored else out)
        top = self.middle - side / 2 - size.height() / 4
        self.painter.drawPixmap(QPointF(round(left), round(top)), pixmap)

    def bar(self, used: float, token: str, ticks: tuple[float, ...]) -> None:
        """Time used of a limit, both from 0 to 1, with a tick where each limit lies."""
        height = self.look.sizes.grid(2)
        top = round(self.middle - height / 2)
        self._part(0.0, 1.0, top, height, "bar_track")
        self._part(0.0, min(max(used, 0.0), 1.0), top, height, token)
        width = self.look.sizes.px(2) / max(self.room, 1)
        for tick in ticks:
            end = min(max(tick, width), 1.0)
            self._part(end - width, end, top, height, "edge" if used < tick else "ink")

    def _part(self, start: float, end: float, top: int, height: int, token: str) -> None:
        left = self.start + self.room * (1 - end if self.mirrored else start)
        self.painter.fillRect(QRectF(left, top, (end - start) * self.room, height), self.look.color(token))
