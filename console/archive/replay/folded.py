"""A recorded shift folded on with what people did about alarms in its replays: each act at its own moment."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from heapq import merge
from operator import attrgetter

from msgspec.structs import replace

from console.archive.replay.source import Wound
from console.archive.replay.waypoints import Waypoints
from console.domain.due import Due
from console.domain.events import Acted, Bookmarked, Noted, Revealed
from console.domain.state import State, advance, reduce

MANY, STEP = 300, timedelta(minutes=1)
"""How much is folded in one go: 300 events of a surge took 0.1 s (measured). Where there is more, the board comes to
its moment frame by frame."""

_at = attrgetter("at")


def about_alarms(act: Acted) -> bool:
    """Whether ``act`` changes what comes after it: alarms take another course, from second to second."""
    return not isinstance(act, Noted | Bookmarked | Revealed)


def first_about_alarms(acts: Sequence[Acted]) -> datetime | None:
    """The moment of the first act about an alarm."""
    return next((act.at for act in acts if about_alarms(act)), None)


def over(state: State, acts: Sequence[Acted]) -> State:
    """``state`` with ``acts`` from before its moment; those about alarms count, and change nothing any more."""
    for act in acts:
        state = replace(state, seen=state.seen + 1) if about_alarms(act) else reduce(state, act)
    if not acts:
        return state
    return replace(
        state,
        notes=tuple(sorted(state.notes, key=_at)),
        bookmarks=tuple(sorted(state.bookmarks, key=_at)),
    )


class Folded:
    """Boards from the first act about an alarm on, the same however one gets there.

    No recorded board knows of the act, so they are folded from the last one before it, and kept on the way. Where the
    recording breaks off and goes on, its own board counts again: what was done in a replay holds until there.
    """

    def __init__(self, source: Wound) -> None:
        self._source = source
        self._waypoints = Waypoints()
        self._acts: Sequence[Acted] = ()
        self._board: State | None = None
        self._given = self._recorded = 0

    def leave(self) -> None:
        """Somebody else winds the source from here on."""
        self._board = None

    def to(self, until: datetime, acts: Sequence[Acted]) -> Due:
        """The board at ``until``, or on the way there; an act about an alarm must be no later."""
        board = self._known(until, acts) or self._begun(acts)
        count = self._recorded
        while True:
            board = self._acted(board)
            if board.at >= until or self._recorded - count > MANY:
                break
            before, reach = board, self._reach(board, until)
            board = self._onward(board, reach)
            if board.at < reach or board is before:
                break
            self._waypoints.add(board)
        self._board = board
        return Due((), board.at, board)

    def _known(self, until: datetime, acts: Sequence[Acted]) -> State | None:
        """The last board up to ``until`` that was made with these acts, with the source wound to it."""
        known, self._acts = self._acts, acts
        same = 0
        while same < min(len(known), len(acts)) and known[same] == acts[same]:
            same += 1
        changed = min((one[same].at for one in (known, acts) if same < len(one)), default=None)
        if changed is not None:
            self._waypoints.forget(changed)
        own, board = self._waypoints.before(until), self._board
        if board is not None and same >= self._given and board.at <= until:
            late = len(acts) > self._given and acts[self._given].at < board.at
            if not late and (own is None or own.at <= board.at):
                return board
        return self._resumed(own) if own is not None else None

    def _resumed(self, board: State) -> State | None:
        """``board`` with the source wound to it; ``None`` where the recording is not what it was."""
        found = self._source.rewind(board.at)
        due = self._source.take(found.seen, board.at)
        self._recorded = (due.base or found).seen + len(due.events)
        self._given = bisect_right(self._acts, board.at, key=_at)
        if self._recorded + self._given == board.seen:
            return board
        self._waypoints = Waypoints()
        return None

    def _begun(self, acts: Sequence[Acted]) -> State:
        """The last recorded board before the first act about an alarm."""
        first = first_about_alarms(acts)
        assert first is not None
        board = self._source.rewind(first)
        self._recorded, self._given = board.seen, bisect_left(acts, board.at, key=_at)
        return over(board, acts[: self._given])

    def _reach(self, board: State, until: datetime) -> datetime:
        """How far to go at once: a break between two acts is found with the first behind it not yet done."""
        reach = min(until, board.at + STEP)
        return min(reach, self._acts[self._given].at) if self._given < len(self._acts) else reach

    def _onward(self, board: State, reach: datetime) -> State:
        due = self._source.take(self._recorded, reach)
        acts, base, events = self._acts, due.base, due.events
        if base is not None and (base.at > board.at or base.seen > self._recorded):
            self._recorded = base.seen
            self._given = max(self._given, bisect_left(acts, base.at, key=_at))
            board = over(base, acts[: self._given])
        elif base is not None:  # nothing is missing, but a board could not be read
            events = events[self._recorded - base.seen :]
        self._recorded += len(events)
        fresh = acts[self._given : bisect_right(acts, due.upto, key=_at)]
        self._given += len(fresh)
        return advance(board, [*merge(events, fresh, key=_at)], max(due.upto, board.at))

    def _acted(self, board: State) -> State:
        """``board`` with what was done at its very moment."""
        while self._given < len(self._acts) and self._acts[self._given].at <= board.at:
            board = reduce(board, self._acts[self._given])
            self._given += 1
        return board
