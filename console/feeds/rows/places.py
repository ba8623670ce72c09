"""Whether a latitude and a longitude can be where they say they are."""

from enum import Enum

from console.feeds.rows.reading import Bounds

FAR = 5.0
"""Degrees beyond the service area from which a place is no longer taken for true: some 500 km."""


class Place(Enum):
    """The verdict on a place, in the words of the problem that is counted."""

    FINE = ""
    SUSPECT = "location suspect"
    SWAPPED = "location swapped?"
    IMPOSSIBLE = "location impossible"
    NULL = "location 0/0"


PLOTTED = frozenset({Place.FINE, Place.SUSPECT})
"""The verdicts under which a place may stand on the map."""


def judge(lat: float, lon: float, bounds: Bounds | None) -> Place:
    """The verdict on (``lat``, ``lon``) for an agency that serves ``bounds``.

    0/0 is what a system writes that has no place. Outside the area is suspect; it is swapped where
    the two exchanged lie inside, and impossible where it is far off or on no map at all.
    """
    if lat == 0 and lon == 0:
        return Place.NULL
    if bounds is not None and not _inside(lat, lon, bounds, 0.0):
        if _inside(lon, lat, bounds, 0.0):
            return Place.SWAPPED
        if not _inside(lat, lon, bounds, FAR):
            return Place.IMPOSSIBLE
        return Place.SUSPECT
    on_earth = abs(lat) <= 90.0 and abs(lon) <= 180.0
    if on_earth:
        return Place.FINE
    return Place.SWAPPED if abs(lon) <= 90.0 and abs(lat) <= 180.0 else Place.IMPOSSIBLE


def _inside(lat: float, lon: float, bounds: Bounds, beyond: float) -> bool:
    south, west, north, east = bounds
    return south - beyond <= lat <= north + beyond and west - beyond <= lon <= east + beyond
