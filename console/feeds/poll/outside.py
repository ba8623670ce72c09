"""What the feeds are lent from outside: the order of events, the session's clock, chance and limits."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from msgspec import Struct

from console.domain.events import Recorded
from console.feeds.wire.limits import Limits


class Clock(Protocol):
    """The session's clock; a simulated source may set it."""

    @property
    def speed(self) -> float:
        """Session seconds per real second."""
        ...

    def now(self) -> datetime:
        """The present of the session, aware UTC, never stepping back."""
        ...

    @property
    def moved(self) -> timedelta:
        """By how much the workstation's clock was set since, where the session does not follow that."""
        ...

    def follow(self, moment: datetime, speed: float) -> None:
        """Take ``moment`` as the present, running at ``speed`` from here on."""
        ...


class Ordering(Protocol):
    """The one place where events are stamped and numbered."""

    def append(self, make: Callable[[datetime], Recorded]) -> None:
        """Stamp the event that ``make`` builds, and queue it."""
        ...

    def restart(self, move: Callable[[], None]) -> None:
        """Let ``move`` set the clock before the first data are shown."""
        ...

    def settle(self) -> None:
        """The clock stays as it is from here on."""
        ...


class Outside(Struct, frozen=True):
    """``steady`` counts real seconds that never step back; ``dice`` spreads retries."""

    sequence: Ordering
    clock: Clock
    steady: Callable[[], float]
    dice: Random
    limits: Limits
