"""Small boards for the map's tests: a few units and calls in a city of 0.2 degrees."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from console.domain.definitions import Definitions, Limit
from console.domain.entities import Agency, Assignment, Call, Position, Stamps, Unit
from console.domain.feed import Feed
from console.domain.state import State, start
from console.domain.vocabulary import CallState, FeedName, Health, Program, UnitState
from console.ui.look.view import View
from console.ui.theme.theme import DARK

NOW = datetime(2026, 11, 23, 23, 30, 12, tzinfo=UTC)
BOUNDS = (39.64, -105.0, 39.76, -104.8)
PACK = Definitions(name="test", version="1", natures={}, waiting={"2": Limit(amber=15, red=30)})
AGENCY = Agency(name="Test", timezone="America/Denver", bounds=BOUNDS, base_map="demo-city")
VIEW = View(theme=DARK)


def unit(key: str, state: UnitState = UnitState.AVAILABLE, call: str = "", **more: object) -> Unit:
    """A clinician + EMT team."""
    made = Unit(id=key, callsign=key, program=Program.CLINICIAN_EMS, state=state, call=call)
    return replace(made, **more)


def fix(key: str, lat: float = 39.70, lon: float = -104.90, age: float = 2) -> Position:
    """Where a unit was ``age`` seconds ago."""
    return Position(unit=key, lat=lat, lon=lon, at=NOW - timedelta(seconds=age))


def call(key: str, lat: float | None = 39.72, lon: float | None = -104.92, **more: object) -> Call:
    """A call of priority 2 that has waited 18 minutes, 3 over its limit."""
    stamps = Stamps(queued_at=NOW - timedelta(minutes=18))
    made = Call(
        id=key,
        number=key,
        nature="Welfare check",
        priority=2,
        state=CallState.PENDING,
        program=Program.CLINICIAN_EMS,
        lat=lat,
        lon=lon,
        stamps=stamps,
        caller_name="Jordan Vale",
        caller_phone="555-0142",
        address="1200 Alder Street",
    )
    return replace(made, **more)


def sent(*units: str) -> tuple[Assignment, ...]:
    """Those units, assigned and not yet clear."""
    return tuple(Assignment(unit=key) for key in units)


def feed(name: FeedName, age: float = 1, every: float = 5) -> Feed:
    """A feed that answered ``age`` seconds ago."""
    answered = NOW - timedelta(seconds=age)
    return Feed("test", name, timedelta(seconds=every), Health.OK, answered, answered_at=answered)


FEEDS = {one.key: one for one in map(feed, (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS))}


def board(
    units: Iterable[Unit] = (), positions: Iterable[Position] = (), calls: Iterable[Call] = ()
) -> State:
    """A board of exactly these, everything just read."""
    return replace(
        start(NOW),
        agencies={"test": AGENCY},
        definitions=PACK,
        units={one.id: one for one in units},
        positions={one.unit: one for one in positions},
        calls={one.id: one for one in calls},
        open_calls={one.id: one for one in calls if one.open},
        feeds=FEEDS,
    )


def city() -> State:
    """Two teams on a call, one free, one call that waits too long."""
    on = UnitState.ON_SCENE
    return board(
        (unit("STAR 1", on, "1039"), unit("STAR 2", on, "1039"), unit("STAR 3")),
        (fix("STAR 1", 39.70, -104.86), fix("STAR 2", 39.69, -104.85), fix("STAR 3", 39.73, -104.95)),
        (call("1042"), call("1039", 39.71, -104.87, state=CallState.ON_SCENE, assignments=sent("STAR 1"))),
    )
