"""The outlines of units, alarm badges and call pins as coordinates: the one source for Qt and the map.

Every shape is drawn on a 16 px grid, x to the right, y down. Units and badges are centered on the
origin; a pin has its tip there. A shape is a closed polygon, or a circle when it has a radius. A unit's
shape is its program; shape never tells priority, and a badge or pin never tells program.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

Point: TypeAlias = tuple[float, float]
Line: TypeAlias = tuple[Point, ...]
Fill: TypeAlias = Literal["none", "half", "full"]
Loud: TypeAlias = Literal["full", "calm", "gray"]
"""How loud a badge is drawn: full until somebody acknowledges its alarm, then in outline; gray once set aside."""

GRID = 16.0
STROKE = 1.5
DASH = (2.6, 1.9)
"""Grid pixels drawn, at least, and left out along a dashed outline."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed polygon, or the circle of ``radius`` around its only point."""

    points: tuple[Point, ...]
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """How a unit's shape is drawn: hollow is free, full is committed, half is delayed.

    ``dashed`` is stale or unknown whatever the fill, so a silent team never reads as free; ``struck``
    is out of service.
    """

    fill: Fill = "none"
    dashed: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Badge:
    """An alarm's shape, and how far its number sits below the center."""

    shape: Shape
    drop: float = 0.0


def _circle(radius: float) -> Shape:
    return Shape(((0.0, 0.0),), radius)


def _pin(radius: float, height: float) -> Shape:
    """A drop: an arc of ``radius`` whose tangents meet at the tip, ``height`` below its center."""
    open_half = math.acos(radius / height)
    start, sweep = open_half, 2 * (math.pi - open_half)
    arc = (start + sweep * i / 24 for i in range(25))
    ring = tuple((round(radius * math.sin(a), 3), round(radius * math.cos(a) - height, 3)) for a in arc)
    return Shape(((0.0, 0.0), *ring))


PROGRAMS: Mapping[str, Shape] = MappingProxyType(
    {
        "clinician_ems": Shape(((0.0, -6.5), (6.75, 5.25), (-6.75, 5.25))),
        "co_responder": Shape(((-5.25, -5.25), (5.25, -5.25), (5.25, 5.25), (-5.25, 5.25))),
        "mobile_crisis": _circle(5.75),
        "outreach": Shape(((0.0, -7.0), (7.0, 0.0), (0.0, 7.0), (-7.0, 0.0))),
        "police": Shape(((-5.5, -5.75), (5.5, -5.75), (5.5, 0.5), (0.0, 6.75), (-5.5, 0.5))),
        "ems": Shape(
            (
                *((-2.25, -6.25), (2.25, -6.25), (2.25, -2.25), (6.25, -2.25)),
                *((6.25, 2.25), (2.25, 2.25), (2.25, 6.25), (-2.25, 6.25)),
                *((-2.25, 2.25), (-6.25, 2.25), (-6.25, -2.25), (-2.25, -2.25)),
            )
        ),
        "fire": Shape(((-7.0, 0.0), (-4.0, -4.25), (4.0, -4.25), (7.0, 0.0), (4.0, 4.25), (-4.0, 4.25))),
        "other": Shape(((-3.75, -6.25), (3.75, -6.25), (3.75, 6.25), (-3.75, 6.25))),
    }
)
"""A unit's shape by the value of its program."""

BADGES: Mapping[int, Badge] = MappingProxyType(
    {
        1: Badge(Shape(((-6.5, -6.5), (6.5, -6.5), (6.5, 6.5), (-6.5, 6.5)))),
        2: Badge(Shape(((0.0, -7.25), (8.0, 6.5), (-8.0, 6.5))), drop=2.0),
        3: Badge(_circle(7.0)),
    }
)
"""An alarm's shape by its priority."""

PIN = _pin(radius=7.0, height=12.0)
"""A call on the map: tip at the origin."""

PIN_HEAD: Point = (0.0, -12.0)
"""Where a pin carries its dot, or its badge at ``PIN_BADGE`` of full size."""

PIN_BADGE = 0.625

_MARKS: Mapping[str, Mark] = MappingProxyType(
    {
        "available": Mark(),
        "assigned": Mark("full"),
        "delayed": Mark("half"),
        "out": Mark(struck=True),
        "unknown": Mark(dashed=True),
    }
)


def mark(availability: str, stale: bool = False) -> Mark:
    """How a unit of this availability is drawn; ``stale`` when its position or status is too old."""
    plain = _MARKS[availability]
    return Mark(plain.fill, dashed=True, struck=plain.struck) if stale else plain


def dashes(shape: Shape) -> tuple[Line, ...]:
    """The outline as open lines with gaps between: every corner whole, a short side without a gap.

    A dash pattern would begin where the outline begins and cut corners at random; at 16 px a shape
    is its corners.
    """
    if shape.radius:
        return _arcs(shape.radius)
    lines: list[list[Point]] = []
    line: list[Point] = []
    for start, end in zip(shape.points, shape.points[1:] + shape.points[:1], strict=True):
        line.append(start)
        for before, after in _gaps(math.dist(start, end)):
            lines.append([*line, _between(start, end, before)])
            line = [_between(start, end, after)]
    lines[0] = line + lines[0]
    return tuple(map(tuple, lines))


def _gaps(length: float) -> list[tuple[float, float]]:
    """Where the gaps of a side begin and end, as parts of its length."""
    count = int(length / sum(DASH))
    half = DASH[1] / length / 2
    middles = ((i + 0.5) / count for i in range(count))
    return [(middle - half, middle + half) for middle in middles]


def _between(start: Point, end: Point, part: float) -> Point:
    x, y = ((1 - part) * a + part * b for a, b in zip(start, end, strict=True))
    return round(x, 3), round(y, 3)


def _arcs(radius: float) -> tuple[Line, ...]:
    count = round(2 * math.pi * radius / sum(DASH))
    step = 2 * math.pi / count
    drawn = step - DASH[1] / radius
    turns = ([i * step + drawn * (j / 4 - 0.5) for j in range(5)] for i in range(count))
    return tuple(
        tuple((round(radius * math.sin(a), 3), round(-radius * math.cos(a), 3)) for a in arc) for arc in turns
    )


def as_data() -> dict[str, object]:
    """All of the above as plain values for the map's page, ready for JSON."""
    return {
        "grid": GRID,
        "stroke": STROKE,
        "programs": {name: asdict(shape) for name, shape in PROGRAMS.items()},
        "dashed": {name: dashes(shape) for name, shape in PROGRAMS.items()},
        "badges": {str(priority): asdict(badge) for priority, badge in BADGES.items()},
        "marks": {name: asdict(value) for name, value in _MARKS.items()},
        "pin": asdict(PIN),
        "pin_head": list(PIN_HEAD),
        "pin_badge": PIN_BADGE,
    }
