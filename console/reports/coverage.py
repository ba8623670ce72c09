"""How much of a board a source fills, and what is missing or wrong: what ``check`` tells an IT person."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, fields

from console.domain.contract import ROW_TYPES, Row
from console.domain.entities import STAMP_NAMES, Call, Stamps
from console.domain.feed import MAX_EXAMPLES, Feed
from console.domain.state import State
from console.domain.vocabulary import CallState, FeedName, Health, Program, UnitState
from console.reports.emptiness import nothing
from console.reports.gap import Gap
from console.reports.mapped import Expected
from console.reports.states import Strange, stated, strange_states, told

SKEW_S = 30.0
"""Seconds between two clocks from which ages cannot be trusted without a correction."""

WANTED: Mapping[FeedName, Mapping[str, str]] = {
    FeedName.CALLS: {
        "number": "the number people say on the radio",
        "nature": "the code that the definition pack is keyed by",
        "priority": "limits and order go by it",
        "state": "without it no call waits and none is worked",
        "received": "one of answered_at, created_at, queued_at: ages and limits count from it",
        "place": "lat and lon: without them the call is not on the map",
        "assignments": "which unit is on which call",
    },
    FeedName.UNITS: {
        "callsign": "the name people say on the radio",
        "program": "the kind of team: map.program, or `programs` of the source",
        "state": "without it no team is free",
        "since": "time in state",
    },
    FeedName.POSITIONS: {},
    FeedName.FACILITIES: {"name": "how the place is called", "updated_at": "the age of its figures"},
    FeedName.FOLLOW_UPS: {"due_at": "when it is due", "case_manager": "whose it is"},
}
"""The fields that the board cannot do without, by feed, and why."""


ALWAYS = frozenset({"received", "callsign", "due_at"})
"""Those of them that every row has in truth; the others may rightly be empty in a part of the rows."""


class Covered(Struct, frozen=True):
    """In how many of ``rows`` rows a field holds something."""

    feed: FeedName
    field: str
    filled: int
    rows: int


def coverage(state: State) -> tuple[Covered, ...]:
    """Every field of every feed that has rows, in the order of the entities."""
    found = []
    for feed, rows in _rows(state).items():
        for name, has in _fields(feed).items() if rows else ():
            found.append(Covered(feed, name, sum(map(has, rows)), len(rows)))
    return tuple(found)


def gaps(state: State, mapped: Expected | None = None) -> tuple[Gap, ...]:
    """What keeps the board from being whole, the feeds first; ``mapped`` is what the source's mapping says."""
    strange = strange_states(state, mapped)
    return (
        *_unanswered(state.feeds.values()),
        *nothing(state, mapped),
        *_unfilled(state, mapped or Expected()),
        *strange.values(),
        *_strange_natures(state),
        *_out_of_order(state.calls.values()),
        *_problems(state, strange),
    )


def _rows(state: State) -> dict[FeedName, list[Row]]:
    return {
        FeedName.CALLS: list(state.calls.values()),
        FeedName.UNITS: list(state.units.values()),
        FeedName.POSITIONS: list(state.positions.values()),
        FeedName.FACILITIES: list(state.facilities.values()),
        FeedName.FOLLOW_UPS: list(state.follow_ups.values()),
    }


def _fields(feed: FeedName) -> dict[str, Callable[[Any], bool]]:
    """A test for each field of the rows of ``feed``; the stamps of a call one by one."""
    tests: dict[str, Callable[[Any], bool]] = {}
    for field in fields(ROW_TYPES[feed]):
        if field.type is Stamps:
            tests |= {name: _stamped(name) for name in STAMP_NAMES}
        else:
            tests[field.name] = _filled(field.name, _EMPTY)
    if feed is FeedName.CALLS:
        tests["received"] = lambda call: call.received_at is not None
    if "lat" in tests:
        tests["place"] = lambda row: row.lat is not None
    return tests


_EMPTY = (None, "", (), CallState.UNKNOWN, UnitState.UNKNOWN, Program.OTHER)


def _filled(name: str, empty: tuple[object, ...]) -> Callable[[Any], bool]:
    return lambda row: getattr(row, name) not in empty and str(getattr(row, name)) != "unknown"


def _stamped(name: str) -> Callable[[Any], bool]:
    return lambda call: getattr(call.stamps, name) is not None


def _unanswered(feeds: Iterable[Feed]) -> Iterator[Gap]:
    for feed in feeds:
        if feed.reported is not Health.OK:
            yield Gap(feed.key, f"{feed.reported}: {feed.detail}", feed.tip)
        if feed.skew_s is not None and abs(feed.skew_s) > SKEW_S:
            told = f"its clock is {feed.skew_s:+.0f} s off this machine's"
            yield Gap(feed.key, told, "Have both clocks set; until then ages are corrected.")


def _unfilled(state: State, mapped: Expected) -> Iterator[Gap]:
    on_purpose = Counter(
        feed
        for feed, rows in stated(state).items()
        for row in rows
        if str(row.state) == "unknown" and mapped.meant(feed, row.raw_state)
    )
    for one in coverage(state):
        why = WANTED[one.feed].get(one.field)
        missing = one.rows - one.filled
        if one.field == "state" and missing <= on_purpose[one.feed]:
            continue
        if why and (not one.filled or (one.field in ALWAYS and missing)):
            share = "none" if not one.filled else f"{one.filled} of {one.rows}"
            yield Gap(one.feed, f"{one.field}: {share} filled", f"Map it: {why}.", missing)


def _strange_natures(state: State) -> Iterator[Gap]:
    natures = Counter(call.nature for call in state.calls.values() if call.nature)
    strange = [code for code, _ in natures.most_common() if state.definitions.nature(code) is None]
    if strange:
        what = f"{len(strange)} of {len(natures)} natures are not in the pack {state.definitions.name}"
        count = sum(natures[code] for code in strange)
        yield Gap(FeedName.CALLS, what, "Add them to its [natures].", count, tuple(strange[:MAX_EXAMPLES]))


def _out_of_order(calls: Iterable[Call]) -> Iterator[Gap]:
    """Pairs of stamps that are the wrong way round, with the calls."""
    wrong: dict[tuple[str, str], list[str]] = {}
    for call in calls:
        there: list[tuple[str, datetime]] = [
            (name, moment) for name, moment in asdict(call.stamps).items() if moment is not None
        ]
        for (first, before), (second, after) in pairwise(there):
            if before - after > timedelta(0):
                wrong.setdefault((first, second), []).append(call.number or call.id)
    for (first, second), ids in wrong.items():
        todo = "Check that each is mapped from the right field, and its time zone."
        yield Gap(FeedName.CALLS, f"{second} before {first}", todo, len(ids), tuple(ids[:MAX_EXAMPLES]))


def _problems(state: State, strange: Strange) -> Iterator[Gap]:
    """The problems that were counted, without those that ``strange`` has told already."""
    for problem in state.problems.values():
        if not told(problem, strange):
            yield Gap(
                problem.feed,
                f"{problem.kind.replace('_', ' ')}: {problem.what}",
                "See the rows named here in the source's own answer.",
                problem.count,
                problem.examples,
            )
