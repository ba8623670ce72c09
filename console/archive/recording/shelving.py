"""The rows that say which shift a stretch of a run belongs to."""

from datetime import datetime, timedelta
from itertools import count

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, delete, insert, select, update

from console.archive.recording.turns import LONGEST, Turn
from console.archive.store.tables import marks, micros, moment, parts, shifts
from console.domain.track import MarkKind

SLACK = timedelta(seconds=5)
"""By which the clocks of two workstations may differ that record one shift after the other."""


class Part(Struct, frozen=True):
    """The stretch of a run that is being written: from event ``first`` on, in the shift of that id."""

    shift: str
    run: int
    first: int
    since: datetime


class Counts(Struct, frozen=True):
    """Different calls and units that a shift has had."""

    calls: int = 0
    units: int = 0


def begin_part(connection: Connection, turn: Turn, run: int, first: int, since: datetime) -> Part:
    """Open a part in the shift that ``turn`` tells of, which is made where there is none that it continues."""
    part = Part(_shift(connection, turn, since), run, first, since)
    connection.execute(delete(parts).where(parts.c.run == run, parts.c.first == first))
    connection.execute(
        insert(parts).values(
            shift=part.shift, run=run, first=first, last=first - 1, since=micros(since), until=micros(since)
        )
    )
    return part


def move_part(connection: Connection, turn: Turn, part: Part) -> Part:
    """The same part in the shift that it turned out to be of; a shift that keeps no part goes."""
    here = (parts.c.run == part.run, parts.c.first == part.first)
    counts = _counts(connection, part.shift)
    connection.execute(update(parts).where(*here).values(shift=""))
    drop_empty(connection, [part.shift])  # its id may be the very one
    moved = replace(part, shift=_shift(connection, turn, part.since))
    connection.execute(update(parts).where(*here).values(shift=moved.shift))
    last, until = connection.execute(select(parts.c.last, parts.c.until).where(*here)).one()
    extend(connection, moved, last, moment(until), counts)
    return moved


def extend(connection: Connection, part: Part, last: int, until: datetime, counts: Counts) -> None:
    """The part and its shift reach up to event ``last`` and the moment ``until``."""
    here = (parts.c.shift == part.shift, parts.c.run == part.run, parts.c.first == part.first)
    connection.execute(update(parts).where(*here).values(last=last, until=micros(until)))
    table = shifts.c
    held = connection.execute(
        select(table.until, table.calls, table.units).where(table.id == part.shift)
    ).first()
    if held is not None:
        values = {
            "until": max(held.until, micros(until)),
            "calls": max(held.calls, counts.calls),
            "units": max(held.units, counts.units),
        }
        connection.execute(update(shifts).where(table.id == part.shift).values(values))


def drop_empty(connection: Connection, ids: list[str]) -> None:
    """Remove the shifts of these ids that have no part, unless somebody holds them."""
    kept = select(parts.c.shift)
    connection.execute(
        delete(shifts).where(shifts.c.id.in_(ids), shifts.c.id.not_in(kept), shifts.c.held.is_(False))
    )


def known_calls(connection: Connection, shift: str) -> set[str]:
    """The calls that have their mark in the shift, whichever run first saw them."""
    runs = select(parts.c.run).where(parts.c.shift == shift)
    wanted = select(marks.c.subject).where(marks.c.run.in_(runs), marks.c.kind == MarkKind.CALL.value)
    return set(connection.scalars(wanted))


def _counts(connection: Connection, shift: str) -> Counts:
    return Counts(
        *connection.execute(select(shifts.c.calls, shifts.c.units).where(shifts.c.id == shift)).one()
    )


def _shift(connection: Connection, turn: Turn, since: datetime) -> str:
    """The id of the shift; the same agency's of the same name goes on, unless it was recorded at this time already."""
    table = shifts.c
    for number in count(1):
        key = turn.slug if number == 1 else f"{turn.slug}-{number}"
        row = connection.execute(
            select(table.agency, table.name, table.kind, table.until).where(table.id == key)
        ).first()
        if row is None:
            _make(connection, turn, key, since)
            return key
        same = (row.agency, row.name, row.kind) == (turn.agency, turn.name, "live")
        if same and row.until <= micros(since + SLACK):
            return key
    raise AssertionError("counting ends never")


def _make(connection: Connection, turn: Turn, key: str, since: datetime) -> None:
    told = turn.until is None and since - LONGEST <= turn.since <= since
    connection.execute(
        insert(shifts).values(
            id=key,
            agency=turn.agency,
            name=turn.name,
            timezone=turn.timezone,
            kind="live",
            since=micros(turn.since if told else since),
            until=micros(since),
        )
    )
