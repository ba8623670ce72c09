"""A second reader of the one sequence: the recorder's, which must never wait for the screen."""

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from console.domain.events import Recorded

LIMIT = 50_000
"""Events that wait for a reader: hours of a surge. Beyond that the oldest are dropped, and their numbers tell."""


class Tapped(Struct, frozen=True):
    """Events in order, complete up to ``upto``; the first of them has the number ``first`` (from 1).

    ``anew``: the sequence started over at another time, and what was handed out before never happened.
    ``began`` is the moment at which it starts. A ``first`` that does not follow the last number taken means
    that the events between were dropped.
    """

    events: Sequence[Recorded]
    first: int
    upto: datetime
    began: datetime
    anew: bool


class Tap:
    """Events that one reader has not taken yet; the sequence's lock guards it."""

    def __init__(self, began: datetime, events: Iterable[Recorded], limit: int = LIMIT) -> None:
        self._limit = limit
        self._waiting: deque[Recorded] = deque()
        self._next, self._began, self._anew = 1, began, False
        for event in events:
            self.put(event)

    def put(self, event: Recorded) -> None:
        """One more event."""
        self._waiting.append(event)
        if len(self._waiting) > self._limit:
            self._waiting.popleft()
            self._next += 1

    def restart(self, began: datetime, events: Iterable[Recorded]) -> None:
        """The sequence is ``events`` from ``began`` on, and nothing before."""
        self._waiting.clear()
        self._next, self._began, self._anew = 1, began, True
        for event in events:
            self.put(event)

    def given(self, upto: datetime) -> Tapped:
        """What waits, once."""
        tapped = Tapped(tuple(self._waiting), self._next, upto, self._began, self._anew)
        self._next += len(self._waiting)
        self._waiting.clear()
        self._anew = False
        return tapped
