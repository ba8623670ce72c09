"""Retention: the oldest shifts go by themselves, by age and by room; never a held one or the one that is going."""

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, func, select

from console.archive.keeping.purging import going, remove, scrub
from console.archive.store.database import Database, transaction
from console.archive.store.tables import blocks, checkpoints, micros, parts, shifts

WHO = "retention"
EVERY = timedelta(hours=1)
"""How often a recorder looks."""


class Retained(Struct, frozen=True):
    """The shifts that went and their bytes; ``over``: bytes beyond the room that held or running shifts take."""

    purged: tuple[str, ...] = ()
    bytes: int = 0
    over: int = 0


def retain(database: Database, now: datetime, keep: timedelta | None, room: int | None) -> Retained:
    """Remove what is older than ``keep`` or finds no ``room`` (bytes of blocks and boards), oldest first.

    For the console that records. Raises `Full` and `Lost`: then some shifts may be gone and the rest stays.
    """
    if keep is None and room is None:
        return Retained()
    with transaction(database) as connection:
        queue = _removable(connection)
        used = _used(connection) if room is not None else 0
    gone, freed = list[str](), 0
    for shift, until in queue:
        why = _why(until, now, keep, used - freed, room)
        if why:
            with transaction(database) as connection:
                freed += remove(connection, shift, WHO, why, now)
            gone.append(shift)
    if gone:
        scrub(database)
    return Retained(tuple(gone), freed, max(0, used - freed - room) if room is not None else 0)


def _why(until: int, now: datetime, keep: timedelta | None, used: int, room: int | None) -> str:
    """Why a shift has to go; empty where it may stay."""
    if keep is not None and until < micros(now - keep):
        return f"older than {keep.total_seconds() / 86_400:g} days"
    if room is not None and used > room:
        return f"more than {room / 1e9:g} GB in all"
    return ""


def _removable(connection: Connection) -> list[tuple[str, int]]:
    """Shifts that nobody holds and nobody records, and when they ended; the oldest first."""
    run = going(connection)
    newest = select(parts.c.shift).where(parts.c.run == run).order_by(parts.c.first.desc()).limit(1)
    kept = connection.scalar(newest)
    table = shifts.c
    found = connection.execute(
        select(table.id, table.until).where(table.held.is_(False)).order_by(table.until, table.id)
    )
    return [(row.id, row.until) for row in found if row.id != kept]


def _used(connection: Connection) -> int:
    return sum(
        connection.scalar(select(func.sum(func.length(table.c.body)))) or 0 for table in (blocks, checkpoints)
    )
