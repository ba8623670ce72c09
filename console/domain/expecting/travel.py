"""How far teams are from a call, by the pack's plain estimate: the straight line with a detour, at city speed."""

from datetime import timedelta
from math import cos, hypot, radians

from console.domain.board import State
from console.domain.entities import Call, Unit
from console.domain.vocabulary import UnitState

Place = tuple[float, float]
"""Latitude and longitude in degrees."""

_MILES_A_DEGREE = 69.05
"""Of latitude, on a sphere of 3,956 miles."""


def place_of(call: Call) -> Place | None:
    """Where the call is, if that is told."""
    return None if call.lat is None or call.lon is None else (call.lat, call.lon)


def whereabouts(state: State, unit: Unit) -> Place | None:
    """Where the unit is: by a position that is not too old, else at the scene that it says it is on."""
    fix = state.positions.get(unit.id)
    stale = timedelta(seconds=state.definitions.positions.stale_s)
    if fix is not None and state.second - fix.at <= stale:
        return fix.lat, fix.lon
    call = state.calls.get(unit.call)
    return place_of(call) if call is not None and unit.state is UnitState.ON_SCENE else None


def travel(state: State, begin: Place | None, call: Call) -> timedelta | None:
    """How long a team needs from there to the call; ``None`` where either place is not known."""
    end = place_of(call)
    if begin is None or end is None:
        return None
    pack = state.definitions.kick_back
    return timedelta(hours=miles(begin, end) * pack.detour / pack.speed_mph)


def miles(one: Place, two: Place) -> float:
    """The straight line; flat, which is exact to a thousandth within a county."""
    north = two[0] - one[0]
    east = (two[1] - one[1]) * cos(radians((one[0] + two[0]) / 2))
    return hypot(north, east) * _MILES_A_DEGREE
