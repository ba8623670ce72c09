"""Removes a shift so that nothing of it is left where a console could find it."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, select

from console.archive.keeping.holding import Kept, noted, refuse_held, row_of
from console.archive.keeping.scrubbing import scrub
from console.archive.store.database import Database, transaction
from console.archive.store.tables import blocks, checkpoints, marks, overlay, parts, runs, shifts
from console.quantities import told


class _Stretch(Struct, frozen=True):
    """The events of one run that a shift is; ``before`` and ``behind``: another shift has those that adjoin."""

    run: int
    first: int
    last: int
    before: bool
    behind: bool


class Purged(Struct, frozen=True):
    """``bytes`` of blocks and boards that are gone; ``left``: what of them is left in the archive's files, and how
    that goes too; empty where nothing is.
    """

    bytes: int
    left: str = ""


def purge(database: Database, shift: str, who: str, now: datetime, *, recording: bool = True) -> Purged:
    """Remove a shift with its blocks, boards, marks and what was done in its replays, and note who did.

    ``recording``: some console may be recording into this archive now; then the shift it records is refused.

    SQLite overwrites what is removed, gives its room back to the disk and empties its journal; copies from
    before an update of the archive hold the same shift and go as well. PostgreSQL writes its tables anew, so that
    the old files go (`scrub`). Beyond reach is what was copied before: a file system's snapshots and backups, and
    a server's write-ahead log (`BEYOND`), its replicas, and the free space on its disk. The board with which the
    *next* shift of the same recorder begins stays, with the calls that were on it: they are part of that shift.
    Raises `Kept` where it is held or being recorded, and `ArchiveError` where there is no such shift.
    """
    with transaction(database) as connection:
        size = remove(connection, shift, who, "by hand", now, recording=recording)
    return Purged(size, scrub(database))


def remove(
    connection: Connection, shift: str, who: str, why: str, now: datetime, *, recording: bool = True
) -> int:
    """The rows of a shift, gone; their bytes. Raises as `purge` does."""
    refuse_held(row_of(connection, shift))
    stretches = _stretches(connection, shift)
    if recording and going(connection) in {stretch.run for stretch in stretches if not stretch.behind}:
        raise Kept(f"the shift {shift} is being recorded: it can be removed once it is over")
    size = sum(_size(connection, stretch) for stretch in stretches)
    for stretch in stretches:
        _clear(connection, stretch)
    for table, column in ((parts, parts.c.shift), (shifts, shifts.c.id), (overlay, overlay.c.shift)):
        connection.execute(delete(table).where(column == shift))
    for run in {stretch.run for stretch in stretches}:
        _drop_emptied(connection, run)
    noted(connection, now, who, "purge", shift, f"{why}: {told(size)}")
    return size


def going(connection: Connection) -> int | None:
    """The run that may be recorded right now: the newest of a recorder, unless it was ended."""
    newest = select(runs.c.id, runs.c.ended).where(runs.c.kind == "live").order_by(runs.c.id.desc()).limit(1)
    row = connection.execute(newest).first()
    return None if row is None or row.ended is not None else int(row.id)


def _stretches(connection: Connection, shift: str) -> list[_Stretch]:
    found = connection.execute(
        select(parts.c.run, parts.c.first, parts.c.last).where(parts.c.shift == shift)
    ).all()
    return [
        _Stretch(
            run,
            first,
            last,
            before=_has_part(
                connection, parts.c.run == run, parts.c.last == first - 1, parts.c.first < first
            ),
            behind=_has_part(connection, parts.c.run == run, parts.c.first > last),
        )
        for run, first, last in found
    ]


def _has_part(connection: Connection, *where: ColumnElement[bool]) -> bool:
    return connection.execute(select(parts.c.shift).where(*where).limit(1)).first() is not None


def _alone(stretch: _Stretch) -> dict[Table, ColumnElement[bool]]:
    """Which blocks, boards and marks of a run belong to the stretch and to no other shift."""
    block, board, mark = blocks.c, checkpoints.c, marks.c
    return {
        blocks: and_(block.run == stretch.run, block.first >= stretch.first, block.last <= stretch.last),
        checkpoints: and_(
            board.run == stretch.run,
            board.seen >= stretch.first - (0 if stretch.before else 1),
            board.seen <= stretch.last - (1 if stretch.behind else 0),
        ),
        marks: and_(mark.run == stretch.run, mark.seen.between(stretch.first, stretch.last)),
    }


def _size(connection: Connection, stretch: _Stretch) -> int:
    where = _alone(stretch)
    return sum(
        connection.scalar(select(func.sum(func.length(table.c.body))).where(where[table])) or 0
        for table in (blocks, checkpoints)
    )


def _clear(connection: Connection, stretch: _Stretch) -> None:
    for table, where in _alone(stretch).items():
        connection.execute(delete(table).where(where))


def _drop_emptied(connection: Connection, run: int) -> None:
    """A run of which no shift is left goes, with all that is left of it."""
    if _has_part(connection, parts.c.run == run):
        return
    for table in (blocks, checkpoints, marks):
        connection.execute(delete(table).where(table.c.run == run))
    connection.execute(delete(runs).where(runs.c.id == run))
