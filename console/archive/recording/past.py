"""Writes a shift that is over as a whole: its run, blocks, marks, shift and part together, or nothing of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain, count
from operator import itemgetter

from msgspec import Struct
from sqlalchemy import Connection, insert, select

from console.archive.codec.courses import joining
from console.archive.codec.digest import digest
from console.archive.recording.entries import Run, find
from console.archive.recording.turns import zone
from console.archive.store.database import Database, transaction
from console.archive.store.tables import audit, blocks, micros, parts, runs, shifts
from console.domain.entities import Agency
from console.domain.track import Mark, MarkKind

IMPORT = "import"

_MARKS = "INSERT INTO marks (run, seen, at, kind, subject, label) VALUES"
_PLACES = {"qmark": "?", "pyformat": "%s", "format": "%s"}

SPAN = timedelta(hours=2)
MOST = 1_000
"""Of one block, the time and the events: a jump decodes one or two of them. What happened when in so long a block,
the axis tells by its marks."""

LEVEL = -1
"""Of zstd. Nobody waits for less: in blocks of this length it takes a quarter less time than 3 does in blocks of a
quarter of it, and fewer bytes (measured); 9 takes six times as long."""

AT_ONCE = 100
"""Marks in one statement."""

_moment, _entry, _rows, _call = itemgetter(0), itemgetter(1), itemgetter(2), itemgetter(3)

Line = tuple[datetime, bytes, int, bytes]
"""An event: its moment, its entry in a block, how many calls and units it changes, and the call that it names.

Entry and call are `encoded`; the call is empty where it names none.
"""


class PastShift(Struct, frozen=True):
    """A shift that is over, of so many ``calls`` and ``units``. ``short`` begins its id.

    The events are in order, from ``since`` to before ``until``, and the marks are too.
    """

    short: str
    agency: Agency
    since: datetime
    until: datetime
    events: Sequence[Line]
    marks: Sequence[Mark]
    calls: int
    units: int


class Entered(Struct, frozen=True):
    """A shift that was written; ``beside`` are those of its agency that begin when it does."""

    shift: str
    beside: tuple[str, ...]


class Bringer(Struct, frozen=True):
    """Who brings a shift, when, from what, and with which version of the console."""

    who: str
    now: datetime
    origin: str
    version: str = ""


def known(database: Database) -> set[str]:
    """The keys of the imported runs that are in the archive, each of them whole."""
    with transaction(database) as connection:
        return set(connection.scalars(select(runs.c.key).where(runs.c.kind == IMPORT)))


def bring(database: Database, key: str, past: PastShift, by: Bringer) -> Entered | None:
    """Write ``past`` as the run ``key``; ``None`` where that run is there already.

    Raises as `transaction` does; then nothing of it is in the archive.
    """
    run = Run(key, version=by.version, origin=by.origin, kind=IMPORT)
    with transaction(database) as connection:
        number = _enter(connection, run, past)
        if number is None:
            return None
        connection.execute(insert(blocks), list(_blocks(number, past)))
        _put_marks(connection, number, past)
        beside = _beside(connection, past)
        shift = _shelve(connection, number, past)
        note = {"at": micros(by.now), "who": by.who, "act": IMPORT, "subject": shift, "detail": by.origin}
        connection.execute(insert(audit), note)
    return Entered(shift, beside)


def _enter(connection: Connection, run: Run, past: PastShift) -> int | None:
    """The number of the new run, which has ended; ``None`` where it is there."""
    if find(connection, run) is not None:
        return None
    until = micros(past.until)
    values = {"key": run.key, "kind": run.kind, "began": micros(past.since), "until": until, "ended": until}
    about = {"host": run.host, "pid": run.pid, "version": run.version, "origin": run.origin}
    entered = connection.execute(insert(runs), {**values, **about}).inserted_primary_key
    assert entered is not None, "a row has its number"
    return int(entered[0])


def _blocks(number: int, past: PastShift) -> Iterator[dict[str, object]]:
    pack, first = joining(past.short, LEVEL), 0
    while first < len(past.events):
        last = _end(past.events, first)
        events = past.events[first:last]
        until = past.events[last][0] if last < len(past.events) else past.until
        body = pack(dict.fromkeys(filter(None, map(_call, events))), [*map(_entry, events)])
        yield {
            "run": number,
            "first": first + 1,
            "last": last,
            "since": micros(events[0][0]),
            "until": micros(until),
            "digest": digest(number, first + 1, last, body, (events[0][0], until)),
            "body": body,
            "events": len(events),
            "rows": sum(map(_rows, events)),
            "settled": True,
        }
        first = last


def _end(events: Sequence[Line], first: int) -> int:
    """Where the block that begins at ``first`` ends."""
    late = bisect_left(events, events[first][0] + SPAN, lo=first, key=_moment)
    return min(late, first + MOST)


def _put_marks(connection: Connection, number: int, past: PastShift) -> None:
    """The marks, each with the number of the last event of its moment.

    Straight to the driver, many in a statement: to look at the parameters of thousands of rows one by one took a
    tenth of an import, and to write them one by one a twentieth (measured).
    """
    moments, kinds = [*map(_moment, past.events)], {kind: kind.value for kind in MarkKind}
    rows = [
        (number, bisect_right(moments, mark.at), micros(mark.at), kinds[mark.kind], mark.subject, mark.label)
        for mark in past.marks
    ]
    place = _PLACES.get(connection.dialect.paramstyle, "?")
    for first in range(0, len(rows), AT_ONCE):
        group = rows[first : first + AT_ONCE]
        each = f"({', '.join([place] * len(group[0]))})"
        values = tuple(chain.from_iterable(group))
        connection.exec_driver_sql(f"{_MARKS} {', '.join([each] * len(group))}", values)


def _beside(connection: Connection, past: PastShift) -> tuple[str, ...]:
    about = (
        shifts.c.kind == IMPORT,
        shifts.c.agency == past.agency.name,
        shifts.c.since == micros(past.since),
    )
    return tuple(connection.scalars(select(shifts.c.id).where(*about).order_by(shifts.c.id)))


def _shelve(connection: Connection, number: int, past: PastShift) -> str:
    """The id of the new shift, whose only part is the whole run."""
    shift = _free(connection, f"{past.short}-{past.since.astimezone(zone(past.agency.timezone)):%Y-%m-%d}")
    since, until = micros(past.since), micros(past.until)
    told = {
        "id": shift,
        "agency": past.agency.name,
        "name": past.agency.shift,
        "timezone": past.agency.timezone,
        "kind": IMPORT,
        "since": since,
        "until": until,
        "calls": past.calls,
        "units": past.units,
    }
    connection.execute(insert(shifts), told)
    part = {"shift": shift, "run": number, "first": 1, "last": len(past.events)}
    connection.execute(insert(parts), {**part, "since": since, "until": until})
    return shift


def _free(connection: Connection, slug: str) -> str:
    """``slug``, with a number where another shift is called so."""
    names = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
    return next(
        name for name in names if connection.scalar(select(shifts.c.id).where(shifts.c.id == name)) is None
    )
