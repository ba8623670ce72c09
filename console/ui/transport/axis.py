"""The time axis of a replay: shows where in the shift one is and what lies where, and takes one elsewhere."""

from datetime import datetime

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from console.session.playing import Playing
from console.ui.look.look import Look
from console.ui.parts.masking import tip
from console.ui.transport import words
from console.ui.transport.hand import Hand, grip, notches
from console.ui.transport.moving import Frame, Moving
from console.ui.transport.paint import rows, still
from console.ui.transport.reach import Reach
from console.ui.transport.scale import Scale

ZOOM = 1.25
"""By how much a notch of the wheel zooms."""

NEAR_PX = 5
END_PX = 20
"""Room beside the ends, where half of the first and of the last time stand."""


class Axis(QWidget):
    """Density, marks and gaps are drawn once; with each frame only the playhead moves.

    ``sought`` tells a moment that a person wants to see; what else is dragged `hand` tells.
    """

    sought = Signal(object)

    def __init__(self, look: Look, playing: Playing) -> None:
        super().__init__()
        self._look, self._playing = look, playing
        self._at = self._edge = playing.track.since
        self._reach = Reach(playing.track.since, playing.track.until)
        self._reach.begin_late(playing.track.beginning, going=playing.shift.going)
        self._still: QPixmap | None = None
        self._hover: int | None = None
        self.hand = Hand(self)
        self.hand.sought.connect(self._sought)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Time axis of the shift")
        self.setAccessibleDescription(words.track_text(playing))

    def wear(self, look: Look) -> None:
        """Draw in another theme or at another scale."""
        self._look = look
        self._stretch()
        self.updateGeometry()
        self._redraw()

    def show_playing(self, playing: Playing) -> None:
        """Another shift, more of it, or another loop."""
        before, self._playing = self._playing, playing
        if playing.shift.id != before.shift.id:
            self._reach.begin(playing.track.since, playing.track.until)
            self._reach.begin_late(playing.track.beginning, going=playing.shift.going)
        if playing.track is not before.track:
            self._reach.include(playing.track.until, going=playing.shift.going)
            self.setAccessibleDescription(words.track_text(playing))
            self._redraw()
        self.update()

    def show_now(self, at: datetime, edge: datetime) -> None:
        """Move the playhead to ``at``; ``edge`` is the newest moment that can be shown."""
        before, edge_before = self.place(self.shown), self.place(self._edge)
        self._at, self._edge = at, edge
        turned = self._playing.running and not self.hand.holding and self._reach.follow(at)
        if self._reach.include(edge, going=self._playing.shift.going) or turned:
            self._redraw()
        self._moved(before, self.place(self.shown))
        self._moved(edge_before, self.place(edge))

    @property
    def shown(self) -> datetime:
        """Where the playhead stands: where it is dragged to, else the moment of the board."""
        return self.hand.wanted or self._at

    @property
    def scale(self) -> Scale:
        """Where moments lie, as zoomed."""
        return self._reach.scale

    def place(self, at: datetime) -> int:
        """The pixel of ``at``."""
        return round(self.scale.x(at))

    def found(self, x: float) -> tuple[str, ...]:
        """What lies at the pixel ``x``, in words."""
        scale = self.scale
        near = scale.length * (self._look.sizes.px(NEAR_PX) / scale.width)
        return words.lying(self._playing, scale.moment(x), near, self._edge)

    def fit(self) -> None:
        """Show all of the shift again."""
        self._reach.fit()
        self._redraw()

    def zoom(self, x: float, factor: float) -> None:
        """Show ``factor`` times as much time, the moment at ``x`` staying where it is."""
        self._reach.zoom(x, factor)
        self._redraw()

    def _stretch(self) -> None:
        left = self._look.sizes.px(END_PX)
        self._reach.stretch(left, self.width() - 2 * left)

    def _redraw(self) -> None:
        self._still = None
        self.update()

    def _moved(self, *places: int) -> None:
        """Draw the surroundings of ``places`` anew, unless it is the same one twice."""
        if len(set(places)) > 1:
            wide = self._look.sizes.px(48)
            for x in places:
                self.update(QRect(x - wide, 0, 2 * wide, self.height()))

    def _moment(self, x: float) -> datetime:
        """The moment at ``x``, no later than what is recorded."""
        return min(self.scale.moment(x), max(self._edge, self._at))

    def _sought(self, to: datetime) -> None:
        self._at = to
        self.sought.emit(to)

    def _hovered(self, x: int | None) -> None:
        for place in (self._hover, x):
            if place is not None and self._hover != x:
                self.update(QRect(place - 2, 0, 4, self.height()))
        self._hover = x

    def _drawn(self, ratio: float) -> QPixmap:
        zone = words.told(self._playing.shift, self._at).zone
        return still(self._playing.track, self._look, self.scale, zone, self.size(), ratio)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._look.sizes.px(320), round(rows(self._look).bottom))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.sizes.px(120), self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()
        self._redraw()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        playing, scale, ratio = self._playing, self.scale, self.devicePixelRatioF()
        if self._still is None or self._still.devicePixelRatioF() != ratio:
            self._still = self._drawn(ratio)
        newest = self._edge if playing.shift.going else None
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._still)
            moving = Moving(painter, self._look, scale)
            moving.frame(Frame(self.shown, playing.loop, newest, self._hover), self.width())
            if self.hasFocus():
                moving.focus(self.rect())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            before, x = self.place(self.shown), event.position().x()
            near = self._look.sizes.px(NEAR_PX)
            self.hand.take(grip(self._playing.loop, self.scale, x, near), self._moment(x))
            self._moved(before, self.place(self.shown))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before, x = self.place(self.shown), event.position().x()
        self._hovered(round(x))
        QToolTip.showText(event.globalPosition().toPoint(), tip(*self.found(x)), self)
        self.hand.move(self._moment(x), self._playing.loop)
        self._moved(before, self.place(self.shown))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hand.leave()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turned, sideways = notches(event)
        if turned:
            self.zoom(event.position().x(), ZOOM**-turned)
        elif sideways:
            self._reach.pan(-sideways / 10)
            self._redraw()
        event.accept()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered(None)
        QToolTip.hideText()
        super().leaveEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        x = self.scale.x(self._at)
        match event.text(), event.key():
            case ("+" | "=", _):
                self.zoom(x, 1 / ZOOM)
            case ("-", _):
                self.zoom(x, ZOOM)
            case ("0", _):
                self.fit()
            case (_, Qt.Key.Key_Home):
                self.sought.emit(self._playing.track.since)
            case (_, Qt.Key.Key_End):
                self.sought.emit(self._edge)
            case _:
                super().keyPressEvent(event)
