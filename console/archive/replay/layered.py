"""A recorded shift with what people did in its replays: two sequences as one, by their moments."""

from collections.abc import Callable, Sequence
from datetime import datetime
from heapq import merge
from operator import attrgetter

from console.archive.replay.folded import Folded, first_about_alarms, over
from console.archive.replay.source import Wound
from console.domain.due import Can, Due
from console.domain.events import Acted
from console.domain.state import State

_at = attrgetter("at")


class Layered:
    """What ``source`` gives, and ``acts`` in between; at equal moments what was recorded comes first.

    It counts both. An act from before the moment that the board has come to leads to another board. From the first act
    about an alarm on the boards are made here (`Folded`): the course of the alarms is another one than was recorded.
    """

    can: frozenset[Can] = frozenset({Can.SEEK})

    def __init__(self, source: Wound, acts: Callable[[], Sequence[Acted]]) -> None:
        self._source, self._acts = source, acts
        self._folded, self._folding = Folded(source), False
        self._given: Sequence[Acted] = ()
        self._at: datetime | None = None

    @property
    def trouble(self) -> str:
        """Why the archive cannot be read right now; empty while it can."""
        return self._source.trouble

    def rewind(self, to: datetime) -> State:
        """A board at ``to`` or before it."""
        acts = self._acts()
        if self._fold(acts, to):
            board = self._folded.to(to, acts).base
            assert board is not None
            return board
        return self._over(self._source.rewind(to), acts)

    def take(self, seen: int, until: datetime) -> Due:
        """The events behind the first ``seen`` of both."""
        acts, given, folded = self._acts(), self._given, self._folding
        if self._fold(acts, until):
            return self._folded.to(until, acts)
        if folded or acts[: len(given)] != given or self._late(acts[len(given) :]):
            board = self._source.rewind(until)
            due = self._source.take(board.seen, until)
            return self._merged(due, due.base or board, acts)
        due = self._source.take(seen - len(given), until)
        return self._merged(due, due.base, acts)

    def _fold(self, acts: Sequence[Acted], until: datetime) -> bool:
        """Whether something was done about an alarm by ``until``."""
        first = first_about_alarms(acts)
        self._folding = first is not None and first <= until
        if not self._folding:
            self._folded.leave()
        return self._folding

    def _late(self, acts: Sequence[Acted]) -> bool:
        return bool(acts) and self._at is not None and acts[0].at < self._at

    def _merged(self, due: Due, base: State | None, acts: Sequence[Acted]) -> Due:
        if base is not None:
            base = self._over(base, acts)
        start = len(self._given)
        fresh = [act for act in acts[start:] if act.at <= due.upto]
        self._given, self._at = acts[: start + len(fresh)], due.upto
        events = [*merge(due.events, fresh, key=_at)] if fresh else due.events
        return Due(events, due.upto, base)

    def _over(self, state: State, acts: Sequence[Acted]) -> State:
        """``state`` with the acts from before its moment."""
        self._given = tuple(act for act in acts if act.at < state.at)
        self._at = state.at
        return over(state, self._given)
