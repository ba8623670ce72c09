"""The watches of a past record: what happened from the start of each, and how it stood then."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter

from msgspec import Struct

from console.domain.entities import Agency
from console.domain.vocabulary import Program
from console.simulator.past.calls import CallVersion, Course, call_course, call_versions, closes
from console.simulator.past.rows import Record
from console.simulator.past.unitrow import UnitRow
from console.simulator.past.units import Fix, UnitReached, UnitVersion, fixes, unit_course, unit_versions

_DAY = timedelta(days=1)
_MARGIN_DEGREES = 0.01
_received = attrgetter("received")

Bounds = tuple[float, float, float, float]


class Watch(Struct, frozen=True):
    """What matters of a record from ``start`` on: the rows of each call and of each unit.

    The calls of the watch go on after its ``end`` until the last is closed.
    """

    agency: Agency
    start: datetime
    end: datetime
    call_rows: Sequence[Sequence[UnitRow]]
    unit_rows: Sequence[Sequence[UnitRow]]
    programs: Mapping[str, Program]

    def calls(self) -> Iterator[list[CallVersion]]:
        """The versions of one call after the other; those of before the start say how it stood then."""
        return map(call_versions, self.call_rows)

    def call_courses(self) -> Iterator[Course]:
        """The same as what each call came to and the states it went through, which costs less."""
        return map(call_course, self.call_rows)

    def units(self) -> Iterator[list[UnitVersion]]:
        """The versions of one unit after the other, from the one at the start on if it was seen before."""
        return (unit_versions(rows, self.programs, self.start) for rows in self.unit_rows)

    def unit_courses(self) -> Iterator[list[UnitReached]]:
        """The same as what each unit did, which costs less."""
        return (unit_course(rows, self.programs, self.start) for rows in self.unit_rows)

    def fixes(self) -> Iterator[list[Fix]]:
        """Where one unit after the other was, in the same way."""
        return (fixes(rows, self.start) for rows in self.unit_rows)

    @property
    def last(self) -> datetime:
        """The end of the watch, or of what happened in it."""
        moments = (_last(row) for rows in (*self.call_rows, *self.unit_rows) for row in rows)
        return max(self.end, *moments)


def watch_of(at: datetime, record: Record) -> tuple[datetime, datetime]:
    """The watch that ``at`` falls in, as two moments in UTC."""
    begins = record.layout.agency.begins
    local = at.astimezone(record.zone)
    day = local.date() if local.time() >= begins else local.date() - _DAY
    first, last = (datetime.combine(d, begins, record.zone) for d in (day, day + _DAY))
    return first.astimezone(UTC), last.astimezone(UTC)


def watch_at(record: Record, at: datetime) -> Watch:
    """The watch that ``at`` falls in, also one in which no call was received."""
    start, end = watch_of(at, record)
    past = _Past(record)
    past.add([row for row in sorted(record.rows, key=_received) if row.received < end])
    return past.watch(start, end)


def watches(record: Record) -> Iterator[Watch]:
    """Each watch in which a call was received, one after the other; each costs what happened in it."""
    past = _Past(record)
    for start, end, rows in _by_watch(record):
        past.add(rows)
        yield past.watch(start, end)


def starts(record: Record) -> list[datetime]:
    """When each of the `watches` begins."""
    return [start for start, _, _ in _by_watch(record)]


def _by_watch(record: Record) -> Iterator[tuple[datetime, datetime, list[UnitRow]]]:
    rows = sorted(record.rows, key=_received)
    first = 0
    while first < len(rows):
        start, end = watch_of(rows[first].received, record)
        last = first
        while last < len(rows) and rows[last].received < end:
            last += 1
        yield start, end, rows[first:last]
        first = last


class _Past:
    """The calls and units of a record up to some watch: only what can still matter is gone through again."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._bounds = _bounds(record.rows)
        self._calls: dict[str, list[UnitRow]] = {}
        self._active: dict[str, list[UnitRow]] = {}
        self._units: dict[str, list[UnitRow]] = {}

    def add(self, rows: Iterable[UnitRow]) -> None:
        """Take in ``rows``, none received before those that were taken in earlier."""
        for row in rows:
            call = self._active[row.call] = self._calls.setdefault(row.call, [])
            call.append(row)
            if row.unit:
                self._units.setdefault(row.unit, []).append(row)

    def watch(self, start: datetime, end: datetime) -> Watch:
        """What happened from ``start`` on, in calls that were received before ``end``."""
        self._active = {key: rows for key, rows in self._active.items() if _touches(rows, start)}
        self._units = {key: _recent(rows, start) for key, rows in self._units.items()}
        return Watch(
            agency=_agency(self._record, start, self._bounds),
            start=start,
            end=end,
            call_rows=[tuple(rows) for rows in self._active.values()],
            unit_rows=[tuple(rows) for rows in self._units.values()],
            programs=self._record.layout.programs,
        )


def _last(row: UnitRow) -> datetime:
    stages = (row.hospital, row.transport, row.on_scene, row.response, row.dispatch, row.entry)
    return row.available or next((moment for moment in stages if moment is not None), row.received)


def _touches(call: Sequence[UnitRow], start: datetime) -> bool:
    end = closes(call)
    return end is None or end >= start


def _recent(unit: Sequence[UnitRow], start: datetime) -> list[UnitRow]:
    """The rows of ``unit`` that matter from ``start`` on, and the earlier ones that say what it did and where last."""
    left, arrived = _latest(unit, start)
    if left is None:
        return list(unit)
    return [
        row for row in unit if (end := row.available) is None or end >= start or row is left or row is arrived
    ]


def _latest(unit: Sequence[UnitRow], start: datetime) -> tuple[UnitRow | None, UnitRow | None]:
    """Of the rows that ended before ``start``, the one that did last, and the last that tells a place."""
    left = arrived = None
    ended = arrival = datetime.min.replace(tzinfo=UTC)
    for row in unit:
        end = row.available
        if end is not None and end < start:
            if end >= ended:
                left, ended = row, end
            if end >= arrival and row.on_scene is not None and row.lat is not None:
                arrived, arrival = row, end
    return left, arrived


def _agency(record: Record, start: datetime, bounds: Bounds | None) -> Agency:
    told = record.layout.agency
    day = start.astimezone(record.zone)
    date = f"{day.day} {day:%b %Y}"
    notice = f"Real past shift: {told.name} calls, {date}. {told.notice}".strip()
    return Agency(
        name=told.name,
        timezone=record.zone.key,
        notice=notice,
        shift=f"Watch of {date}",
        shift_from=start,
        bounds=bounds,
    )


def _bounds(rows: Sequence[UnitRow]) -> Bounds | None:
    """A little more than where the calls were."""
    places = [(row.lat, row.lon) for row in rows if row.lat is not None and row.lon is not None]
    if not places:
        return None
    latitudes, longitudes = [lat for lat, _ in places], [lon for _, lon in places]
    margin = _MARGIN_DEGREES
    south, west = round(min(latitudes) - margin, 4), round(min(longitudes) - margin, 4)
    return south, west, round(max(latitudes) + margin, 4), round(max(longitudes) + margin, 4)
