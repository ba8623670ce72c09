"""A recorded shift as it is known by now: all as recorded, but the calls as they were known at its end."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from console.archive.replay.projection import Projection
from console.archive.replay.source import Wound
from console.domain import trend
from console.domain.definitions import Definitions
from console.domain.due import Can, Due
from console.domain.entities import Call
from console.domain.metrics import Tally, contribution, counted, moved
from console.domain.state import State, advance


class Corrected:
    """``source`` with other calls. ``ends`` are the boards at the ends of the shift's parts, in order.

    It gives a board each time and no events, because what is known does not come one after the other. A call
    that the source did not report any more at the end is shown while it was recorded.
    """

    can: frozenset[Can] = frozenset({Can.SEEK})

    def __init__(self, source: Wound, ends: Sequence[State]) -> None:
        known = {key: call for end in ends for key, call in end.calls.items()}
        self._source = source
        self._lasting = ends[-1].calls.keys() if ends else set[str]()
        self._known: Mapping[str, Call] = known
        self._until = ends[-1].second if ends else None
        self._projection = Projection(known)
        self._board: State | None = None
        self._last: tuple[State, State] | None = None
        self._figures: tuple[Definitions, datetime, dict[datetime, trend.Sample]] | None = None

    @property
    def trouble(self) -> str:
        """Why the archive cannot be read right now; empty while it can."""
        return self._source.trouble

    def rewind(self, to: datetime) -> State:
        """A board at ``to`` or before it."""
        self._board = self._source.rewind(to)
        return self._view(self._board)

    def take(self, seen: int, until: datetime) -> Due:
        """The board at ``until``."""
        board = self._board
        if board is None or until < board.at:
            board = self._source.rewind(until)
        due = self._source.take(board.seen, until)
        self._board = board = advance(due.base or board, due.events, due.upto)
        return Due((), due.upto, self._view(board))

    def _view(self, board: State) -> State:
        last = self._last
        calls = self._calls(board, last[1].calls if last else {})
        if last is not None and last[0] is board and calls is last[1].calls:
            return last[1]
        same = last is not None and calls is last[1].calls
        view = replace(
            board,
            calls=calls,
            open_calls=last[1].open_calls
            if last and same
            else {key: c for key, c in calls.items() if c.open},
            missing={},
            tally=self._tally(board, calls),
            samples=self._samples(board),
        )
        self._last = (board, view)
        return view

    def _calls(self, board: State, shown: dict[str, Call]) -> dict[str, Call]:
        own, there = self._projection.at(board.at), board.calls
        calls = {key: call for key, call in own.items() if key in self._lasting or key in there}
        calls.update((key, call) for key, call in there.items() if key not in self._known)
        return shown if calls == shown and [*calls] == [*shown] else calls

    def _tally(self, board: State, calls: dict[str, Call]) -> Tally:
        pack, since = board.definitions, board.window_from
        last = self._last
        if last is None or last[1].definitions is not pack or last[1].window_from != since:
            return counted(calls.values(), pack, since)
        before = last[1].calls
        if calls is before:
            return last[1].tally
        gone = [call for key, call in before.items() if calls.get(key) is not call]
        come = [call for key, call in calls.items() if before.get(key) is not call]
        return moved(
            last[1].tally,
            [contribution(call, pack, since) for call in gone],
            [contribution(call, pack, since) for call in come],
        )

    def _samples(self, board: State) -> tuple[trend.Sample, ...]:
        """The recorded minutes, with what is known by now; how many teams were free is as it was seen."""
        if self._last is not None and self._last[0].samples is board.samples:
            return self._last[1].samples
        since = board.window_from
        if since is None or self._until is None or not board.samples:
            return board.samples
        known = self._reconstructed(board.definitions, since, self._until)
        return tuple(
            replace(known[old.at], available=old.available) if old.at in known else old
            for old in board.samples
        )

    def _reconstructed(
        self, pack: Definitions, since: datetime, until: datetime
    ) -> dict[datetime, trend.Sample]:
        held = self._figures
        if held is None or held[0] is not pack or held[1] != since:
            samples = trend.reconstructed(self._known.values(), pack, since, until, ())
            held = self._figures = (pack, since, {sample.at: sample for sample in samples})
        return held[2]
