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


class _Known:
    """What is known of a shift by the end of its recording so far."""

    def __init__(self, ends: Sequence[State]) -> None:
        self.calls: Mapping[str, Call] = {key: call for end in ends for key, call in end.calls.items()}
        self.lasting = ends[-1].calls.keys() if ends else set[str]()
        self.until = ends[-1].at if ends else None
        self._second = ends[-1].second if ends else None
        self._projection = Projection(self.calls)
        self._figures: tuple[Definitions, datetime, dict[datetime, trend.Sample]] | None = None

    def at(self, board: State) -> dict[str, Call]:
        """The calls as they are known by now to have stood; behind what is known, as ``board`` has them."""
        own, there = self._projection.at(board.at), board.calls
        if self.until is not None and board.at >= self.until:
            return {key: there[key] for key in own if key in there} | there
        calls = {key: call for key, call in own.items() if key in self.lasting or key in there}
        calls.update((key, call) for key, call in there.items() if key not in self.calls)
        return calls

    def samples(self, pack: Definitions, since: datetime) -> dict[datetime, trend.Sample]:
        """The minutes from ``since`` on."""
        held = self._figures
        if held is None or held[0] is not pack or held[1] != since:
            assert self._second is not None
            samples = trend.reconstructed(self.calls.values(), pack, since, self._second, ())
            held = self._figures = (pack, since, {sample.at: sample for sample in samples})
        return held[2]


class Corrected:
    """``source`` with other calls. ``ends`` are the boards at the ends of the shift's parts, in order.

    It gives a board each time and no events, because what is known does not come one after the other. A call
    that the source did not report any more at the end is shown while it was recorded. What is recorded after
    ``ends`` shows as it is recorded, until that is learned. Alarms are those that came up then: people were told
    these, acknowledged these, and no others.
    """

    can: frozenset[Can] = frozenset({Can.SEEK})

    def __init__(self, source: Wound, ends: Sequence[State]) -> None:
        self._source = source
        self._known = _Known(ends)
        self._board: State | None = None
        self._last: tuple[State, State, _Known] | None = None

    @property
    def trouble(self) -> str:
        """Why the archive cannot be read right now; empty while it can."""
        return self._source.trouble

    @property
    def until(self) -> datetime | None:
        """Up to when it is known how everything went on."""
        return self._known.until

    def learn(self, ends: Sequence[State]) -> None:
        """The shift went on; from the next board on that is known. Any thread may say so."""
        self._known = _Known(ends)

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
        last, known = self._last, self._known
        calls = _kept(known.at(board), last[1].calls if last else {})
        same = last is not None and calls is last[1].calls
        if last is not None and same and last[0] is board and last[2] is known:
            return last[1]
        view = replace(
            board,
            calls=calls,
            open_calls=last[1].open_calls
            if last and same
            else {key: c for key, c in calls.items() if c.open},
            missing={},
            tally=self._tally(board, calls),
            samples=self._samples(board, known),
        )
        self._last = (board, view, known)
        return view

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

    def _samples(self, board: State, known: _Known) -> tuple[trend.Sample, ...]:
        """The recorded minutes, with what is known by now; how many teams were free is as it was seen."""
        last = self._last
        if last is not None and last[0].samples is board.samples and last[2] is known:
            return last[1].samples
        since = board.window_from
        if since is None or known.until is None or not board.samples:
            return board.samples
        minutes = known.samples(board.definitions, since)
        return tuple(
            replace(minutes[old.at], available=old.available) if old.at in minutes else old
            for old in board.samples
        )


def _kept(calls: dict[str, Call], shown: dict[str, Call]) -> dict[str, Call]:
    return shown if calls == shown and [*calls] == [*shown] else calls
