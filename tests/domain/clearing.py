"""A small board for what is expected of teams: scenes that are over, teams on scenes, a call that waits."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from console.domain.definitions import KickBack
from console.domain.entities import Assignment, Call, Position, Stamps, Unit
from console.domain.events import CallsChanged, DefinitionsLoaded, PositionsChanged, Recorded, UnitsChanged
from console.domain.state import State, advance, start
from console.domain.vocabulary import CallState, Program, UnitState
from tests.domain.builders import NOON, PACK, at

STAR, MC = Program.CLINICIAN_EMS, Program.MOBILE_CRISIS

KICK_PACK = replace(
    PACK,
    kick_back=KickBack(after={"2": 25}, warn=5, speed_mph=20, detour=1.5, right_min=5, least=3),
)
"""Three scenes are enough; a degree of latitude (69.05 miles) takes 5 h 11 min."""

HERE = (39.70, -104.90)


def over(key: str, unit: str, took: float, ended: float = -120, **fields: Any) -> Call:
    """A closed call at which ``unit`` was for ``took`` minutes."""
    begun, end = at(ended - took), at(ended)
    part = Assignment(unit, on_scene_at=begun, cleared_at=end)
    usual: dict[str, Any] = {"nature": "WELCHK", "state": CallState.CLOSED, "closed_at": end, "program": STAR}
    return Call(key, assignments=(part,), **{**usual, **fields})


def scene(key: str, unit: str, since: float | None, **fields: Any) -> Call:
    """A call that ``unit`` is on scene of since then (minutes after noon), or on its way to."""
    arrived = None if since is None else at(since)
    part = Assignment(unit, assigned_at=at(-60), on_scene_at=arrived)
    usual: dict[str, Any] = {
        "nature": "WELCHK",
        "program": STAR,
        "state": CallState.ON_SCENE if arrived else CallState.ENROUTE,
        "stamps": Stamps(assigned_at=at(-60), on_scene_at=arrived),
    }
    return Call(key, assignments=(part,), **{**usual, **fields})


def cleared(call: Call, minutes: float) -> Call:
    """``call`` as its team clears it."""
    (part,) = call.assignments
    moment = at(minutes)
    return replace(
        call,
        state=CallState.CLOSED,
        closed_at=moment,
        assignments=(replace(part, cleared_at=moment),),
    )


def waits(key: str = "w", queued: float = -20, **fields: Any) -> Call:
    """An eligible call that waits: police get it 25 minutes after it was queued."""
    usual: dict[str, Any] = {
        "nature": "WELCHK",
        "priority": 2,
        "state": CallState.PENDING,
        "eligible": True,
        "lat": HERE[0],
        "lon": HERE[1],
        "stamps": Stamps(queued_at=at(queued)),
    }
    return Call(key, **{**usual, **fields})


def team(key: str, call: str = "", program: Program = STAR, **fields: Any) -> Unit:
    """A team on scene of ``call``, or free."""
    state = UnitState.ON_SCENE if call else UnitState.AVAILABLE
    return Unit(key, callsign=key.upper(), program=program, **{"state": state, "call": call, **fields})


def placed(unit: str, north: float = 0.0) -> Position:
    """Where the unit is: so many degrees north of the call that waits."""
    return Position(unit, HERE[0] + north, HERE[1], NOON)


def log(*rows: Call | Unit | Position, seconds: float = 0) -> list[Recorded]:
    """The replies that bring ``rows``, all at the same moment after noon."""
    moment = at(seconds=seconds)
    return [
        UnitsChanged(moment, "cad/units", tuple(row for row in rows if isinstance(row, Unit))),
        PositionsChanged(moment, "avl/positions", tuple(row for row in rows if isinstance(row, Position))),
        CallsChanged(moment, "cad/calls", tuple(row for row in rows if isinstance(row, Call))),
    ]


def board(*rows: Call | Unit | Position, minutes: float = 0, more: Iterable[Recorded] = ()) -> State:
    """The board at that many minutes after noon that got ``rows`` at noon, and then ``more``."""
    events = [DefinitionsLoaded(NOON, KICK_PACK), *log(*rows), *more]
    return advance(start(NOON - timedelta(seconds=1)), events, at(minutes))


HISTORY = (over("h1", "a", 20), over("h2", "b", 30), over("h3", "a", 40))
"""Three scenes with a median of 30 minutes."""
