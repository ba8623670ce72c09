"""A second reader of the one sequence: the recorder's, which must never wait for the screen."""

from collections import deque
from collections.abc import Iterable
from datetime import datetime

from console.domain.due import Tapped
from console.domain.events import Recorded

LIMIT = 50_000
"""Events that wait for a reader: hours of a surge. Beyond that the oldest are dropped, and their numbers tell."""


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
