"""A replay as the screen sees it, and what a person can do with it."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from console.domain.events import Acted
from console.domain.track import MarkKind, ShiftLine, Track
from console.session.session import Session
from console.session.store import Store
from console.session.transport import Loop, TransportClock

STOPS = (MarkKind.CALL, MarkKind.ALARM)
"""What ``N`` and ``P`` stop at."""


PASSED = timedelta(seconds=1.5)
"""Real time within which a mark counts as only just passed."""


class Playing(Struct, frozen=True):
    """One replay on the screen. ``going``: a live board goes on behind it, to which ``L`` returns.

    ``trouble`` says what of the recording cannot be had right now; empty while all is well.
    """

    shift: ShiftLine
    track: Track
    running: bool = False
    speed: float = 1.0
    loop: Loop = Loop()
    corrected: bool = False
    going: bool = False
    trouble: str = ""


class Overlay(Protocol):
    """Where that goes what somebody does in a replay; never into the recording."""

    def add(self, act: Acted) -> None:
        """Keep ``act``; it shows from its moment on."""
        ...


class Playback:
    """One opened shift: its session, its clock, and the value that the transport bar watches.

    ``recorded`` is the board as it was known then. The one as it is known now reads the shift to its end first,
    so it is given later (`offer`), on the same clock.
    """

    def __init__(self, clock: TransportClock, recorded: Session, overlay: Overlay, playing: Playing) -> None:
        self._clock, self._overlay = clock, overlay
        self._recorded = recorded
        self._corrected: Session | None = None
        self._wished = False
        self._trouble, self._lacking = playing.trouble, ""
        self.playing = Store(playing)

    @property
    def session(self) -> Session:
        """The board that is shown of the two."""
        if self.playing.value.corrected and self._corrected is not None:
            return self._corrected
        return self._recorded

    def offer(self, corrected: Session) -> None:
        """The board as it is known now, which may be shown from here on."""
        self._corrected = corrected
        if self._wished:
            self.correct(True)

    @property
    def clock(self) -> TransportClock:
        """The replayed moment."""
        return self._clock

    def tell(self) -> None:
        """Bring `playing` up to date: a clock that has come to the end of the shift stands."""
        playing, clock = self.playing.value, self._clock
        over = not playing.shift.going and clock.loop.length is None
        if clock.running and over and clock.now() >= clock.span.until:
            clock.pause()
        found = replace(playing, running=clock.running, speed=clock.speed, loop=clock.loop)
        if found != playing:
            self.playing.set(found)

    def stand(self) -> None:
        """Hold the clock where the board stands, as long as what comes next cannot be had."""
        if self.playing.value.trouble and self.session.behind:
            self._clock.hold(self.session.store.value.at)

    def learn(self, shift: ShiftLine, track: Track, trouble: str) -> None:
        """The recording went on, or cannot be read right now."""
        self._trouble = trouble
        told = trouble or self._lacking
        self.playing.set(replace(self.playing.value, shift=shift, track=track, trouble=told))

    def lack(self, why: str) -> None:
        """Why there is no board as it is known now; empty once there is."""
        self._lacking = why
        self.playing.set(replace(self.playing.value, trouble=self._trouble or why))

    def toggle(self) -> None:
        """Play or pause."""
        (self._clock.pause if self._clock.running else self._clock.play)()
        self.tell()

    def seek(self, to: datetime) -> None:
        """Show another moment."""
        self._clock.seek(to)
        self.tell()

    def step(self, by: timedelta) -> None:
        """Forward or back by some time."""
        self.seek(self._clock.now() + by)

    def faster(self) -> None:
        """The next higher speed."""
        self._clock.faster()
        self.tell()

    def slower(self) -> None:
        """The next lower speed."""
        self._clock.slower()
        self.tell()

    def run_at(self, speed: float) -> None:
        """That speed."""
        self._clock.run_at(speed)
        self.tell()

    def loop_since(self) -> None:
        """The loop begins here; pressed there again it ends."""
        now, loop = self._clock.now(), self._clock.loop
        self._loop(None, None) if loop.since == now else self._loop(now, _no_earlier(loop.until, now))

    def loop_until(self) -> None:
        """The loop ends here; pressed there again there is none."""
        now, loop = self._clock.now(), self._clock.loop
        since = loop.since if loop.since is not None and loop.since <= now else self._clock.span.since
        self._loop(None, None) if loop.until == now else self._loop(since, now)

    def loop_off(self) -> None:
        """Play on to the end."""
        self._loop(None, None)

    def next(self, kinds: Iterable[MarkKind] = STOPS) -> bool:
        """Go to the next mark of ``kinds``; whether there is one."""
        mark = self.playing.value.track.after(self._clock.now(), kinds)
        if mark is not None:
            self.seek(mark.at)
        return mark is not None

    def previous(self, kinds: Iterable[MarkKind] = STOPS) -> bool:
        """Go to the mark of ``kinds`` before; whether there is one.

        While it plays, one that was only just passed does not count: else nobody could ever get behind it.
        """
        track, now, wanted = self.playing.value.track, self._clock.now(), tuple(kinds)
        passed = track.before(now, wanted)
        if passed is None:
            return False
        just = self._clock.running and now - passed.at < PASSED * self._clock.speed
        before = track.before(passed.at, wanted) if just else None
        self.seek((before or passed).at)
        return True

    def skip_gap(self) -> bool:
        """Go to where the recording goes on, behind the gap here or the next one; whether there is one."""
        gap = self.playing.value.track.next_gap(self._clock.now())
        if gap is not None:
            self.seek(gap.until)
        return gap is not None

    def correct(self, corrected: bool) -> None:
        """Show what is known now, as soon as that can be had, or what was known then."""
        self._wished = corrected
        if self._corrected is not None:
            self.playing.set(replace(self.playing.value, corrected=corrected))

    def act(self, make: Callable[[datetime], Acted]) -> None:
        """Do something at the moment of the board that is shown; it goes to the overlay."""
        self._overlay.add(make(self.session.store.value.at))

    def _loop(self, since: datetime | None, until: datetime | None) -> None:
        self._clock.loop_from(since, until)
        self.tell()


def _no_earlier(moment: datetime | None, than: datetime) -> datetime | None:
    return moment if moment is not None and moment >= than else None
