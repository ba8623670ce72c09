"""Retention: the oldest shifts go by themselves, by age and by room; never a held one or the one that is going."""

import logging
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, func, select

from console.archive.keeping.purging import going, remove, scrub
from console.archive.store.database import Database, transaction
from console.archive.store.tables import blocks, checkpoints, micros, parts, shifts
from console.quantities import told

WHO = "retention"

EVERY_S, SOON_S = 3_600.0, 5.0
"""Between two looks of a recorder; and while there is more to remove, for it goes on writing in between."""

_log = logging.getLogger(__name__)


class Retained(Struct, frozen=True):
    """The shifts that went and their bytes; ``over``: bytes beyond the room that held or running shifts take."""

    purged: tuple[str, ...] = ()
    bytes: int = 0
    over: int = 0


class Sweep:
    """Retention beside a recorder: it looks at its start and each hour, and removes one shift at a time."""

    def __init__(self, keep: timedelta | None, room: int | None) -> None:
        self._keep, self._room = keep, room
        self._next = 0.0
        self._over = False

    def work(self, database: Database, steady: float, wall: datetime) -> None:
        """Remove a shift where that is due; ``steady`` are seconds. Raises as `retain`."""
        if steady < self._next:
            return
        self._next = steady + EVERY_S
        done = retain(database, wall, self._keep, self._room, most=1)
        if done.purged:
            self._next = steady + SOON_S
            _log.info("retention removed the shift %s", done.purged[0])
        elif done.over and not self._over:
            _log.warning(
                "what is held or being recorded takes %s more than the archive may have: "
                "release a hold, or give it more room",
                told(done.over),
            )
        self._over = bool(done.over)


def retain(
    database: Database, now: datetime, keep: timedelta | None, room: int | None, most: int | None = None
) -> Retained:
    """Remove what is older than ``keep`` or finds no ``room`` (bytes of blocks and boards), oldest first.

    For the console that records; at most ``most`` shifts. What was imported is of any age and stays until it finds
    no room. PostgreSQL vacuums by itself, later. Raises `Full` and `Lost`: some shifts may be gone, the rest stays.
    """
    if keep is None and room is None:
        return Retained()
    with transaction(database) as connection:
        queue = _removable(connection)
        used = _used(connection) if room is not None else 0
    gone, freed = list[str](), 0
    for shift, until, kind in queue:
        why = _why(until, now, None if kind == "import" else keep, used - freed, room)
        if why and len(gone) != most:
            with transaction(database) as connection:
                freed += remove(connection, shift, WHO, why, now)
            gone.append(shift)
    if gone and database.kind == "sqlite":
        scrub(database)
    return Retained(tuple(gone), freed, max(0, used - freed - room) if room is not None else 0)


def _why(until: int, now: datetime, keep: timedelta | None, used: int, room: int | None) -> str:
    """Why a shift has to go; empty where it may stay."""
    if keep is not None and until < micros(now - keep):
        return f"older than {keep.total_seconds() / 86_400:g} days"
    if room is not None and used > room:
        return f"more than {told(room)} in all"
    return ""


def _removable(connection: Connection) -> list[tuple[str, int, str]]:
    """Shifts that nobody holds and nobody records, when they ended and of which kind they are; the oldest first."""
    run = going(connection)
    newest = select(parts.c.shift).where(parts.c.run == run).order_by(parts.c.first.desc()).limit(1)
    kept = connection.scalar(newest)
    table = shifts.c
    found = connection.execute(
        select(table.id, table.until, table.kind).where(table.held.is_(False)).order_by(table.until, table.id)
    )
    return [(row.id, row.until, row.kind) for row in found if row.id != kept]


def _used(connection: Connection) -> int:
    return sum(
        connection.scalar(select(func.sum(func.length(table.c.body)))) or 0 for table in (blocks, checkpoints)
    )
