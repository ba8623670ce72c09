"""A legal hold: a held shift is never removed, whoever asks and however old it is."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from console.archive.store.database import Database, transaction
from console.archive.store.errors import ArchiveError, refuse
from console.archive.store.tables import audit, micros, moment, shifts


class Kept(ArchiveError):
    """The shift stays, for it is held or being recorded: the text says who, since when, why, and how that ends."""


def hold(database: Database, shift: str, who: str, because: str, now: datetime) -> None:
    """Hold a shift, also while it is recorded; held again it keeps its first date and gets the new reason.

    Raises `ArchiveError` where there is no such shift or no reason.
    """
    if not because.strip():
        refuse("a hold needs a reason: say what it is for, such as the case's number")
    with transaction(database) as connection:
        row = row_of(connection, shift)
        since = row["held_at"] if row["held"] else micros(now)
        connection.execute(
            update(shifts)
            .where(shifts.c.id == shift)
            .values(held=True, held_by=who, held_because=because.strip(), held_at=since)
        )
        noted(connection, now, who, "hold", shift, because.strip())


def release(database: Database, shift: str, who: str, now: datetime) -> None:
    """End the hold. Raises `ArchiveError` where there is no such shift, or where it is not held."""
    with transaction(database) as connection:
        row = row_of(connection, shift)
        if not row["held"]:
            refuse(f"the shift {shift} is not held: there is nothing to release")
        connection.execute(
            update(shifts)
            .where(shifts.c.id == shift)
            .values(held=False, held_by="", held_because="", held_at=None)
        )
        noted(connection, now, who, "release", shift, f"was held by {row['held_by']}: {row['held_because']}")


def refuse_held(row: RowMapping) -> None:
    """Raises `Kept` where the shift of that row is held."""
    if row["held"]:
        since = f" since {moment(row['held_at']):%Y-%m-%d %H:%M} UTC" if row["held_at"] is not None else ""
        raise Kept(
            f"the shift {row['id']} is held by {row['held_by'] or 'somebody'}{since}: {row['held_because']}. "
            "It stays until the hold is released"
        )


def row_of(connection: Connection, shift: str) -> RowMapping:
    """The row of a shift. Raises `ArchiveError` where there is none."""
    row = connection.execute(select(shifts).where(shifts.c.id == shift)).mappings().first()
    if row is None:
        refuse(f"there is no shift {shift}: see `smart-console shifts` for those there are")
    return row


def noted(connection: Connection, now: datetime, who: str, act: str, shift: str, detail: str) -> None:
    """Who did what to a shift; this stays when the shift goes."""
    connection.execute(insert(audit).values(at=micros(now), who=who, act=act, subject=shift, detail=detail))
