"""A shift that can be served: who it is, its timeline, and the rows that are a function of the moment."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Struct

from console.domain.contract import Row
from console.domain.entities import Agency
from console.domain.vocabulary import FeedName
from console.simulator.timeline import Timeline


class ShiftFileError(ValueError):
    """A file cannot be read as a past shift; the text says why and what is expected."""


class Subject(Protocol):
    """One row that changes by itself as time goes by, such as a moving unit's position.

    Moments are whole milliseconds since the shift's start.
    """

    @property
    def key(self) -> str:
        """The id of the row."""
        ...

    def changed(self, at_ms: int) -> int | None:
        """The moment of the row's last change up to ``at_ms``, or ``None`` while there is no such row."""
        ...

    def row(self, changed_ms: int) -> Row:
        """The row as it was from that change on."""
        ...


class Shift(Struct, frozen=True):
    """One shift. ``showcase`` is the moment at which serving starts unless asked otherwise.

    A feed is either in the ``timeline`` or in ``moving``, never in both.
    """

    agency: Agency
    start: datetime
    until: datetime
    showcase: datetime
    timeline: Timeline
    moving: dict[FeedName, Sequence[Subject]] = {}


class ServedShift(Struct, frozen=True):
    """A shift to be served from ``at`` on, ``speed`` times as fast as the world (0: the clock stands still).

    Everything that leaves the server is moved by ``moved``, a whole number of seconds. ``rebased``: so that the
    moment at which serving starts is the present.
    """

    shift: Shift
    at: datetime
    moved: timedelta = timedelta(0)
    speed: float = 1.0
    rebased: bool = False


class PlayClock:
    """The clock of a served shift; it starts when it is made.

    ``now`` is the wall clock (aware), ``steady`` gives seconds that never step back.
    """

    def __init__(self, served: ServedShift, now: Callable[[], datetime], steady: Callable[[], float]) -> None:
        self._steady = steady
        self._opened = steady()
        self._speed = served.speed
        self._start = now() - served.moved if served.rebased and served.speed else served.at

    def elapsed(self) -> float:
        """Real seconds since serving started."""
        return self._steady() - self._opened

    def now(self) -> datetime:
        """The present moment in the shift's own stamps."""
        return self._start + timedelta(seconds=self.elapsed() * self._speed)
