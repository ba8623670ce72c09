"""The plane the city is drawn on: meters east and north of its center, and degrees."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

LATITUDE = 39.7
LONGITUDE = -104.9
METERS_PER_DEGREE = 111_320.0
_METERS_PER_DEGREE_EAST = METERS_PER_DEGREE * math.cos(math.radians(LATITUDE))

Point = tuple[float, float]
"""Meters east, meters north."""


def degrees(point: Point, digits: int = 6) -> tuple[float, float]:
    """Latitude and longitude of ``point``; straight lines of the plane stay straight on the map."""
    east, north = point
    latitude = LATITUDE + north / METERS_PER_DEGREE
    longitude = LONGITUDE + east / _METERS_PER_DEGREE_EAST
    return round(latitude, digits), round(longitude, digits)


def meters(latitude: float, longitude: float) -> Point:
    """The inverse of `degrees`."""
    return (longitude - LONGITUDE) * _METERS_PER_DEGREE_EAST, (latitude - LATITUDE) * METERS_PER_DEGREE


def between(a: Point, b: Point, share: float) -> Point:
    """The point at ``share`` (0 to 1) of the way from ``a`` to ``b``."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def heading(a: Point, b: Point) -> float:
    """Degrees clockwise from north of the way from ``a`` to ``b``."""
    return math.degrees(math.atan2(b[0] - a[0], b[1] - a[1])) % 360.0


def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Whether ``point`` lies in the polygon whose corners are ``ring`` (even-odd rule)."""
    x, y = point
    found = False
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            found = not found
    return found


def crosses(a: Point, b: Point, ring: Sequence[Point]) -> bool:
    """Whether the line from ``a`` to ``b`` touches the polygon ``ring``."""
    return inside(a, ring) or any(_meet(a, b, c, d) for c, d in pairwise([*ring, ring[0]]))


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b)


def _side(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def smooth(points: Sequence[Point], steps: int) -> list[Point]:
    """A Catmull-Rom curve through ``points``, ``steps`` pieces between each two."""
    padded = [points[0], *points, points[-1]]
    curve = [
        _spline(padded[i : i + 4], step / steps) for i in range(len(points) - 1) for step in range(steps)
    ]
    return [*curve, points[-1]]


def _spline(four: Sequence[Point], t: float) -> Point:
    before, a, b, after = four
    return _cubic(before[0], a[0], b[0], after[0], t), _cubic(before[1], a[1], b[1], after[1], t)


def _cubic(before: float, a: float, b: float, after: float, t: float) -> float:
    bend = 2 * before - 5 * a + 4 * b - after
    twist = 3 * a - before - 3 * b + after
    return 0.5 * (2 * a + (b - before) * t + bend * t**2 + twist * t**3)


def ribbon(line: Sequence[Point], widths: Iterable[float]) -> list[Point]:
    """The polygon that follows ``line``, at each point ``widths`` meters wide."""
    left, right = [], []
    for i, width in enumerate(widths):
        (x1, y1), (x2, y2) = line[max(i - 1, 0)], line[min(i + 1, len(line) - 1)]
        length = math.dist((x1, y1), (x2, y2))
        across = (-(y2 - y1) / length * width / 2, (x2 - x1) / length * width / 2)
        left.append((line[i][0] + across[0], line[i][1] + across[1]))
        right.append((line[i][0] - across[0], line[i][1] - across[1]))
    return [*left, *reversed(right)]
