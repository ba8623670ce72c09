"""Whether a unit can have come from one fix to the next: a leap is believed once a later fix confirms it."""

from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from console.domain.entities import Position

FAR_M = 5_000.0
"""Metres below which a fix that is off is no leap: receivers in street canyons err, never by so much."""

FASTEST_MPS = 70.0
"""No unit on the ground is faster: 250 km/h."""

EARTH_M = 6_371_000.0

SUSPECT = "position suspect"


class Leaps:
    """The last fix of each unit that could not be, in case the next one agrees with it."""

    def __init__(self) -> None:
        self._doubted: dict[str, Position] = {}

    def doubtful(self, held: Position, fix: Position) -> bool:
        """Whether ``fix`` cannot follow on ``held``, nor on what was doubted before it."""
        doubted = self._doubted.pop(fix.unit, None)
        if not leap(held, fix) or (doubted is not None and fix.at > doubted.at and not leap(doubted, fix)):
            return False
        self._doubted[fix.unit] = fix
        return True


def leap(one: Position, other: Position) -> bool:
    """Whether the way between two fixes is too far for the time between them."""
    metres = _metres(one, other)
    seconds = max(abs(other.at - one.at), timedelta(seconds=1)).total_seconds()
    return metres > FAR_M and metres / seconds > FASTEST_MPS


def _metres(one: Position, other: Position) -> float:
    """Along the great circle (haversine)."""
    south, north = radians(one.lat), radians(other.lat)
    across = sin((north - south) / 2) ** 2
    along = sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(min(1.0, across + cos(south) * cos(north) * along)))
