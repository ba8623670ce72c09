"""Shifts written with the real log, as a recorder would write them, and what was live meanwhile."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from console.archive.recording.entries import Piece, Run, remove
from console.archive.recording.log import Log
from console.archive.recording.marking import marks
from console.archive.recording.turns import Turn, turn
from console.archive.store.database import Database, transaction
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.domain.due import Can, Due
from console.domain.events import Recorded
from console.domain.state import State, advance, start
from console.session.clock import FixedClock
from console.session.session import Session
from console.session.source import Source
from console.session.store import Store
from tests.domain.builders import NOON

_numbers = count(1)


@contextmanager
def archive(folder: Path) -> Iterator[Database]:
    """An archive that is being written."""
    with claim(open_database(str(folder / "shifts.db"), write=True), NOON) as mine:
        yield mine.database


class Writing:
    """One run, written piece by piece."""

    def __init__(self, database: Database, began: datetime = NOON, board: State | None = None) -> None:
        self._database = database
        self.log = Log(database, Run(f"run {next(_numbers)}"))
        self.board = board or start(began)
        self._loose: list[Recorded] = []
        self._known: set[str] = set()
        self._first = self.board.seen + 1
        self.log.begin(self.board, turn(None, began))

    @property
    def shift(self) -> str:
        """The id of the shift."""
        return self.log.shift

    def forget(self) -> None:
        """The run never was, so that the next example finds an empty archive."""
        with transaction(self._database) as connection:
            remove(connection, self.log.number)

    def write(self, events: Sequence[Recorded], upto: datetime) -> None:
        """One hot block, or a sign of life where nothing happened."""
        if events:
            found = [
                mark
                for place, event in enumerate(events)
                for mark in marks(self.board, event, self.board.seen + 1 + place, self._known)
            ]
            self._known |= {mark.subject for mark in found}
            self.log.write(Piece(events, self.board.seen + 1, upto, found))
        else:
            self.log.beat(self.board.seen, upto)
        self._loose += events
        self.board = advance(self.board, events, upto)

    def settle(self) -> None:
        """One block instead of the hot ones, and a checkpoint."""
        upto = self.board.at
        self.log.settle(Piece(self._loose, self._first, upto), self.board)
        self._loose, self._first = [], self.board.seen + 1

    def turn(self) -> str:
        """Another shift of the agency begins; its id."""
        night = Turn("", "Night", "UTC", self.board.at, None, told=True)
        self.log.turn(night, Piece(self._loose, self._first, self.board.at), self.board)
        self._loose, self._first = [], self.board.seen + 1
        return self.shift

    def lose(self, events: Sequence[Recorded], upto: datetime) -> None:
        """Events that happen and are not written."""
        self.settle()
        self.board = advance(self.board, events, upto)
        self._first = self.board.seen + 1
        self.settle()

    def all(self, events: Sequence[Recorded], until: datetime, piece: int = 2, minute: int = 20) -> None:
        """``events`` in hot blocks of ``piece``, settled each ``minute`` seconds, complete until ``until``."""
        step, left = timedelta(seconds=minute), list(events)
        end = self.board.at + step
        while self.board.at < until:
            end = min(end, until)
            due = [event for event in left if event.at <= end]
            left = left[len(due) :]
            for place in range(0, len(due), piece):
                few = due[place : place + piece]
                self.write(few, few[-1].at)
            self.write([], end)
            if self._loose:
                self.settle()
            end += step


class Lived:
    """The live source of a test: events in order, each given once."""

    can = frozenset[Can]()

    def __init__(self, events: Sequence[Recorded]) -> None:
        self._events = events

    def take(self, seen: int, until: datetime) -> Due:
        return Due([event for event in self._events[seen:] if event.at <= until], until)

    def rewind(self, to: datetime) -> State:
        return start(to)


def live(events: Sequence[Recorded], at: datetime, began: datetime = NOON) -> State:
    """What the live board showed at ``at``."""
    return advance(start(began), [event for event in events if event.at <= at], at)


def shown(source: Source, *moments: datetime) -> State:
    """What a session on ``source`` shows at the last of ``moments``, having gone through the others."""
    clock = FixedClock(moments[0])
    session = Session(clock, source, Store(source.rewind(moments[0])))
    for moment in moments:
        clock.set(moment)
        session.step()
    return session.store.value
