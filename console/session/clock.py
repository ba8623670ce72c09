"""The session's clock: the only place in the program that asks the operating system for the time."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol

from msgspec import Struct

STEP = timedelta(seconds=2)
"""Between the wall and the steady counter, from which somebody has set the workstation's clock."""

STRIDE = timedelta(days=1)
"""Forward, up to which the wall is followed: the session folds a tick for each second of it."""


class Clock(Protocol):
    """What the session, the engine and the replay share: one moment, never stepping back."""

    def now(self) -> datetime:
        """The present of this session, aware UTC."""
        ...


def wall() -> datetime:
    """The workstation's own idea of the time, aware UTC."""
    return datetime.now(UTC)


def steady() -> float:
    """Seconds that only ever rise, also while the machine sleeps where the system can tell."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class _Anchor(Struct, frozen=True):
    moment: datetime
    steady: float
    speed: float
    led: bool = False


class LiveClock:
    """Wall time, carried by a steady counter so that it never steps back; threads may share it.

    Where the workstation's clock is set forward it is followed. Where it is set back the session keeps
    its own time, for what happened is in that order, and `moved` tells. A simulated or re-served shift
    has a clock of its own: `follow` anchors to it, at its speed, and the wall no longer matters.
    """

    def __init__(self, wall: Callable[[], datetime] = wall, steady: Callable[[], float] = steady) -> None:
        self._wall, self._steady = wall, steady
        self._lock = Lock()
        self._anchor = _Anchor(wall(), steady(), 1.0)

    @property
    def speed(self) -> float:
        """Session seconds per real second: 1 but for a simulated source."""
        return self._anchor.speed

    def now(self) -> datetime:
        """The present of the session."""
        anchor = self._anchor
        present = self._carried(anchor)
        if not anchor.led and STEP < (wall := self._wall()) - present <= STRIDE:
            self._go(anchor, wall)
            return max(present, self._carried(self._anchor))
        return present

    @property
    def moved(self) -> timedelta:
        """By how much the workstation's clock was set without being followed; negative where it was set back."""
        anchor = self._anchor
        apart = self._wall() - self._carried(anchor)
        return timedelta() if anchor.led or -STEP <= apart <= STRIDE else apart

    def follow(self, moment: datetime, speed: float) -> None:
        """Take ``moment`` as the present from here on, running at ``speed`` (0 stands still)."""
        with self._lock:
            self._anchor = _Anchor(moment, self._steady(), speed, led=True)

    def _carried(self, anchor: _Anchor) -> datetime:
        return anchor.moment + timedelta(seconds=(self._steady() - anchor.steady) * anchor.speed)

    def _go(self, seen: _Anchor, moment: datetime) -> None:
        """Anchor to ``moment``, unless another thread has moved the clock meanwhile."""
        with self._lock:
            if self._anchor is seen:
                self._anchor = _Anchor(moment, self._steady(), 1.0)


class FixedClock:
    """A clock that a caller moves by hand: tests, and the board at one moment."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """The moment last set."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Move to ``moment``."""
        self._moment = moment
