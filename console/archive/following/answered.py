"""The recorder's board with what was done about alarms at this console, of which the recording knows nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from heapq import merge
from operator import attrgetter

from msgspec.structs import replace

from console.domain.events import Acted, Bookmarked, CarriedOver, Noted, Recorded, Revealed
from console.domain.state import State, advance, reduce

MOST = 500
"""Acts that are kept, to be done again on a board that is joined later: more than a shift has."""

_at = attrgetter("at")


def about_alarms(act: Acted) -> bool:
    """Whether ``act`` changes the course of alarms, so that a board has to be folded with it."""
    return not isinstance(act, Noted | Bookmarked | Revealed)


class Answered:
    """A board beside the recorder's, once there is an act. It numbers events as that does, acts not among them.

    On a board that is joined, and on what a new recorder carries over, all acts are done anew: they speak of alarms
    that came up before them.
    """

    def __init__(self) -> None:
        self._acts: tuple[Acted, ...] = ()
        self._waiting: tuple[Acted, ...] = ()
        self._true: State | None = None
        self._ran: State | None = None

    def add(self, true: State, act: Acted) -> None:
        """``act`` is done while the recorder's board is ``true``, or while that runs on."""
        self._true = self._true or true
        self._acts, self._waiting = (*self._acts, act)[-MOST:], (*self._waiting, act)
        self._ran = None

    def join(self, board: State) -> None:
        """Go on from another board of a recorder."""
        if self._true is not None:
            self._true, self._waiting, self._ran = _done(board, self._acts), (), None

    def fold(self, events: Sequence[Recorded], upto: datetime) -> None:
        """The next events of the recorder, complete up to ``upto``."""
        if self._true is None:
            return
        due = tuple(act for act in self._waiting if act.at <= upto)
        board = advance(self._true, [*merge(events, due, key=_at)], max(upto, self._true.at))
        if any(isinstance(event, CarriedOver) for event in events):
            board = _done(board, self._acts)
        self._true, self._waiting, self._ran = board, self._waiting[len(due) :], None

    def shown(self, board: State) -> State:
        """What is shown in place of ``board``, which is the recorder's at the moment that it has come to."""
        if self._true is None:
            return board
        ran = self._ran
        if ran is None or ran.at > board.at:
            ran = advance(self._true, self._waiting, max(self._true.at, board.at))
        ran = advance(ran, (), max(ran.at, board.at))
        self._ran = ran if ran.seen == board.seen else replace(ran, seen=board.seen)
        return self._ran


def _done(board: State, acts: Iterable[Acted]) -> State:
    for act in acts:
        board = reduce(board, act)
    return board
