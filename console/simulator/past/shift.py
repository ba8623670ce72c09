"""One watch of a past record as a shift that can be served, and the moments of a record that stand out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from console.domain.vocabulary import FeedName
from console.simulator.past.calls import closes
from console.simulator.past.rows import Record
from console.simulator.past.unitrow import UnitRow
from console.simulator.past.watches import Watch, watch_at
from console.simulator.shift import Shift
from console.simulator.timeline import Change, Timeline


def span(record: Record) -> tuple[datetime, datetime]:
    """From the first call received to the last unit available again."""
    ends = [row.available or row.received for row in record.rows]
    return min(row.received for row in record.rows), max(ends)


def busiest(record: Record) -> datetime:
    """The first moment at which the most calls were open."""
    calls: dict[str, list[UnitRow]] = defaultdict(list)
    for row in record.rows:
        calls[row.call].append(row)
    steps: list[tuple[datetime, int]] = []
    for rows in calls.values():
        end = closes(rows)
        steps.append((min(row.received for row in rows), 1))
        steps += [] if end is None else [(end, -1)]
    return max(_levels(sorted(steps)), key=lambda level: level[1])[0]


def _levels(steps: Iterable[tuple[datetime, int]]) -> Iterator[tuple[datetime, int]]:
    level = 0
    for moment, step in steps:
        level += step
        yield moment, level


def past_shift(record: Record, at: datetime) -> Shift:
    """The watch that ``at`` falls in, with the calls still open at its start, and units as earlier rows left them."""
    watch = watch_at(record, at)
    return Shift(
        agency=watch.agency,
        start=watch.start,
        until=watch.last,
        showcase=at,
        timeline=Timeline(_changes(watch)),
    )


def _changes(watch: Watch) -> Iterator[Change]:
    yield from (Change(at, FeedName.CALLS, row) for at, row in chain.from_iterable(watch.calls()))
    yield from (Change(at, FeedName.UNITS, row) for at, row in chain.from_iterable(watch.units()))
    yield from (Change(at, FeedName.POSITIONS, row) for at, row in chain.from_iterable(watch.fixes()))
