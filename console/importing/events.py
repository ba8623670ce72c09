"""A past watch as the events that a console would have recorded, had it been there.

A file is not polled: what it says is complete at each moment of the watch. So each feed reports once, at the start,
that it answers and is asked every 0 seconds, and has no age from there on.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

from msgspec import Struct

from console.archive.codec.courses import CallAt, Fix, UnitAt, Whole, encoded
from console.archive.recording.past import Line, PastShift
from console.domain.definitions import Definitions
from console.domain.earlier import earlier
from console.domain.entities import Call, Position, Unit
from console.domain.events import (
    AgencyDescribed,
    CallsChanged,
    DefinitionsLoaded,
    FeedReported,
    PositionsChanged,
    Recorded,
    UnitsChanged,
)
from console.domain.feed import Feed
from console.domain.track import Mark, MarkKind
from console.domain.vocabulary import CallState, FeedName, Health
from console.simulator.past.calls import Reached
from console.simulator.past.units import unit_at
from console.simulator.past.watches import Watch

_NEVER = timedelta(0)
"""How often a file is polled."""

T = TypeVar("T", Call, Unit, Position)

_FEEDS = (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS)
_moment = itemgetter(0)


class _Told(Struct, Generic[T]):
    """What one feed tells: the rows that were there at the start, since when, and each change after that.

    ``count`` says of how many rows that is.
    """

    before: list[tuple[datetime, T]] = []
    later: list[Line] = []
    count: int = 0

    def board(self) -> tuple[T, ...]:
        """The rows as they stood at the start, the one that was there first first."""
        return tuple(row for _, row in sorted(self.before, key=_moment))


class _Span(Struct, frozen=True):
    start: datetime
    until: datetime

    def bounds(self, versions: Sequence[tuple[Any, ...]]) -> tuple[int, int]:
        """How many of ``versions`` are of up to the start, and how many of before the end."""
        before, end = 0, len(versions)
        if versions and versions[0][0] <= self.start:
            before = bisect_right(versions, self.start, key=_moment)
        if versions and versions[-1][0] >= self.until:
            end = bisect_left(versions, self.until, key=_moment)
        return before, end


def past_shift(watch: Watch, short: str, pack: Definitions, until: datetime) -> PastShift:
    """``watch`` up to ``until``: who and what, the board at its start, that its feeds answer, then each change.

    At one moment calls come before units, and units before fixes.
    """
    start, span = watch.start, _Span(watch.start, until)
    (calls, marks), units, places = _calls(watch, span), _units(watch, span), _places(watch, span)
    later = [*calls.later, *units.later, *places.later]
    later.sort(key=_moment)
    of_calls, of_units, of_places = (f"{short}/{name}" for name in _FEEDS)
    first: list[tuple[Recorded, int]] = [
        (DefinitionsLoaded(start, pack), 0),
        (AgencyDescribed(start, short, watch.agency), 0),
        (CallsChanged(start, of_calls, calls.board(), full=True), len(calls.before)),
        (UnitsChanged(start, of_units, units.board(), full=True), len(units.before)),
        (PositionsChanged(start, of_places, places.board(), full=True), 0),
        *((report, 0) for report in _reports(short, start)),
    ]
    return PastShift(
        short=short,
        agency=watch.agency,
        since=start,
        until=until,
        events=[*((start, encoded(Whole(event)), rows, b"") for event, rows in first), *later],
        marks=sorted(marks, key=attrgetter("at")),
        calls=calls.count,
        units=units.count,
    )


def _calls(watch: Watch, span: _Span) -> tuple[_Told[Call], list[Mark]]:
    told, marks = _Told[Call](), list[Mark]()
    for call, course in watch.call_courses():
        before, end = span.bounds(course)
        if before:
            told.before.append((course[0][0], earlier(call, *course[before - 1])))
        key, body = call.id, encoded(call)
        told.later += [
            (at, encoded(CallAt(at, key, state, raw_state)), 1, body)
            for at, state, raw_state in course[before:end]
        ]
        told.count += end > 0
        marks += _marks(call, course[max(0, before - 1) : end], span.start)
    return told, marks


def _units(watch: Watch, span: _Span) -> _Told[Unit]:
    told = _Told[Unit]()
    for course in watch.unit_courses():
        before, end = span.bounds(course)
        if before:
            told.before.append((course[0][0], unit_at(*course[before - 1])))
        told.later += [
            (
                at,
                encoded(UnitAt(at, unit.id, unit.callsign, unit.program, unit.kind, state, raw, since, call)),
                1,
                b"",
            )
            for at, unit, state, raw, since, call in course[before:end]
        ]
        told.count += end > 0
    return told


def _places(watch: Watch, span: _Span) -> _Told[Position]:
    told = _Told[Position]()
    for fixes in watch.fixes():
        before, end = span.bounds(fixes)
        if before:
            told.before.append((fixes[0][0], fixes[before - 1][1]))
        told.later += [(at, encoded(Fix(place)), 0, b"") for at, place in fixes[before:end]]
    return told


def _marks(call: Call, told: Sequence[Reached], start: datetime) -> list[Mark]:
    """When the call was first seen, and when it was over; a call that was over at the start is not marked."""
    if not told:
        return []
    (since, first, _), (until, last, _) = told[0], told[-1]
    marks = []
    if since > start or first is not CallState.CLOSED:
        marks.append(Mark(max(start, since), MarkKind.CALL, call.id, call.number))
    if last is CallState.CLOSED and until > start:
        marks.append(Mark(until, MarkKind.CLOSED, call.id, call.number))
    return marks


def _reports(source: str, at: datetime) -> list[FeedReported]:
    """That each feed answered at ``at``."""
    return [
        FeedReported(at, Feed(source, name, _NEVER, Health.OK, at, answered_at=at, as_of=at))
        for name in _FEEDS
    ]
