"""The one ordering point: every event, from feeds and from people alike, is stamped and numbered here."""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from msgspec.structs import replace

from console.domain.due import Can, Due, Tapped
from console.domain.events import Recorded
from console.domain.state import State, start
from console.session.clock import Clock
from console.session.tap import Tap


class Sequence:
    """A live source. Threads `append`; the session takes what is due, and a `tap` the same in the same order.

    Stamping and queueing happen under one lock, and `take` reads the clock under the same lock, so
    no event can turn up behind a moment that was already given out as complete.
    """

    can: frozenset[Can] = frozenset({Can.REVEAL, Can.REFRESH, Can.RECORD})

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._waiting: deque[Recorded] = deque()
        self._given: list[Recorded] | None = []
        self._last = self._began = clock.now()
        self._anew = False
        self._taps: list[Tap] = []

    @property
    def began(self) -> datetime:
        """The moment at which the sequence starts: that of its first, empty board."""
        return self._began

    def append(self, make: Callable[[datetime], Recorded]) -> None:
        """Stamp the event that ``make`` builds with the session's now, and queue it."""
        with self._lock:
            event = make(self._present())
            self._waiting.append(event)
            for tap in self._taps:
                tap.put(event)

    def take(self, seen: int, until: datetime) -> Due:
        """The queued events up to ``until``; ``seen`` is implied, since each is handed out once.

        After a `restart` they follow the empty board at its moment.
        """
        with self._lock:
            upto = min(until, self._present())
            due = []
            while self._waiting and self._waiting[0].at <= upto:
                due.append(self._waiting.popleft())
            if self._given is not None:
                self._given.extend(due)
            base = start(self._began) if self._anew and upto >= self._began else None
            self._anew = self._anew and base is None
        return Due(due, upto, base)

    def tap(self) -> Callable[[], Tapped]:
        """A second reader, from the first event on: ask for it before the first `take`. Safe from any thread."""
        with self._lock:
            tap = Tap(self._began, (*(self._given or ()), *self._waiting))
            self._taps.append(tap)

        def tapped() -> Tapped:
            with self._lock:
                return tap.given(self._present())

        return tapped

    def settle(self) -> None:
        """From here on the clock stays as it is: nothing handed out will be asked for again."""
        with self._lock:
            self._given = None

    def restart(self, move: Callable[[], None]) -> None:
        """Let ``move`` set the clock to another time, before the first data were shown.

        A re-served shift announces its own time with its first reply, be that behind ours or ahead. All that
        happened so far is stamped anew, in its order, and handed out again: the board and each tap start over
        there, so that no time was recorded in which the source had not told anything.
        """
        with self._lock:
            move()
            self._began = self._last = self._clock.now()
            events = (*(self._given or ()), *self._waiting)
            self._waiting = deque(replace(event, at=self._last) for event in events)
            self._given = None if self._given is None else []
            self._anew = True
            for tap in self._taps:
                tap.restart(self._began, self._waiting)

    def rewind(self, to: datetime) -> State:
        """The empty board at ``to``: a live sequence starts over, it cannot go back."""
        return start(to)

    def _present(self) -> datetime:
        self._last = max(self._last, self._clock.now())
        return self._last
