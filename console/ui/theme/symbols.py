"""Paints the outlines of `shapes.py`: units, alarm badges and call pins, in a theme's colors."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap, QPolygonF, QTransform

from console.ui.theme import fonts, shapes
from console.ui.theme.shapes import GRID, Line, Loud, Mark, Shape
from console.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a symbol goes: its center (a pin's tip) and the side of its 16 px grid as drawn."""

    at: QPointF
    size: float = GRID

    @property
    def unit(self) -> float:
        """Drawn pixels per pixel of the grid."""
        return self.size / GRID

    def moved(self, x: float, y: float, scale: float = 1.0) -> "Spot":
        """The spot at grid offset (x, y) from this one."""
        return Spot(self.at + QPointF(x, y) * self.unit, self.size * scale)


def outline(shape: Shape, spot: Spot) -> QPainterPath:
    """The shape as a closed path at its place."""
    path = QPainterPath()
    if shape.radius:
        path.addEllipse(QPointF(*shape.points[0]), shape.radius, shape.radius)
    else:
        path.addPolygon(_polygon(shape.points))
        path.closeSubpath()
    return _placed(path, spot)


def dashed(shape: Shape, spot: Spot) -> QPainterPath:
    """The outline in dashes whose corners are whole."""
    path = QPainterPath()
    for line in shapes.dashes(shape):
        path.addPolygon(_polygon(line))
    return _placed(path, spot)


def paint_unit(painter: QPainter, theme: Theme, program: str, mark: Mark, spot: Spot) -> None:
    """A unit: its program's shape, hollow, half or full by what it is doing, dashed when stale."""
    shape = shapes.PROGRAMS[program]
    path = outline(shape, spot)
    color = QColor(_unit_color(theme, mark))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(_filled(path, mark), QColor(theme.bar))
    painter.strokePath(dashed(shape, spot) if mark.dashed else path, _pen(color, spot))
    if mark.struck:
        painter.setPen(_pen(color, spot))
        painter.drawLine(spot.moved(-6.0, 6.0).at, spot.moved(6.0, -6.0).at)
    painter.restore()


def paint_badge(painter: QPainter, theme: Theme, priority: int, spot: Spot, loud: Loud = "full") -> None:
    """An alarm's badge: shape, color and number each tell the priority; in outline it does not call."""
    badge = shapes.BADGES[priority]
    color = QColor(theme.muted if loud == "gray" else theme.alarm(priority))
    path = outline(badge.shape, spot)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, color if loud == "full" else QColor(theme.panel))
    if loud != "full":
        painter.strokePath(path, _pen(color, spot))
    ink = QColor(theme.ink) if loud == "full" else color
    painter.fillPath(_figure(str(priority), spot.moved(0.0, badge.drop)), ink)
    painter.restore()


def paint_pin(painter: QPainter, theme: Theme, priority: int | None, spot: Spot) -> None:
    """A call with its tip at the spot: a gray pin, or one that carries its alarm's badge."""
    color = QColor(theme.alarm(priority) if priority else theme.muted)
    head = spot.moved(*shapes.PIN_HEAD, shapes.PIN_BADGE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = outline(shapes.PIN, spot)
    painter.fillPath(path, QColor(theme.panel))
    painter.strokePath(path, _pen(color, spot))
    if priority:
        paint_badge(painter, theme, priority, head)
    else:
        painter.fillPath(outline(Shape(((0.0, 0.0),), 3.0), head), color)
    painter.restore()


def canvas(size: float, dpr: float) -> QPixmap:
    """A transparent square of ``size`` logical pixels to paint a symbol on."""
    side = round(size * dpr)
    pixmap = QPixmap(side, side)
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _polygon(points: Line) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _placed(path: QPainterPath, spot: Spot) -> QPainterPath:
    return QTransform(spot.unit, 0, 0, spot.unit, spot.at.x(), spot.at.y()).map(path)


def _unit_color(theme: Theme, mark: Mark) -> str:
    if mark.dashed:
        return theme.stale
    return theme.muted if mark.struck else theme.text


def _filled(path: QPainterPath, mark: Mark) -> QPainterPath:
    match mark.fill:
        case "none":
            return QPainterPath()
        case "full":
            return path
        case "half":
            box = path.boundingRect()
            lower = QPainterPath()
            lower.addRect(QRectF(box.left(), box.center().y(), box.width(), box.height() / 2))
            return path.intersected(lower)


def _pen(color: QColor, spot: Spot) -> QPen:
    pen = QPen(color, shapes.STROKE * spot.unit)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _figure(text: str, spot: Spot) -> QPainterPath:
    """The text as a path centered by its ink, so it sits still at any size and pixel ratio."""
    path = QPainterPath()
    path.addText(QPointF(), fonts.face(round(GRID * 4), QFont.Weight.Bold), text)
    unit = spot.unit * 10.0 / (GRID * 4)
    middle = path.boundingRect().center()
    return QTransform.fromScale(unit, unit).map(path.translated(-middle)).translated(spot.at)
