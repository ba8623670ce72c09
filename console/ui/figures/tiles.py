"""A tile: a small label over a figure, painted on one baseline; pressed, it opens what was counted."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from console.ui.figures.faces import Face, Span, Step
from console.ui.look.look import Look
from console.ui.theme import fonts


class Tile(QAbstractButton):
    """One tile; `clicked` is a press, Enter or Space.

    Its width shrinks only when a part of its line goes, so that nothing jumps; ``steady`` off, it is as
    wide as what it says. ``foot`` is the longest usual second line: room is kept for it. With ``yielding``
    the second line gives way, cut short, where room is short.
    """

    def __init__(self, name: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._face = Face()
        self._look = look
        self._compact = False
        self._told = QSize()
        self.parted_left = False
        self.steady, self.yielding, self.foot = True, False, ""
        self._widest = {False: 0, True: 0}
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    @property
    def face(self) -> Face:
        """What is shown now."""
        return self._face

    def show_face(self, face: Face) -> None:
        """Show ``face``; nothing happens when it is the same."""
        if face == self._face:
            return
        if not self.steady or len(face.line) != len(self._face.line):
            self._widest = {False: 0, True: 0}
        self._face = face
        self.setToolTip(face.tip)
        self.setAccessibleName(face.said)
        self.setAccessibleDescription(face.note)
        self._fit()

    def wear(self, look: Look) -> None:
        """Take another look."""
        self._look, self._widest = look, {False: 0, True: 0}
        self._fit()

    def compress(self, compact: bool) -> None:
        """Take a smaller figure and less room around it, or the usual one again."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def least(self, *, compact: bool) -> int:
        """The width below which a tile must not go: all of it, unless its second line yields."""
        if not self.yielding:
            return self.room(compact=compact).width()
        return round(self._firm(compact)) + 2 * self._side(compact) + 1

    def roomy(self, wide: int, room: int) -> bool:
        """Whether ``room`` has ``wide`` pixels at the scale of type."""
        return room >= self._look.sizes.px(wide)

    def room(self, *, compact: bool) -> QSize:
        """The size the tile needs, usual or compact."""
        sizes = self._look.sizes
        _, line, note = self._baselines(compact)
        foot = (note if self._face.note or self.foot else line) + sizes.pad + sizes.px(2)
        return QSize(max(self._widest[compact], sizes.row), round(foot))

    def _fit(self) -> None:
        for compact, widest in self._widest.items():
            self._widest[compact] = max(widest, self._wanted(compact))
        if self.room(compact=self._compact) != self._told:
            self._told = self.room(compact=self._compact)
            self.updateGeometry()
        self.update()

    def _wanted(self, compact: bool) -> int:
        small = self._look.small.metrics
        notes = max(small.horizontalAdvance(self._face.note), small.horizontalAdvance(self.foot))
        return round(max(self._firm(compact), notes)) + 2 * self._side(compact) + 1

    def _firm(self, compact: bool) -> float:
        """The width of the label and of the line, the wider one."""
        look = self._look
        line = sum(self._width(span, compact) for span in self._face.line)
        line += look.sizes.grid(1) * max(0, len(self._face.line) - 1)
        return max(look.label.metrics.horizontalAdvance(self._face.label.upper()), line)

    def _side(self, compact: bool) -> int:
        return self._look.sizes.grid(2 if compact else 3)

    def _font(self, step: Step, compact: bool) -> QFont:
        sizes = self._look.sizes
        match step:
            case "small":
                return self._look.small.font
            case "body":
                return fonts.face(sizes.body, QFont.Weight.Medium)
            case "figure":
                return fonts.face(sizes.lead if compact else sizes.figure, QFont.Weight.Medium)

    def _width(self, span: Span, compact: bool) -> float:
        sizes = self._look.sizes
        icon = sizes.icon if span.badge or span.icon else 0
        gap = sizes.grid(1) if icon and span.text else 0
        return QFontMetricsF(self._font(span.step, compact)).horizontalAdvance(span.text) + icon + gap

    def _places(self) -> Iterator[tuple[Span, float]]:
        x = float(self._side(self._compact))
        for span in self._face.line:
            yield span, x
            x += self._width(span, self._compact) + self._look.sizes.grid(1)

    def _baselines(self, compact: bool) -> tuple[float, float, float]:
        """Where the label, the line and the note stand, from the top."""
        look = self._look
        label = look.sizes.pad + look.label.metrics.ascent()
        line = label + look.sizes.grid(1) + QFontMetricsF(self._font("figure", compact)).ascent()
        return label, line, line + look.sizes.grid(1) + look.small.metrics.ascent()

    def _paint_span(self, painter: QPainter, span: Span, at: QPointF) -> None:
        size = self._look.sizes.icon
        if span.badge or span.icon:
            tall = QFontMetricsF(self._font("figure" if span.badge else span.step, self._compact))
            painter.drawPixmap(at - QPointF(0, (tall.capHeight() + size) / 2), self._symbol(span))
            at += QPointF(size + self._look.sizes.grid(1), 0)
        painter.setFont(self._font(span.step, self._compact))
        painter.setPen(self._look.color(span.token))
        painter.drawText(at, span.text)

    def _paint_note(self, painter: QPainter, at: QPointF) -> None:
        look, face = self._look, self._face
        if face.note and face.note == face.since:
            painter.setPen(look.color("stale"))
        painter.setFont(look.small.font)
        room = self.width() - at.x() - self._side(self._compact)
        painter.drawText(at, look.small.metrics.elidedText(face.note, Qt.TextElideMode.ElideRight, room))

    def _symbol(self, span: Span) -> QPixmap:
        icons, size, ratio = self._look.icons, self._look.sizes.icon, self.devicePixelRatioF()
        if span.badge:
            return icons.badge(span.badge, size, ratio)
        return icons.pixmap(span.icon, size, ratio, span.token)

    def _paint_ground(self, painter: QPainter) -> None:
        box, look = QRectF(self.rect()), self._look
        if self.underMouse():
            painter.fillRect(box, look.color("overlay"))
        if self._face.late:
            painter.fillRect(box, QBrush(look.color("hairline"), Qt.BrushStyle.BDiagPattern))
        edge = 0 if self.parted_left else box.right() - 1
        painter.fillRect(QRectF(edge, 0, 1, box.height()), look.color("hairline"))
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    @override
    def sizeHint(self) -> QSize:
        return self.room(compact=self._compact)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        label, line, note = self._baselines(self._compact)
        left, look = self._side(self._compact), self._look
        with QPainter(self) as painter:
            self._paint_ground(painter)
            painter.setPen(look.color("muted"))
            painter.setFont(look.label.font)
            painter.drawText(QPointF(left, label), self._face.label.upper())
            self._paint_note(painter, QPointF(left, note))
            for span, x in self._places():
                self._paint_span(painter, span, QPointF(x, line))
