"""The rows of a run: the run itself, its blocks, its checkpoints and its marks."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, select, update

from console.archive.codec.blocks import pack
from console.archive.codec.boards import freeze
from console.archive.codec.digest import digest
from console.archive.recording import shelving
from console.archive.recording.marking import Marked, density
from console.archive.recording.shelving import Counts
from console.archive.store.tables import blocks, checkpoints, marks, micros, parts, runs
from console.domain.events import Recorded
from console.domain.state import State

CHANNEL = "console_log"
"""On which PostgreSQL tells followers ``run:last:upto``, the moment in microseconds."""

OUTGROWN = 2
"""Times the size of its base from which a board is kept whole: against the empty one of the start nothing is saved."""


class Run(Struct, frozen=True):
    """Who records: ``key`` is the run's own and never used again."""

    key: str
    host: str = ""
    pid: int = 0
    version: str = ""
    origin: str = ""
    kind: str = "live"


class Piece(Struct, frozen=True):
    """Events in order, the first of them number ``first``, complete up to ``upto``; and what they come to."""

    events: Sequence[Recorded]
    first: int
    upto: datetime
    marks: Sequence[Marked] = ()
    counts: Counts = Counts()

    @property
    def last(self) -> int:
        """The number of the last event."""
        return self.first + len(self.events) - 1


class Base(Struct, frozen=True):
    """A checkpoint that later ones are told by their difference to."""

    seen: int
    at: datetime
    plain: bytes


def enter(connection: Connection, run: Run, began: datetime) -> int:
    """The number of the new run."""
    connection.execute(
        insert(runs).values(
            key=run.key,
            kind=run.kind,
            began=micros(began),
            until=micros(began),
            host=run.host,
            pid=run.pid,
            version=run.version,
            origin=run.origin,
        )
    )
    number = find(connection, run)
    assert number is not None
    return number


def find(connection: Connection, run: Run) -> int | None:
    """The number of the run; ``None`` where it is not in this archive."""
    return connection.scalar(select(runs.c.id).where(runs.c.key == run.key))


def remove(connection: Connection, number: int) -> None:
    """The run and all of it, with the shifts that were of nothing else."""
    ids = list(connection.scalars(select(parts.c.shift).where(parts.c.run == number)))
    for table in (blocks, checkpoints, marks, parts):
        connection.execute(delete(table).where(table.c.run == number))
    connection.execute(delete(runs).where(runs.c.id == number))
    shelving.drop_empty(connection, ids)


def last_block(connection: Connection, number: int) -> int:
    """The number of the last event that is in a block of the run; 0 for none."""
    return connection.scalar(select(func.max(blocks.c.last)).where(blocks.c.run == number)) or 0


def put_block(connection: Connection, number: int, piece: Piece, *, settled: bool) -> int:
    """One block with the events of ``piece``; its size in bytes."""
    body = pack(piece.events)
    connection.execute(
        insert(blocks).values(
            run=number,
            first=piece.first,
            last=piece.last,
            since=micros(piece.events[0].at),
            until=micros(piece.upto),
            digest=digest(number, piece.first, piece.last, body, (piece.events[0].at, piece.upto)),
            body=body,
            events=len(piece.events),
            rows=sum(map(density, piece.events)),
            settled=settled,
        )
    )
    return len(body)


def repack(connection: Connection, number: int, piece: Piece) -> int:
    """One settled block in place of the hot ones that hold the same events; its size in bytes."""
    connection.execute(delete(blocks).where(blocks.c.run == number, blocks.c.first >= piece.first))
    return put_block(connection, number, piece, settled=True) if piece.events else 0


def put_board(connection: Connection, number: int, board: State, base: Base | None) -> Base:
    """A checkpoint, in place of one with the same number; the base for the next."""
    if base and base.seen == board.seen:
        base = None  # its place is taken
    body, plain = freeze(board, base.plain if base else None)
    if base and len(plain) > OUTGROWN * len(base.plain):
        base, (body, plain) = None, freeze(board, None)
    here = (checkpoints.c.run == number, checkpoints.c.seen == board.seen)
    connection.execute(delete(checkpoints).where(*here))
    connection.execute(
        insert(checkpoints).values(
            run=number,
            seen=board.seen,
            at=micros(board.at),
            base=base.seen if base else None,
            digest=digest(number, board.seen, board.seen, body),
            body=body,
        )
    )
    return base or Base(board.seen, board.at, plain)


def put_marks(connection: Connection, number: int, found: Sequence[Marked]) -> None:
    """Marks, in their order."""
    if found:
        connection.execute(
            insert(marks),
            [
                {
                    "run": number,
                    "seen": mark.seen,
                    "at": micros(mark.at),
                    "kind": mark.kind,
                    "subject": mark.subject,
                    "label": mark.label,
                }
                for mark in found
            ],
        )


def reach(connection: Connection, number: int, last: int, upto: datetime) -> None:
    """The run is complete up to event ``last`` and the moment ``upto``; followers are told."""
    connection.execute(update(runs).where(runs.c.id == number).values(until=micros(upto)))
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(CHANNEL, f"{number}:{last}:{micros(upto)}")))
