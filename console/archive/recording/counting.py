"""Which calls and units a shift has had, and which calls have their mark on the time axis."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from console.archive.recording.marking import Marked, alarm_marks, marks
from console.archive.recording.shelving import Counts
from console.domain.entities import Call
from console.domain.events import CallsChanged, Recorded, UnitsChanged
from console.domain.state import State, advance
from console.domain.track import MarkKind


class Counting:
    """Grows with what is written: `note` it once that is done."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._calls: set[str] = set()
        self._units: set[str] = set()
        self._told: State | None = None
        self._ahead: State | None = None

    def know(self, calls: Iterable[str]) -> None:
        """These calls have their mark."""
        self._known.update(calls)

    def begin(self, board: State) -> None:
        """A shift begins: what is open and who is there belongs to it. Calls that are gone are forgotten."""
        self._known &= board.calls.keys()
        self._calls, self._units = set(board.open_calls), set(board.units)

    def fold(self, board: State, events: Sequence[Recorded], upto: datetime) -> tuple[State, list[Marked]]:
        """``board`` after ``events``, at ``upto``, and the marks that they make."""
        found: list[Marked] = []
        told = self._told or board
        for event in events:
            marked = {mark.subject for mark in found if mark.kind == MarkKind.CALL}
            new = marks(board, event, board.seen + 1, self._known)
            found += [mark for mark in new if mark.kind != MarkKind.CALL or mark.subject not in marked]
            board = advance(board, (event,), event.at)
            found += alarm_marks(told, board, board.seen)
            told = board
        self._ahead = board = advance(board, (), upto)
        return board, found + alarm_marks(told, board, board.seen)

    def counted(self, events: Iterable[Recorded], since: datetime) -> Counts:
        """How many there are with ``events``; calls that were over before ``since`` are of an earlier shift."""
        calls, units = _of(events, since)
        return Counts(len(self._calls | calls), len(self._units | units))

    def note(self, events: Iterable[Recorded], since: datetime, found: Iterable[Marked]) -> None:
        """These are written: the events that were folded last, and their marks."""
        self._told = self._ahead
        calls, units = _of(events, since)
        self._calls |= calls
        self._units |= units
        self._known.update(mark.subject for mark in found if mark.kind == MarkKind.CALL)


def _of(events: Iterable[Recorded], since: datetime) -> tuple[set[str], set[str]]:
    calls: set[str] = set()
    units: set[str] = set()
    for event in events:
        match event:
            case CallsChanged(changed=changed):
                calls.update(call.id for call in changed if _in(call, since))
            case UnitsChanged(changed=here):
                units.update(unit.id for unit in here)
            case _:
                pass
    return calls, units


def _in(call: Call, since: datetime) -> bool:
    return call.open or call.closed_at is None or call.closed_at >= since
