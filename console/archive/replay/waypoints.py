"""Boards that a replay has made on its way: where the archive has no checkpoints they make jumps cheap."""

from bisect import bisect_right, insort
from datetime import datetime, timedelta
from operator import attrgetter
from threading import Lock

from console.domain.state import State

MOST = 240
SPACING = timedelta(minutes=2)

_at = attrgetter("at")


class Waypoints:
    """At most ``most`` boards of one run, ever further apart. Threads may share it."""

    def __init__(self, most: int = MOST, spacing: timedelta = SPACING) -> None:
        self._most, self._spacing = most, spacing
        self._held: list[State] = []
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._held)

    def add(self, state: State) -> None:
        """Keep ``state``, unless there is one close before it or behind it."""
        with self._lock:
            place = bisect_right(self._held, state.at, key=_at)
            near = self._held[max(0, place - 1) : place + 1]
            if all(abs(state.at - other.at) >= self._spacing for other in near):
                insort(self._held, state, key=_at)
            if len(self._held) > self._most:
                self._thin()

    def forget(self, since: datetime) -> None:
        """Drop those from ``since`` on."""
        with self._lock:
            self._held = [state for state in self._held if state.at < since]

    def before(self, until: datetime) -> State | None:
        """The last one that is not later than ``until``."""
        with self._lock:
            place = bisect_right(self._held, until, key=_at)
            return self._held[place - 1] if place else None

    def _thin(self) -> None:
        self._spacing *= 2
        kept: list[State] = []
        for state in self._held:
            if not kept or state.at - kept[-1].at >= self._spacing:
                kept.append(state)
        self._held = kept
