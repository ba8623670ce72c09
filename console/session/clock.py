"""The session's clock: the only place in the program that asks the operating system for the time."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

from msgspec import Struct


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


class LiveClock:
    """Wall time, anchored once and carried by a steady counter, so that it never steps back.

    A simulated or re-served shift has a clock of its own: `follow` anchors to it, at its speed.
    Reading and following are one attribute access each, so threads may share the clock.
    """

    def __init__(self) -> None:
        self._anchor = _Anchor(wall(), steady(), 1.0)

    @property
    def speed(self) -> float:
        """Session seconds per real second: 1 but for a simulated source."""
        return self._anchor.speed

    def now(self) -> datetime:
        """The present of the session."""
        anchor = self._anchor
        return anchor.moment + timedelta(seconds=(steady() - anchor.steady) * anchor.speed)

    def follow(self, moment: datetime, speed: float) -> None:
        """Take ``moment`` as the present from here on, running at ``speed`` (0 stands still)."""
        self._anchor = _Anchor(moment, steady(), speed)


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
