"""Logs in which alarms come and go, and people do something about them: a pack whose limits are seconds."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.alarms.flood import FloodLimits
from console.domain.definitions import AlarmSystem, CheckIn, Limit, Rule, Safety
from console.domain.entities import Call, Position, Unit
from console.domain.events import (
    Acknowledged,
    Acted,
    AgencyDescribed,
    CallsChanged,
    CarriedOver,
    CheckedIn,
    DefinitionsLoaded,
    FeedReported,
    Muted,
    Noted,
    PositionsChanged,
    PutBack,
    Recorded,
    Shelved,
    TakenOut,
    UnitsChanged,
    Unmuted,
    Unshelved,
)
from console.domain.vocabulary import CallState, FeedName, Health, Program, Reached, UnitState
from console.domain.watching.catalog import CATALOG, CHECK_IN, EMERGENCY, PENDING_LONG, SILENT
from tests.domain.builders import AGENCY, NOON, PACK, feed, moments

SECOND, NEVER = timedelta(seconds=1), timedelta(0)
FEEDS = (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS)
ASKED = {FeedName.CALLS: NEVER, FeedName.UNITS: NEVER, FeedName.POSITIONS: timedelta(days=2)}
KEYS = ("k0", "k1", "k2", "k3")
NAMED = (PENDING_LONG, CHECK_IN, EMERGENCY, SILENT)

PRIORITIES = {CHECK_IN: 1, EMERGENCY: 1, SILENT: 2}


def record(rule: str, *, on_delay_s: float = 0.0, off_delay_s: float = 0.0) -> Rule:
    """The rationalization record of ``rule``."""
    shelve = 0.0 if rule == EMERGENCY else 480.0
    return Rule("why", "what then", "do it", 5, PRIORITIES.get(rule, 3), on_delay_s, off_delay_s, shelve)  # type: ignore[arg-type]  # of the table above


RULED = replace(
    PACK,
    waiting={str(priority): Limit(amber=0.2, red=0.7, at_amber=2, at_red=1) for priority in (1, 2, 3)},
    safety=Safety({"default": CheckIn(every=0.5, warn=0.1, again=0.2)}, silent_min=0.5, status_old_min=1),
    alarms=AlarmSystem(
        flood=FloodLimits(over=3, window_min=1, ends_below=2),
        repeat_s=5,
        escalate_s=10,
        returned_min={"2": 0.5, "3": 0.2},
    ),
    rules={
        rule: record(rule, on_delay_s=3.0 if rule == SILENT else 0.0, off_delay_s=2.0) for rule in CATALOG
    },
)
"""Every rule has a record; calls may wait 12 s, teams on scene are asked after each 30 s."""

BEGINNING: tuple[Recorded, ...] = (
    DefinitionsLoaded(NOON, RULED),
    AgencyDescribed(NOON, "cad", AGENCY),
    *(FeedReported(NOON, feed(name=name, every=ASKED[name])) for name in FEEDS),
)

names = st.builds("{}:{}".format, st.sampled_from(NAMED), st.sampled_from(KEYS))


def waiting(key: str, moment: datetime, state: CallState = CallState.PENDING) -> CallsChanged:
    """A call waits since ``moment``, or is in another state."""
    stamps = replace(Call(key).stamps, answered_at=moment, queued_at=moment)
    row = Call(key, number=f"N-{key}", nature="WELCHK", priority=2, state=state, stamps=stamps, eligible=True)
    return CallsChanged(moment, "cad/calls", (row,))


def on_scene(key: str, moment: datetime, *, emergency: bool = False) -> UnitsChanged:
    """A team is on scene since ``moment``."""
    row = Unit(
        key,
        callsign=f"STAR {key}",
        program=Program.CLINICIAN_EMS,
        state=UnitState.ON_SCENE,
        since=moment,
        updated_at=moment,
        emergency=emergency,
    )
    return UnitsChanged(moment, "cad/units", (row,))


def acts(moment: datetime) -> st.SearchStrategy[Acted]:
    """Something that somebody does about alarms."""
    ids = st.lists(names, min_size=1, max_size=3).map(tuple)
    key = st.sampled_from(KEYS)
    rule_or_id = st.sampled_from(NAMED) | names
    until = st.integers(1, 90).map(lambda seconds: moment + seconds * SECOND)
    return st.one_of(
        ids.map(lambda found: Acknowledged(moment, found, "me")),
        st.builds(CheckedIn, st.just(moment), key, st.sampled_from(Reached), st.just("me")),
        st.builds(Shelved, st.just(moment), names, until, st.just("known"), st.just("me")),
        names.map(lambda name: Unshelved(moment, name, "me")),
        rule_or_id.map(lambda what: TakenOut(moment, what, "broken", "me")),
        rule_or_id.map(lambda what: PutBack(moment, what, "me")),
        until.map(lambda found: Muted(moment, found, "me")),
        st.just(Unmuted(moment, "me")),
        st.just(Noted(moment, "why", "me")),
    )


def _event(moment: datetime) -> st.SearchStrategy[Recorded]:
    key = st.sampled_from(KEYS)
    states = st.sampled_from([CallState.PENDING, CallState.ON_SCENE, CallState.CLOSED])
    health = st.sampled_from([Health.OK, Health.DOWN])
    return st.one_of(
        st.builds(waiting, key, st.just(moment), states),
        st.builds(waiting, key, st.just(moment)),
        st.builds(on_scene, key, st.just(moment), emergency=st.booleans()),
        key.map(lambda one: UnitsChanged(moment, "cad/units", (Unit(one, state=UnitState.AVAILABLE),))),
        key.map(
            lambda one: PositionsChanged(moment, "cad/positions", (Position(one, 39.7, -104.9, moment),))
        ),
        health.map(lambda one: FeedReported(moment, feed(answered_at=moment, reported=one, since=moment))),
        st.just(CarriedOver(moment)),
        acts(moment),
    )


@st.composite
def alarm_logs(draw: st.DrawFn) -> list[Recorded]:
    """A log in which something is going on from the first second on."""
    stamps = sorted(draw(st.lists(moments, min_size=3, max_size=14)))
    return [*BEGINNING, *(draw(_event(moment)) for moment in stamps)]


alarm_acts = moments.flatmap(acts)
