"""Which locations may be drawn: what is not surely in the service area is listed, never plotted as true."""

from msgspec import Struct

_MARGIN = 1.0
"""Degrees around the service area at least: a team may drive a person to the next county's hospital."""

_NOWHERE = 1e-4
"""Degrees from latitude 0, longitude 0, where a missing location ends up."""


class Area(Struct, frozen=True):
    """Where things of this agency can be, in degrees."""

    south: float
    west: float
    north: float
    east: float


def around(bounds: tuple[float, float, float, float] | None) -> Area | None:
    """The service area (south, west, north, east) with as much again on each side; ``None`` if it is not known.

    Wide enough for every real trip, and still without the place where a swapped latitude and longitude
    would lie (RELIABILITY fault 37).
    """
    if bounds is None or bounds[0] >= bounds[2] or bounds[1] >= bounds[3]:
        return None
    south, west, north, east = bounds
    tall, wide = max(north - south, _MARGIN), max(east - west, _MARGIN)
    return Area(south - tall, west - wide, north + tall, east + wide)


def sound(lat: float | None, lon: float | None, area: Area | None) -> bool:
    """Whether a place can be drawn: given, on the globe, not 0,0, and in the area where one is known."""
    if lat is None or lon is None or not (-85.0 <= lat <= 85.0 and -180.0 <= lon <= 180.0):
        return False
    if abs(lat) < _NOWHERE and abs(lon) < _NOWHERE:
        return False
    return area is None or (area.south <= lat <= area.north and area.west <= lon <= area.east)
