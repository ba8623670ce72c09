"""Retention: the oldest shifts go by themselves, by age and by room; never a held one or the one that is going."""

import logging
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, func, select

from console.archive.keeping.aging import allowed, reckoned
from console.archive.keeping.holding import noted
from console.archive.keeping.purging import going, remove
from console.archive.keeping.scrubbing import scrub
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


class Bounds(Struct, frozen=True):
    """``keep``: how long a shift stays; ``room``: bytes of blocks and boards; ``may``: the only ones to go by age."""

    keep: timedelta | None = None
    room: int | None = None
    may: frozenset[str] | None = None


class Sweep:
    """Retention beside a recorder: it looks at its start and each hour, and removes one shift at a time.

    By age no more than a few go (`allowed`), unless they were as old when it looked an hour ago.
    """

    def __init__(self, keep: timedelta | None, room: int | None) -> None:
        self._keep, self._room = keep, room
        self._next = self._look = 0.0
        self._overdue = self._may = frozenset[str]()
        self._over = self._spared = False

    def work(self, database: Database, steady: float, wall: datetime) -> None:
        """Remove a shift where that is due; ``steady`` are seconds. Raises as `retain`."""
        if steady < self._next:
            return
        if steady >= self._look:
            self._next = self._look = steady + EVERY_S
            self._find(database, wall)
        self._next = self._look
        done = retain(database, wall, Bounds(self._keep, self._room, self._may), most=1)
        if done.purged:
            self._next = min(steady + SOON_S, self._look)
            _log.info("retention removed the shift %s", done.purged[0])
        elif done.over and not self._over:
            _log.warning(
                "what is held or being recorded takes %s more than the archive may have: "
                "release a hold, or give it more room",
                told(done.over),
            )
        self._over = bool(done.over)

    def _find(self, database: Database, wall: datetime) -> None:
        """What may go by age until the next look."""
        if self._keep is None:
            return
        with transaction(database) as connection:
            upto = reckoned(connection, wall)
            overdue = _overdue(connection, upto - self._keep)
            total = connection.scalar(select(func.count()).select_from(shifts)) or 0
            self._may = allowed(overdue, total, self._overdue)
            early = len(_overdue(connection, wall - self._keep)) - len(overdue)
            why = _doubts(len(overdue) - len(self._may), early, upto)
            if why and not self._spared:
                noted(connection, wall, WHO, "spare", "", why)
                _log.warning("retention: %s", why)
        self._overdue, self._spared = frozenset(overdue), bool(why)


def retain(database: Database, now: datetime, bounds: Bounds, most: int | None = None) -> Retained:
    """Remove what is older than ``keep`` (`reckoned`) or finds no ``room``, oldest first.

    For the console that records; at most ``most`` shifts. What was imported is of any age and stays until it finds
    no room. A server is not scrubbed: its files keep what is removed until it has used that room again.
    Raises `Full` and `Lost`: some shifts may be gone, the rest stays.
    """
    keep, room = bounds.keep, bounds.room
    if keep is None and room is None:
        return Retained()
    with transaction(database) as connection:
        queue = _removable(connection)
        used = _used(connection) if room is not None else 0
        old = frozenset(_overdue(connection, reckoned(connection, now) - keep)) if keep is not None else ()
    gone, freed = list[str](), 0
    for shift, _, _ in queue:
        aged = shift in old and (bounds.may is None or shift in bounds.may)
        why = _why(keep if aged else None, used - freed, room)
        if why and len(gone) != most:
            with transaction(database) as connection:
                freed += remove(connection, shift, WHO, why, now)
            gone.append(shift)
    if gone and database.kind == "sqlite":
        scrub(database)
    return Retained(tuple(gone), freed, max(0, used - freed - room) if room is not None else 0)


def _why(keep: timedelta | None, used: int, room: int | None) -> str:
    """Why a shift has to go, which is older than ``keep``; empty where it may stay."""
    if keep is not None:
        return f"older than {keep.total_seconds() / 86_400:g} days"
    if room is not None and used > room:
        return f"more than {told(room)} in all"
    return ""


def _doubts(spared: int, early: int, upto: datetime) -> str:
    """What the audit says of shifts that stay though they look too old; empty for none."""
    said = []
    if spared > 0:
        said.append(f"{spared} more are too old, which is many at once: they go if that is so in an hour")
    if early > 0:
        said.append(
            f"{early} are too old by this workstation's clock, but the recordings bear out no later time than "
            f"{upto:%Y-%m-%d %H:%M} UTC: they stay. See that the clock is right"
        )
    return "; ".join(said)


def _overdue(connection: Connection, before: datetime) -> list[str]:
    """The removable shifts that were recorded here and over ``before`` then, oldest first."""
    return [
        shift for shift, until, kind in _removable(connection) if kind != "import" and until < micros(before)
    ]


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
