"""A recorder driven by hand: a sequence whose clock stands still, seconds that are set, and a real archive."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Table, select

from console.archive.codec.blocks import unpack
from console.archive.codec.boards import plain_of, thaw
from console.archive.codec.digest import digest
from console.archive.recording.backlog import ROOM
from console.archive.recording.ends import Ends
from console.archive.recording.keeper import Keeper
from console.archive.spec import ArchiveSpec
from console.archive.store.database import transaction
from console.archive.store.opening import open_database
from console.archive.store.tables import blocks, checkpoints, moment
from console.domain.events import Recorded, RecordingReported
from console.domain.recording import Recording
from console.domain.state import State, advance, start
from console.session.clock import FixedClock
from console.session.sequence import Sequence
from tests.domain.builders import NOON

_opened = count()


class Console:
    """A sequence, its board, and the recorder beside it."""

    def __init__(
        self,
        url: str,
        key: str | None = None,
        room: int = ROOM,
        began: datetime = NOON,
        keep: timedelta | None = None,
    ) -> None:
        self.url, self.key = url, key
        self.clock = FixedClock(began)
        self.sequence = Sequence(self.clock)
        self.steady = 0.0
        self.told: list[Recording] = []
        self.board = start(began)
        self.events: list[Recorded] = []
        opened = NOON + next(_opened) * timedelta(seconds=1)
        ends = Ends(
            self.sequence.tap(),
            lambda: self.board,
            self._tell,
            lambda: self.steady,
            lambda: opened,
            self.sequence.append,
        )
        self.keeper = Keeper(ArchiveSpec(url, key, keep), ends, room)

    def _tell(self, recording: Recording) -> None:
        self.told.append(recording)
        self.sequence.append(lambda at: RecordingReported(at, recording))

    def happen(self, *make: Callable[[datetime], Recorded], at: datetime | None = None) -> None:
        """Events, now or at another moment; the board shows them at once."""
        if at is not None:
            self.clock.set(at)
        for one in make:
            self.sequence.append(one)
        self.show()

    def show(self) -> None:
        """Bring the board up to now."""
        due = self.sequence.take(self.board.seen, self.clock.now())
        self.events = [*([] if due.base else self.events), *due.events]
        self.board = advance(due.base or self.board, due.events, due.upto)

    def work(self, seconds: float = 1.0) -> None:
        """One round of the recorder, some seconds after the one before."""
        self.steady += seconds
        self.keeper.work()
        self.show()


class Held:
    """What the archive holds of a run, each row verified, without the program's own reader."""

    def __init__(self, url: str, key: str | None = None) -> None:
        self._url, self._key = url, key

    def rows(self, table: Table, *order: Any) -> list[Any]:
        """All rows of a table."""
        with open_database(self._url, key=self._key) as database, transaction(database) as connection:
            return list(connection.execute(select(table).order_by(*(order or table.primary_key.columns))))

    def events(self, run: int = 1) -> dict[int, Recorded]:
        """The events of a run by their number."""
        found: dict[int, Recorded] = {}
        for row in self.rows(blocks):
            if row.run == run:
                times = moment(row.since), moment(row.until)
                assert row.digest == digest(run, row.first, row.last, row.body, times)
                numbers = range(row.first, row.last + 1)
                assert not found.keys() & set(numbers)
                found.update(zip(numbers, unpack(row.body), strict=True))
        return found

    def boards(self, run: int = 1) -> dict[int, State]:
        """The checkpoints of a run by their number."""
        held = {row.seen: row for row in self.rows(checkpoints) if row.run == run}
        return {
            seen: thaw(row.body, None if row.base is None else plain_of(held[row.base].body))
            for seen, row in held.items()
        }
