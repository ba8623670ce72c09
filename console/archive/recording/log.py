"""Writes one run of the log: hot blocks as events come, packed blocks with a checkpoint as minutes end."""

from datetime import datetime, timedelta

from sqlalchemy import update

from console.archive.recording import entries, shelving
from console.archive.recording.entries import Base, Piece, Run
from console.archive.recording.shelving import Counts, Part
from console.archive.recording.turns import Turn
from console.archive.store.database import Database, alone, transaction
from console.archive.store.tables import EPOCH, micros, runs
from console.domain.state import State

FULL_EVERY = timedelta(minutes=30)
"""Between checkpoints that need no other one."""


class Log:
    """One run in one opened archive. What fails has changed nothing, neither in the archive nor here."""

    def __init__(self, database: Database, run: Run) -> None:
        self._database = database
        self._run = run
        self._number = self._settled = 0
        self._base: Base | None = None
        self._part = Part("", 0, 1, EPOCH)
        self.events = self.blocks = self.bytes = 0
        """What was written: the blocks and bytes are those that are settled."""

    @property
    def number(self) -> int:
        """The number of the run in this archive; 0 while it is not in it."""
        return self._number

    @property
    def shift(self) -> str:
        """The id of the shift that is being written."""
        return self._part.shift

    def begin(self, board: State, turn: Turn) -> set[str]:
        """Begin the run at ``board``; the calls that have a mark in the shift already."""
        with transaction(self._database) as connection:
            if (stale := entries.find(connection, self._run)) is not None:
                entries.remove(connection, stale)  # an attempt whose success was not heard of
            number = entries.enter(connection, self._run, board.at)
            part = shelving.begin_part(connection, turn, number, board.seen + 1, board.at)
            base = entries.put_board(connection, number, board, None)
            known = shelving.known_calls(connection, part.shift)
            entries.reach(connection, number, board.seen, board.at)
        self._number, self._part, self._base, self._settled = number, part, base, board.seen
        return known

    def write(self, piece: Piece) -> None:
        """One hot block."""
        with transaction(self._database) as connection:
            entries.put_block(connection, self._number, piece, settled=False)
            entries.put_marks(connection, self._number, piece.marks)
            shelving.extend(connection, self._part, piece.last, piece.upto, piece.counts)
            entries.reach(connection, self._number, piece.last, piece.upto)
        self.events += len(piece.events)

    def beat(self, last: int, upto: datetime) -> None:
        """Nothing happened up to ``upto``: the recording is complete until then."""
        with transaction(self._database) as connection:
            shelving.extend(connection, self._part, last, upto, Counts())
            entries.reach(connection, self._number, last, upto)

    def settle(self, piece: Piece, board: State) -> None:
        """Replace the hot blocks since the last time, which hold ``piece``, by one, and keep ``board``.

        A ``board`` that has seen more than they hold stands behind a hole: reading goes on from it.
        """
        base = self._base if self._base and board.at - self._base.at < FULL_EVERY else None
        with transaction(self._database) as connection:
            size = entries.repack(connection, self._number, piece)
            base = entries.put_board(connection, self._number, board, base)
            shelving.extend(connection, self._part, board.seen, board.at, Counts())
            entries.reach(connection, self._number, board.seen, board.at)
        self._base, self._settled = base, board.seen
        self._count(size)

    def turn(self, turn: Turn, piece: Piece, board: State) -> set[str]:
        """Settle, and go on in another shift, which begins with ``board``; the calls that have a mark in it."""
        with transaction(self._database) as connection:
            size = entries.repack(connection, self._number, piece)
            shelving.extend(connection, self._part, board.seen, board.at, Counts())
            part = shelving.begin_part(connection, turn, self._number, board.seen + 1, board.at)
            base = entries.put_board(connection, self._number, board, None)
            known = shelving.known_calls(connection, part.shift)
            entries.reach(connection, self._number, board.seen, board.at)
        self._part, self._base, self._settled = part, base, board.seen
        self._count(size)
        return known

    def move(self, turn: Turn) -> set[str]:
        """What was written of this part is of the shift that ``turn`` tells of; the calls that have a mark in it."""
        with transaction(self._database) as connection:
            part = shelving.move_part(connection, turn, self._part)
            known = shelving.known_calls(connection, part.shift)
        self._part = part
        return known

    def end(self, upto: datetime) -> None:
        """The run ended as it should; the file is left without a journal beside it."""
        with transaction(self._database) as connection:
            ended = update(runs).where(runs.c.id == self._number)
            connection.execute(ended.values(ended=micros(upto), until=micros(upto)))
        if self._database.kind == "sqlite":
            with alone(self._database) as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def written(self) -> int | None:
        """The number of the last event in the archive; ``None`` where the run is not in it any more."""
        with transaction(self._database) as connection:
            if entries.find(connection, self._run) != self._number:
                return None
            return max(entries.last_block(connection, self._number), self._settled)

    def _count(self, size: int) -> None:
        self.blocks, self.bytes = self.blocks + bool(size), self.bytes + size
