"""A whole shift of the demo city folded without a screen: what its alarms come to.

``python -m tests.scenes.alarm_run SCENARIO [HOURS]`` prints the figures that stand in the documentation.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from console.commands.connect import definitions
from console.domain.alarms.counts import Counts
from console.domain.contract import Row
from console.domain.events import (
    Acknowledged,
    AgencyDescribed,
    CallsChanged,
    CheckedIn,
    DefinitionsLoaded,
    FacilitiesChanged,
    FeedReported,
    FollowUpsChanged,
    PositionsChanged,
    Recorded,
    UnitsChanged,
)
from console.domain.feed import Feed
from console.domain.state import State, advance, start
from console.domain.vocabulary import FeedName, Health, Reached
from console.domain.watching.of_units import check_in_due
from console.settings import AgencySettings
from console.simulator.options import ServeOptions, open_shift
from console.simulator.shift import Shift

POLL = timedelta(seconds=5)
ANSWERS_AFTER = timedelta(seconds=45)
ASKS_BEFORE = timedelta(minutes=1)
ANY_DAY = datetime(2026, 11, 20, tzinfo=UTC)
WHO = "supervisor"

_EVENTS = {
    FeedName.CALLS: CallsChanged,
    FeedName.UNITS: UnitsChanged,
    FeedName.POSITIONS: PositionsChanged,
    FeedName.FACILITIES: FacilitiesChanged,
    FeedName.FOLLOW_UPS: FollowUpsChanged,
}


class Run(Struct, frozen=True):
    """What came of it: the alarm system's own counts, and the most alarms that stood at once."""

    counts: Counts
    most: int
    state: State


def run(scenario: str, hours: float, *, attended: bool) -> Run:
    """Live through ``hours`` of ``scenario``; ``attended``: somebody asks after teams in time and answers alarms."""
    shift = open_shift(ServeOptions(scenario=scenario, rebase=False), ANY_DAY).shift
    state = start(shift.start)
    pack = definitions(AgencySettings(), Path())
    first = (DefinitionsLoaded(shift.start, pack), AgencyDescribed(shift.start, "city", shift.agency))
    state, most = advance(state, first, shift.start), 0
    for at, events in _polls(shift, hours):
        state = advance(state, (*events, *(_acts(state, at) if attended else ())), at)
        most = max(most, len(state.alarms.standing))
    return Run(state.alarms.counts, most, state)


def _polls(shift: Shift, hours: float) -> Iterator[tuple[datetime, list[Recorded]]]:
    at, before = shift.start, None
    while at < shift.start + timedelta(hours=hours):
        events: list[Recorded] = []
        for name in FeedName:
            changed, gone = _changed(shift, name, before, at)
            if changed or gone or before is None:
                events.append(_EVENTS[name](at, f"city/{name}", changed, gone, before is None))
            events.append(FeedReported(at, Feed("city", name, POLL, Health.OK, shift.start, at, at)))
        yield at, events
        before, at = at, at + POLL


def _changed(
    shift: Shift, name: FeedName, before: datetime | None, at: datetime
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows of a feed that changed since ``before``, and the ids of those that left."""
    if name in shift.moving:
        now, then = (
            None if one is None else (one - shift.start) // timedelta(milliseconds=1) for one in (at, before)
        )
        assert now is not None
        moved = ((subject, subject.changed(now)) for subject in shift.moving[name])
        return tuple(s.row(ms) for s, ms in moved if ms is not None and (then is None or ms > then)), ()
    if before is None:
        return tuple(shift.timeline.board(name, at).values()), ()
    span = slice(shift.timeline.version(name, before), shift.timeline.version(name, at))
    last = {change.key: change.row for change in shift.timeline.changes(name)[span]}
    return (
        tuple(row for row in last.values() if row is not None),
        tuple(key for key, row in last.items() if row is None),
    )


def _acts(state: State, at: datetime) -> Iterator[Recorded]:
    """What a supervisor does: asks after each team before it is due, and answers what has called for a while."""
    for unit in state.units.values():
        due = check_in_due(state, unit)
        if due is not None and due[1] - ASKS_BEFORE <= at:
            yield CheckedIn(at, unit.id, Reached.RADIO, WHO)
    calling = [
        alarm.id
        for alarm in state.alarms.standing.values()
        if alarm.calling and alarm.raised_at + ANSWERS_AFTER <= at
    ]
    if calling:
        yield Acknowledged(at, tuple(calling), WHO)


def said(counts: Counts) -> list[int]:
    """The alarms that were said aloud, in each ten minutes."""
    return [sum(slot.said) for slot in counts.slots]


def told(scenario: str, hours: float) -> Iterator[str]:
    """The figures of a run, nobody at the desk and then somebody, line by line."""
    for attended in (False, True):
        found = run(scenario, hours, attended=attended)
        counts, heard = found.counts, said(found.counts)
        raised = [sum(slot.raised) for slot in counts.slots]
        split = [sum(slot.raised[place] for slot in counts.slots) for place in range(3)]
        rules = sorted(counts.rules.items(), key=lambda pair: -pair[1])
        yield f"{scenario}, {hours:g} h, {'somebody' if attended else 'nobody'} at the desk"
        yield f"  raised {sum(raised)}, said {sum(heard)}, most that stood at once {found.most}"
        yield f"  in ten minutes: raised at most {max(raised)}, said at most {max(heard)}"
        yield f"  priority 1/2/3: {split}, {[f'{part / sum(split):.0%}' for part in split]}"
        yield f"  in flood {counts.flooded_s} s of {hours * 3_600:.0f}; chattered {len(counts.chattering)}"
        yield f"  by rule: {dict(rules)}"


if __name__ == "__main__":
    for line in told(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 12.0):
        sys.stdout.write(f"{line}\n")
