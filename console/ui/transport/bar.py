"""The transport bar across the bottom of the window in a replay: recorded clock, controls, time axis, way back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from console.domain.state import State
from console.session.playing import Playback, Playing
from console.session.replays import Replays
from console.session.store import Store
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.transport import acts, reading, words
from console.ui.transport.axis import Axis
from console.ui.transport.clock import RecordedClock
from console.ui.transport.controls import Controls
from console.ui.transport.goto import GoTo
from console.ui.transport.ways import Ways

SAID_MS = 4_000
"""How long an answer to a key stands where else is said how the replay goes."""

AXIS_PX = 300
"""Width at 100 % type that the axis needs to stand beside the rest; with less it gets a row of its own."""


class TransportBar(QWidget):
    """Shown while something is replayed. ``does`` are the acts of the key map, ``keys`` what they are pressed by."""

    leave = Signal()

    def __init__(
        self,
        store: Store[State],
        view: Store[View],
        replays: Replays,
        does: Mapping[str, Callable[[], None]],
        keys: Mapping[str, str],
    ) -> None:
        super().__init__()
        playing = replays.playing.value
        assert playing is not None  # the bar is made for a replay
        self._store, self._replays, self._keys, self._playing = store, replays, keys, playing
        self._look = Look(*look_of(view.value))
        self.clock, self.controls = RecordedClock(self._look, keys), Controls(self._look, does, keys)
        self.axis, self.ways = Axis(self._look, playing), Ways(self._look, keys)
        self.go_to = GoTo(view, self._read, self)
        self._grid = QGridLayout(self)
        self._resume = False
        self._said = QTimer(self, singleShot=True, interval=SAID_MS)
        self._lay_out()
        self._connect()
        self._unwatch = (
            view.watch(look_of, self._wear),
            replays.playing.watch(lambda value: value, self._show),
            store.watch(lambda state: state.at, self._tick),
        )

    def _lay_out(self) -> None:
        self.setObjectName("transport_bar")
        self.setAccessibleName("Replay controls")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._grid.addWidget(self.clock, 0, 0)
        self._grid.addWidget(self.controls, 0, 1)
        self._grid.addWidget(self.axis, 0, 2)
        self._grid.addWidget(self.ways, 0, 3)
        self._grid.setColumnStretch(2, 1)

    def _connect(self) -> None:
        self._said.timeout.connect(self._refresh)
        self.axis.sought.connect(self._seek)
        self.axis.hand.held.connect(self._hold)
        self.axis.hand.looped.connect(self._loop)
        self.clock.pressed.connect(self.ask)
        self.controls.speed.wanted.connect(self._run_at)
        self.ways.corrected.connect(self._correct)
        self.ways.leave.connect(self._leave)
        self.go_to.wanted.connect(self._seek)
        self.go_to.closed.connect(self.take_focus)

    def ask(self) -> None:
        """Open the field for a time to go to."""
        self.go_to.open(self)

    def say(self, text: str) -> None:
        """Answer a key for a moment where the bar else says how the replay goes."""
        self.controls.say(words.Status(text, "text"))
        self._said.start()

    def take_focus(self) -> None:
        """Let the arrows be the transport's."""
        self.axis.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self, playing: Playing | None) -> None:
        if playing is None:
            self.go_to.hide()
            return
        self._playing = playing
        self.axis.show_playing(playing)
        self.controls.show_playing(playing)
        self.ways.show_playing(playing, live=self._replays.live is not None)
        self._tick(self._store.value.at)

    def _tick(self, at: datetime) -> None:
        playback = self._replays.playback
        if playback is None:
            return
        span = playback.clock.span
        at = span.held(at)
        self.axis.show_now(at, span.until)
        self.clock.show_now(words.told(self._playing.shift, at))
        if not self._said.isActive():
            self._refresh()

    def _refresh(self) -> None:
        playback = self._replays.playback
        if playback is not None:
            span = playback.clock.span
            now = words.told(self._playing.shift, span.held(self._store.value.at))
            self.controls.say(words.status(self._playing, span, now, self._keys.get("skip_gap", "")))

    def _do(self, act: Callable[[Playback], None]) -> None:
        if self._replays.playback is not None:
            act(self._replays.playback)

    def _seek(self, to: datetime) -> None:
        self._do(lambda playback: playback.seek(to))

    def _hold(self, held: bool) -> None:
        if self._replays.playback is not None:
            self._resume = acts.hold(self._replays.playback, held, resume=self._resume)

    def _loop(self, since: datetime | None, until: datetime | None) -> None:
        def act(playback: Playback) -> None:
            playback.clock.loop_from(since, until)
            playback.tell()

        self._do(act)

    def _run_at(self, speed: float) -> None:
        self._do(lambda playback: playback.run_at(speed))

    def _correct(self, corrected: bool) -> None:
        self._do(lambda playback: acts.correct(playback, corrected, self.say))
        self.ways.show_playing(self._playing, live=self._replays.live is not None)

    def _leave(self) -> None:
        if self._replays.live is None:
            self.leave.emit()
        else:
            self._replays.back_to_live()

    def _read(self, text: str) -> datetime:
        playback = self._replays.playback
        if playback is None:
            raise reading.Unclear("There is no replay any more. Press Esc.")
        now, span = playback.clock.now(), playback.clock.span
        return reading.moment(text, now, span, words.told(self._playing.shift, now).zone)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._look = Look(*slice_)
        sizes = self._look.sizes
        self._grid.setHorizontalSpacing(sizes.grid(4))
        self._grid.setVerticalSpacing(0)
        self.axis.wear(self._look)
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Give the axis a row of its own where it has no room beside the rest; as high as that takes."""
        sizes, parts = self._look.sizes, (self.clock, self.controls, self.ways)
        for part in parts:
            part.wear(self._look)
        rest = sum(part.sizeHint().width() for part in parts)
        short = self.width() - rest - sizes.grid(20) < sizes.px(AXIS_PX)
        for part in parts if short else ():
            part.wear(self._look, compact=True)
        self._grid.removeWidget(self.axis)
        self._grid.addWidget(self.axis, *((1, 0, 1, 4) if short else (0, 2, 1, 1)))
        side, above = sizes.grid(4), 2 if short else sizes.grid(2)
        self._grid.setContentsMargins(side, above, side, above)
        self._grid.activate()
        self.setFixedHeight(self._grid.minimumSize().height())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.take_focus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._look.color("panel"))
            painter.fillRect(0, 0, self.width(), 2, self._look.color("replay"))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._said.stop()
        for unwatch in self._unwatch:
            unwatch()
        self.go_to.close()
        super().closeEvent(event)
