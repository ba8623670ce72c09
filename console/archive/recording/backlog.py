"""What was taken from the sequence and is not written yet, in bounded room."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from console.archive.recording.marking import rows
from console.domain.due import Tapped
from console.domain.events import Recorded

ROOM = 200_000
"""Rows: ten minutes of 2,000 units of which a tenth moves each second; about 50 MB."""


class Backlog:
    """Events in order; ``first`` is the number of the oldest, ``upto`` the moment up to which they are complete."""

    def __init__(self, began: datetime, room: int = ROOM) -> None:
        self._room = room
        self._events: deque[Recorded] = deque()
        self._rows = 0
        self.began = self.upto = began
        self.first = 1

    def __len__(self) -> int:
        return len(self._events)

    @property
    def next(self) -> int:
        """The number of the event that comes next."""
        return self.first + len(self._events)

    def put(self, tapped: Tapped) -> bool:
        """Add what came; false where it does not follow: the backlog then holds only what came now."""
        follows = tapped.first == self.next and not tapped.anew
        if not follows:
            self._events.clear()
            self._rows, self.first = 0, tapped.first
        self._events.extend(tapped.events)
        self._rows += sum(map(rows, tapped.events))
        self.upto, self.began = tapped.upto, tapped.began
        return follows

    def overflow(self) -> list[Recorded]:
        """The oldest events that find no room any more, taken out."""
        out = []
        while self._rows > self._room and self._events:
            out.append(self._taken())
        return out

    def drop(self, count: int) -> None:
        """Forget the ``count`` oldest events: they are written, or contained in a board."""
        for _ in range(count):
            self._taken()

    def head(self, count: int) -> list[Recorded]:
        """The ``count`` oldest events."""
        return list(islice(self._events, count))

    def at(self, place: int) -> datetime | None:
        """When the event at ``place``, counted from the oldest, came; ``None`` where there is none."""
        return self._events[place].at if place < len(self._events) else None

    def before(self, end: datetime | None) -> Iterator[Recorded]:
        """The events before ``end``, oldest first."""
        for event in islice(self._events, len(self._events)):
            if end is not None and event.at >= end:
                return
            yield event

    def _taken(self) -> Recorded:
        event = self._events.popleft()
        self._rows -= rows(event)
        self.first += 1
        return event
