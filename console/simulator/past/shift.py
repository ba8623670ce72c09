"""One watch of a past record as a shift: its calls, its units, and who is shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from console.domain.entities import Agency
from console.simulator.past.calls import call_changes, closes
from console.simulator.past.rows import Record, UnitRow
from console.simulator.past.units import position_changes, unit_changes
from console.simulator.shift import Shift
from console.simulator.timeline import Change, Timeline

AGENCY = "San Francisco Fire Department"
WATCH_BEGINS = time(8)
"""The publisher: a watch starts at 08:00 and ends at 08:00 of the next day."""

_DAY = timedelta(days=1)
_MARGIN_DEGREES = 0.01


def watch_of(at: datetime, record: Record) -> tuple[datetime, datetime]:
    """The watch that ``at`` falls in, as two moments in UTC."""
    local = at.astimezone(record.zone)
    day = local.date() if local.time() >= WATCH_BEGINS else local.date() - _DAY
    first, last = (datetime.combine(d, WATCH_BEGINS, record.zone) for d in (day, day + _DAY))
    return first.astimezone(UTC), last.astimezone(UTC)


def span(record: Record) -> tuple[datetime, datetime]:
    """From the first call received to the last unit available again."""
    ends = [row.available or row.received for row in record.rows]
    return min(row.received for row in record.rows), max(ends)


def busiest(record: Record) -> datetime:
    """The first moment at which the most calls were open."""
    steps: list[tuple[datetime, int]] = []
    for rows in _by(record.rows, "call"):
        end = closes(rows)
        steps.append((min(row.received for row in rows), 1))
        steps += [] if end is None else [(end, -1)]
    return max(_levels(sorted(steps)), key=lambda level: level[1])[0]


def past_shift(record: Record, at: datetime) -> Shift:
    """The watch that ``at`` falls in, with the calls still open at its start, and units as earlier rows left them."""
    start, end = watch_of(at, record)
    rows = [row for row in record.rows if row.received < end]
    changes = [change for call in _by(rows, "call") if _touches(call, start) for change in call_changes(call)]
    for unit in (_recent(unit, start) for unit in _by(rows, "unit")):
        changes += _from(start, unit_changes(unit))
        changes += _from(start, position_changes(unit))
    return Shift(
        agency=_agency(record, start),
        start=start,
        until=max([end, *(change.at for change in changes)]),
        showcase=at,
        timeline=Timeline(changes),
    )


def _touches(call: Sequence[UnitRow], start: datetime) -> bool:
    end = closes(call)
    return end is None or end >= start


def _recent(unit: Sequence[UnitRow], start: datetime) -> list[UnitRow]:
    """The rows of ``unit`` that matter from ``start`` on, and the earlier ones that say what it did and where last."""
    earlier = [row for row in unit if row.available is not None and row.available < start]
    earlier.sort(key=lambda row: row.available or row.received)
    arrived = [row for row in earlier if row.on_scene is not None and row.lat is not None]
    return [
        *{*earlier[-1:], *arrived[-1:]},
        *(row for row in unit if row.available is None or row.available >= start),
    ]


def _from(start: datetime, changes: Iterable[Change]) -> Iterator[Change]:
    """The last change before ``start``, and all from then on."""
    before: Change | None = None
    for change in changes:
        if change.at >= start:
            if before is not None:
                yield before
                before = None
            yield change
        else:
            before = change
    if before is not None:
        yield before


def _by(rows: Iterable[UnitRow], name: str) -> list[list[UnitRow]]:
    groups: dict[str, list[UnitRow]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, name)].append(row)
    return list(groups.values())


def _levels(steps: Iterable[tuple[datetime, int]]) -> Iterator[tuple[datetime, int]]:
    level = 0
    for moment, step in steps:
        level += step
        yield moment, level


def _agency(record: Record, start: datetime) -> Agency:
    day = start.astimezone(record.zone)
    date = f"{day.day} {day:%b %Y}"
    places = [(row.lat, row.lon) for row in record.rows if row.lat is not None and row.lon is not None]
    return Agency(
        name=AGENCY,
        timezone=record.zone.key,
        notice=f"Real past shift: {AGENCY} calls, {date}. Fire and EMS data, not a crisis program.",
        shift=f"Watch of {date}",
        shift_from=start,
        bounds=_bounds(places) if places else None,
    )


def _bounds(places: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    latitudes, longitudes = [lat for lat, _ in places], [lon for _, lon in places]
    margin = _MARGIN_DEGREES
    south, west = round(min(latitudes) - margin, 4), round(min(longitudes) - margin, 4)
    return south, west, round(max(latitudes) + margin, 4), round(max(longitudes) + margin, 4)
