"""A city by the shipped pack in which all is well, and what can happen there at a moment."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from console.domain.alarms.alarm import Alarm
from console.domain.definitions import Limit
from console.domain.entities import Call, Position, Unit
from console.domain.events import (
    AgencyDescribed,
    CallsChanged,
    CarriedOver,
    DefinitionsLoaded,
    FeedReported,
    PositionsChanged,
    Recorded,
    UnitsChanged,
)
from console.domain.feed import Feed
from console.domain.packs import parse
from console.domain.state import State, advance, start
from console.domain.vocabulary import CallState, FeedName, Program, UnitState
from console.resources import path
from tests.domain.builders import AGENCY, NOON
from tests.domain.builders import feed as a_feed

PACK = parse((path("definitions") / "denver-style.toml").read_bytes())

BEGAN = NOON - timedelta(minutes=30)
SECOND, NEVER = timedelta(seconds=1), timedelta(0)
FEEDS = (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS)

ASKED = {FeedName.CALLS: NEVER, FeedName.UNITS: NEVER, FeedName.POSITIONS: timedelta(days=2)}
"""A source of positions that is never asked again is a file: it makes nobody silent."""

Events = tuple[Recorded, ...]


def told(name: FeedName = FeedName.CALLS, at: datetime = BEGAN, **changes: object) -> Feed:
    """A feed of which nothing new is awaited, so that it never grows old, unless ``changes`` say otherwise."""
    values: dict[str, object] = {"name": name, "every": NEVER, "answered_at": at, "since": at}
    return a_feed(**{**values, **changes})


BEGINNING: Events = (
    DefinitionsLoaded(BEGAN, PACK),
    AgencyDescribed(BEGAN, "cad", AGENCY),
    *(FeedReported(BEGAN, told(name, every=ASKED[name])) for name in FEEDS),
    CarriedOver(BEGAN),
    UnitsChanged(BEGAN, "cad/units", (Unit("t0", program=Program.OUTREACH, state=UnitState.AVAILABLE),)),
)
"""A city with a team that has nothing to do, and with sources that are well."""


def call(state: CallState, **changes: object) -> Call:
    """An urgent eligible call of this program, with all that could be said of it up to noon."""
    values: dict[str, object] = {
        "number": "N-1",
        "nature": "WELCHK",
        "priority": 1,
        "state": state,
        "program": Program.CLINICIAN_EMS,
        "eligible": True,
        "area": "D2",
    }
    return Call("k1", **{**values, **changes})  # type: ignore[arg-type]  # a test's keyword arguments


def unit(state: UnitState, **changes: object) -> Unit:
    """A team, since noon in its state."""
    values: dict[str, object] = {"callsign": "STAR 1", "program": Program.CLINICIAN_EMS, "since": NOON}
    return Unit("u1", state=state, **{**values, **changes})  # type: ignore[arg-type]  # a test's keyword arguments


def calls(at: datetime, *rows: Call, full: bool = False) -> CallsChanged:
    return CallsChanged(at, "cad/calls", rows, full=full)


def units(at: datetime, *rows: Unit) -> UnitsChanged:
    return UnitsChanged(at, "cad/units", rows)


def fix(at: datetime) -> PositionsChanged:
    return PositionsChanged(at, "cad/positions", (Position("u1", 39.7, -104.9, at),))


def red(limits: dict[str, Limit], key: str) -> datetime:
    """When what began at noon is over its red limit."""
    return NOON + timedelta(minutes=limits[key].red)


def minutes(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


def board(events: Iterable[Recorded], at: datetime) -> State:
    """What the board shows at ``at``."""
    return advance(start(BEGAN), [event for event in events if event.at <= at], at)


def alarm(events: Iterable[Recorded], name: str, at: datetime) -> Alarm | None:
    """The alarm ``name`` at ``at``."""
    return board(events, at).alarms.standing.get(name)
