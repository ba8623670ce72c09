"""Reads and decodes blocks and checkpoints; nothing is decoded whose digest does not match."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Table, select

from console.archive.codec.blocks import Damaged, unpack
from console.archive.codec.boards import plain_of, thaw
from console.archive.codec.digest import matching
from console.archive.replay.held import Held
from console.archive.shelf.index import BlockLine, CheckpointLine, block_here, checkpoint_here
from console.archive.store import reading
from console.archive.store.database import Database
from console.archive.store.errors import ArchiveError, Full, Lost
from console.archive.store.tables import blocks, checkpoints
from console.domain.events import Recorded
from console.domain.state import State

T = TypeVar("T")

BLOCKS, BOARDS, BASES = 16, 12, 4
"""How many stay decoded: a minute of 500 units is about 1 MB."""

PATIENCE = 40
"""Of so many questions one is put to an archive that did not answer: each may take seconds, on the screen's thread."""


class Moved(Lost):
    """What stood there stands elsewhere by now: the recorder has put several blocks into one."""

    def __init__(self) -> None:
        super().__init__("the recording was changed while it was read: try again")


class Reader:
    """The one way from the archive to events and boards; what is in memory stays. Threads may share it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._blocks: Held[tuple[int, bytes], tuple[Recorded, ...]] = Held(BLOCKS)
        self._boards: Held[tuple[int, CheckpointLine], State] = Held(BOARDS)
        self._bases: Held[tuple[int, int], bytes] = Held(BASES)
        self._bad: set[tuple[int, bytes]] = set()
        self._bad_boards: set[tuple[int, CheckpointLine]] = set()
        self._refused: Lost | Full | None = None
        self._asked = 0

    @property
    def trouble(self) -> str:
        """Why the archive cannot be read right now; empty while it can."""
        if self._refused is None:
            return ""
        return f"The recording cannot be read: {self._refused}. It goes on by itself once it can."

    def ask(self, query: Callable[[Connection], T]) -> T:
        """What ``query`` finds. Raises `ArchiveError`, `Lost` or `Full` where trying again may help."""
        return self._patiently(lambda: reading.ask(self._database, query))

    def _patiently(self, read: Callable[[], T]) -> T:
        self._asked += 1
        if self._refused is not None and self._asked % PATIENCE:
            raise self._refused
        try:
            found = read()
        except (Lost, Full) as error:
            self._refused = error
            raise
        self._refused = None
        return found

    def try_again(self) -> None:
        """Ask the archive now, if it did not answer before; for a thread that may wait."""
        if self._refused is not None:
            self._asked = -1
            with suppress(ArchiveError):
                self.ask(lambda connection: connection.execute(select(1)))

    def events(self, run: int, line: BlockLine) -> tuple[Recorded, ...]:
        """The events of a block. Raises `Damaged`, `Moved` and `Lost`."""
        key = (run, line.digest)
        if key in self._bad:
            raise Damaged("it was found damaged before")
        held = self._blocks.get(key)
        return self._blocks.put(key, self._unpacked(run, line)) if held is None else held

    def board(self, run: int, line: CheckpointLine) -> State:
        """The board of a checkpoint. Raises `Damaged`, `Moved` and `Lost`."""
        key = (run, line)
        if key in self._bad_boards:
            raise Damaged("it was found damaged before")
        held = self._boards.get(key)
        return self._boards.put(key, self._thawed(run, line)) if held is None else held

    def sound(self, run: int, line: CheckpointLine) -> bool:
        """Whether nothing speaks against the checkpoint so far."""
        return (run, line) not in self._bad_boards

    def _unpacked(self, run: int, line: BlockLine) -> tuple[Recorded, ...]:
        try:
            place, times = (run, line.first, line.last), (line.since, line.until)
            body = self._verified(blocks, block_here(run, line), place, times)
            events = tuple(unpack(body))
            _expect(len(events) == line.last - line.first + 1, "it holds more or fewer events than it says")
        except Damaged:
            self._bad.add((run, line.digest))
            raise
        return events

    def _thawed(self, run: int, line: CheckpointLine) -> State:
        try:
            base = None if line.base is None else self._base(run, line.base)
            state = thaw(self._board(run, line.seen), base)
            _expect((state.seen, state.at) == (line.seen, line.at), "it is the board of another moment")
        except Damaged:
            self._bad_boards.add((run, line))
            raise
        return state

    def _board(self, run: int, seen: int) -> bytes:
        """Its moment needs no digest: it stands in the board too."""
        return self._verified(checkpoints, checkpoint_here(run, seen), (run, seen, seen), ())

    def _base(self, run: int, seen: int) -> bytes:
        held = self._bases.get((run, seen))
        if held is not None:
            return held
        try:
            return self._bases.put((run, seen), plain_of(self._board(run, seen)))
        except Moved as error:
            raise Damaged("the board that it builds on is gone") from error

    def _verified(
        self,
        table: Table,
        here: ColumnElement[bool],
        place: tuple[int, int, int],
        times: Sequence[datetime],
    ) -> bytes:
        """What the database itself calls damaged is so for this row alone, as far as anybody knows."""
        try:
            found = self._patiently(lambda: reading.body(self._database, table, here))
        except (Lost, Full):
            raise
        except ArchiveError as error:
            raise Damaged(str(error)) from error
        if found is None:
            raise Moved
        sealed, body = found
        if not isinstance(body, bytes) or not matching(sealed, place, body, times):
            raise Damaged("its digest does not match")
        return body


def _expect(sound: bool, otherwise: str) -> None:
    if not sound:
        raise Damaged(otherwise)
