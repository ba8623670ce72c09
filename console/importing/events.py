"""A past watch as the events that a console would have recorded, had it been there.

A file is not polled: what it says is complete at each moment of the watch. So each feed reports once, at the start,
that it answers and is asked every 0 seconds, and has no age from there on.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter, itemgetter
from typing import Generic, TypeVar

from console.archive.codec.blocks import encoded
from console.archive.recording.past import Line, PastShift
from console.domain.definitions import Definitions
from console.domain.entities import Call, Position, Unit
from console.domain.events import (
    AgencyDescribed,
    CallsChanged,
    DefinitionsLoaded,
    FeedReported,
    PositionsChanged,
    Recorded,
    RowsChanged,
    UnitsChanged,
)
from console.domain.feed import Feed
from console.domain.track import Mark, MarkKind
from console.domain.vocabulary import CallState, FeedName, Health
from console.simulator.past.watches import Watch

_NEVER = timedelta(0)
"""How often a file is polled."""

T = TypeVar("T", Call, Unit, Position)
Versions = Sequence[tuple[datetime, T]]
Changed = Callable[[datetime, str, tuple[T, ...], tuple[str, ...], bool], RowsChanged]

_FEEDS = (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS)
_moment = itemgetter(0)


def past_shift(watch: Watch, short: str, pack: Definitions, until: datetime) -> PastShift:
    """``watch`` up to ``until``: who and what, the board at its start, that its feeds answer, then each change.

    At one moment calls come before units, and units before fixes.
    """
    start = watch.start
    calls = _Told[Call](CallsChanged, f"{short}/{FeedName.CALLS}", start, until)
    units = _Told[Unit](UnitsChanged, f"{short}/{FeedName.UNITS}", start, until)
    places = _Told[Position](PositionsChanged, f"{short}/{FeedName.POSITIONS}", start, until, counted=0)
    marks = [mark for versions in watch.calls() for mark in _marks(calls.add(versions), start)]
    for of_unit in watch.units():
        units.add(of_unit)
    for of_place in watch.fixes():
        places.add(of_place)
    later = [*calls.later, *units.later, *places.later]
    later.sort(key=_moment)
    who: list[Recorded] = [DefinitionsLoaded(start, pack), AgencyDescribed(start, short, watch.agency)]
    board = [calls.board(), units.board(), places.board(), *_reports(short, start)]
    return PastShift(
        short=short,
        agency=watch.agency,
        since=start,
        until=until,
        events=[*((start, encoded(event), 0) for event in who), *board, *later],
        marks=sorted(marks, key=attrgetter("at")),
        calls=calls.count,
        units=units.count,
    )


class _Told(Generic[T]):
    """What one feed tells. Each row is encoded as it is made, while it is near: that takes half the time (measured)."""

    def __init__(
        self, changed: Changed[T], key: str, start: datetime, until: datetime, counted: int = 1
    ) -> None:
        self._changed: Changed[T] = changed
        self._key, self._counted = key, counted
        self._start, self._until = start, until
        self._before: list[tuple[datetime, T]] = []
        self.later: list[Line] = []
        self.count = 0

    def add(self, versions: Versions[T]) -> Versions[T]:
        """Take in all versions of one row; those that are told on their own, and the last one before them."""
        if not versions:
            return versions
        first, before, end = versions[0][0], 0, len(versions)
        if first <= self._start:
            before = bisect_right(versions, self._start, key=_moment)
            self._before.append((first, versions[before - 1][1]))
        if versions[-1][0] >= self._until:
            end = bisect_left(versions, self._until, key=_moment)
        changed, key, counted = self._changed, self._key, self._counted
        self.later += [
            (at, encoded(changed(at, key, (row,), (), False)), counted)
            for at, row in (versions if end - before == len(versions) else versions[before:end])
        ]
        self.count += end > 0
        return versions[max(0, before - 1) : end]

    def board(self) -> Line:
        """The rows as they stood at the start, the one that was there first first."""
        rows = tuple(row for _, row in sorted(self._before, key=_moment))
        event = self._changed(self._start, self._key, rows, (), True)
        return self._start, encoded(event), self._counted * len(rows)


def _marks(told: Versions[Call], start: datetime) -> list[Mark]:
    """When the call was first seen, and when it was over; a call that was over at the start is not marked."""
    if not told:
        return []
    (since, first), (until, last) = told[0], told[-1]
    marks = []
    if since > start or first.state is not CallState.CLOSED:
        marks.append(Mark(max(start, since), MarkKind.CALL, first.id, first.number))
    if last.state is CallState.CLOSED and until > start:
        marks.append(Mark(until, MarkKind.CLOSED, last.id, last.number))
    return marks


def _reports(source: str, at: datetime) -> list[Line]:
    """That each feed answered at ``at``."""
    return [
        (
            at,
            encoded(FeedReported(at, Feed(source, name, _NEVER, Health.OK, at, answered_at=at, as_of=at))),
            0,
        )
        for name in _FEEDS
    ]
