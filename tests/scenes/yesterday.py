"""A morning of the demo city, recorded by the real recorder, and what was live meanwhile."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from console.commands.connect import definitions
from console.domain.contract import Row
from console.domain.events import (
    AgencyDescribed,
    CallsChanged,
    DefinitionsLoaded,
    FacilitiesChanged,
    FeedReported,
    FollowUpsChanged,
    PositionsChanged,
    Recorded,
    UnitsChanged,
)
from console.domain.feed import Feed
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.settings import AgencySettings
from console.simulator.life import scenarios
from console.simulator.life.generate import generate
from console.simulator.shift import Shift
from tests.archive.recording.beside import Console

POLL = timedelta(seconds=15)
SOURCE = "cad"
LASTS = timedelta(minutes=70)

BEGINS = datetime(2026, 11, 17, 14, tzinfo=UTC)
"""07:00 in the city."""

NEXT_DAY = BEGINS + timedelta(hours=20)
"""When the trainer sits down."""

_CHANGED: dict[FeedName, Any] = {
    FeedName.CALLS: CallsChanged,
    FeedName.UNITS: UnitsChanged,
    FeedName.POSITIONS: PositionsChanged,
    FeedName.FACILITIES: FacilitiesChanged,
    FeedName.FOLLOW_UPS: FollowUpsChanged,
}


class Morning:
    """The city as polls find it."""

    def __init__(self) -> None:
        self._shift: Shift = generate(scenarios.SCENARIOS["weekday"], 1)
        self._known: dict[FeedName, Mapping[str, Row]] = {}

    def beginning(self) -> Iterator[Recorded]:
        """Who it is, and by which definitions."""
        yield DefinitionsLoaded(BEGINS, definitions(AgencySettings(), Path()))
        yield AgencyDescribed(BEGINS, SOURCE, self._shift.agency)

    def polled(self, now: datetime) -> Iterator[Recorded]:
        """What is new in each feed, and that it answered."""
        for name, changed in _CHANGED.items():
            before, rows = self._known.get(name), self._rows(name, now)
            self._known[name] = rows
            fresh = tuple(row for key, row in rows.items() if before is None or before.get(key) != row)
            gone = tuple(key for key in before or () if key not in rows)
            if fresh or gone or before is None:
                yield changed(now, f"{SOURCE}/{name}", fresh, gone, before is None)
            yield FeedReported(
                now, Feed(SOURCE, name, POLL, Health.OK, BEGINS, answered_at=now, as_of=now, skew_s=0.0)
            )

    def _rows(self, name: FeedName, now: datetime) -> Mapping[str, Row]:
        if name not in self._shift.moving:
            return self._shift.timeline.board(name, now)
        after = (now - self._shift.start) // timedelta(milliseconds=1)
        places = {one.key: (one, one.changed(after)) for one in self._shift.moving[name]}
        return {key: one.row(moved) for key, (one, moved) in places.items() if moved is not None}


def record(archive: str, *moments: datetime) -> tuple[State, ...]:
    """Have the morning recorded; the live board as it was at each of ``moments``, and at the end."""
    console, morning, found = Console(archive, began=BEGINS), Morning(), list[State]()
    _happen(console, morning.beginning())
    now = BEGINS
    while now <= BEGINS + LASTS:
        console.clock.set(now)
        _happen(console, morning.polled(now))
        console.work(POLL.total_seconds())
        found += [console.board] if now in moments else []
        now += POLL
    console.keeper.close()
    return *found, console.board


def _happen(console: Console, events: Iterator[Recorded]) -> None:
    for event in events:
        console.sequence.append(lambda _at, event=event: event)  # type: ignore[misc]  # bound at once
    console.show()
