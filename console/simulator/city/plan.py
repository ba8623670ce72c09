"""The plan of Cedar Fork: where its streets, river, parks, districts and places lie, in meters.

Everything here is invented. The city stands at about 39.7 N 104.9 W only so that a map of the region has
a plausible place for it; no street, park or facility below is meant to be a real one.
"""

import math
import random
from itertools import pairwise

from msgspec import Struct

from console.domain.vocabulary import FacilityKind
from console.simulator.city.plane import Point, ribbon, smooth

NAME = "Cedar Fork"
HALF_WIDTH = 8_000.0
HALF_HEIGHT = 6_400.0

ARTERIAL_MPS = 15.6
PARKWAY_MPS = 17.9
STREET_MPS = 11.2

_COLUMN_NAMES = [
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elder",
    "Fir",
    "Gentian",
    "Hawthorn",
    "Ivy",
    "Juniper",
    "Kestrel",
    "Larch",
    "Maple",
    "Nettle",
    "Oak",
    "Pinyon",
    "Quail",
    "Rowan",
    "Spruce",
    "Tamarack",
    "Ute",
    "Vine",
    "Willow",
    "Xenia",
    "Yarrow",
    "Zinnia",
]
_ROWS = 21
_BRIDGES = ("Cedar", "Gentian", "Ivy", "Kestrel", "Maple", "Oak", "Rowan", "Spruce", "Willow", "Yarrow")
_CROSSROADS = (-790.0, 1_540.0)


class Street(Struct, frozen=True):
    """One street from end to end. ``kind`` is arterial, parkway or street; ``bridge``: it crosses water."""

    name: str
    kind: str
    points: tuple[Point, ...]
    speed_mps: float
    bridge: bool = False


class Area(Struct, frozen=True):
    """A named polygon: a park, a piece of water or a district."""

    name: str
    ring: tuple[Point, ...]


class Place(Struct, frozen=True):
    """A facility; it stands at the crossing nearest to ``near``."""

    id: str
    name: str
    kind: FacilityKind
    near: Point
    beds: int | None = None


def columns() -> list[float]:
    """Meters east of each north-south street, from west to east."""
    return _lines(len(_COLUMN_NAMES), HALF_WIDTH, "columns")


def rows() -> list[float]:
    """Meters north of each east-west avenue, from south to north."""
    return _lines(_ROWS, HALF_HEIGHT, "rows")


def _lines(count: int, half: float, concern: str) -> list[float]:
    uneven = random.Random(f"{NAME}:{concern}")  # noqa: S311  # a fixed city, not a secret
    step = 2 * half / (count - 1)
    inner = [round(-half + i * step + uneven.uniform(-80, 80)) for i in range(1, count - 1)]
    return [-half, *map(float, inner), half]


def streets() -> tuple[Street, ...]:
    """The grid and its two parkways."""
    xs, ys = columns(), rows()
    down = [_column(i, x, ys) for i, x in enumerate(xs)]
    across = [_row(j, y, xs) for j, y in enumerate(ys)]
    return (*down, *across, *parkways())


def _column(index: int, x: float, ys: list[float]) -> Street:
    name = _COLUMN_NAMES[index]
    kind = "arterial" if index % 4 == 2 else "street"
    points = tuple((x, y) for y in ys)
    return Street(f"{name} Street", kind, points, _speed(kind), name in _BRIDGES)


def _row(index: int, y: float, xs: list[float]) -> Street:
    kind = "arterial" if index % 4 == 2 else "street"
    return Street(f"{_ordinal(index + 1)} Avenue", kind, tuple((x, y) for x in xs), _speed(kind))


def _speed(kind: str) -> float:
    return ARTERIAL_MPS if kind == "arterial" else STREET_MPS


def _ordinal(number: int) -> str:
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def parkways() -> tuple[Street, ...]:
    """The two diagonals, which meet at one crossroads."""
    foothill = ((-8_000.0, -5_300.0), _CROSSROADS, (1_085.0, 2_765.0), (8_000.0, 4_950.0))
    union = ((-3_480.0, 6_400.0), _CROSSROADS, (-90.0, -1_260.0), (3_300.0, -6_400.0))
    return (
        Street("Foothill Parkway", "parkway", foothill, PARKWAY_MPS, bridge=True),
        Street("Union Parkway", "parkway", union, PARKWAY_MPS, bridge=True),
    )


def water() -> tuple[Area, ...]:
    """The river, which runs from west to east through the middle, and one lake."""
    course: list[Point] = [
        (-8_300.0, -2_000.0), (-6_350.0, -2_310.0), (-3_990.0, -2_750.0), (-1_540.0, -1_785.0),
        (910.0, -210.0), (3_710.0, -35.0), (6_370.0, 1_015.0), (8_300.0, 2_050.0),
    ]  # fmt: skip
    line = smooth(course, 5)
    widths = [420.0 - 240.0 * i / (len(line) - 1) for i in range(len(line))]
    lake = [
        (4_420 + 260 * math.cos(a / 12 * math.tau), 2_560 + 170 * math.sin(a / 12 * math.tau))
        for a in range(12)
    ]
    return (Area("Fork River", tuple(ribbon(line, widths))), Area("Lindley Lake", tuple(lake)))


_PARKS = (  # name, first and last column, first and last row between which it lies
    ("Cottonwood Park", 4, 7, 13, 16),
    ("Lindley Park", 18, 21, 13, 16),
    ("Fairmount Park", 14, 18, 4, 7),
    ("Kestrel Green", 8, 10, 10, 12),
    ("Mill Meadow", 1, 3, 3, 5),
)


def parks() -> tuple[Area, ...]:
    """Rectangles a little inside the streets round them."""
    xs, ys = columns(), rows()
    return tuple(
        Area(name, _rectangle(xs[west] + 40, ys[south] + 40, xs[east] - 40, ys[north] - 40))
        for name, west, east, south, north in _PARKS
    )


def districts() -> tuple[Area, ...]:
    """D1 to D4 in the north, D5 to D8 in the south, each from west to east; together they fill the city."""
    xs, ys = columns(), rows()
    middle = ys[9]
    north = [_rectangle(xs[a], middle, xs[b], ys[-1]) for a, b in pairwise((0, 7, 13, 19, 25))]
    south = [_rectangle(xs[a], ys[0], xs[b], middle) for a, b in pairwise((0, 6, 12, 18, 25))]
    return tuple(Area(f"D{i}", ring) for i, ring in enumerate((*north, *south), start=1))


def _rectangle(west: float, south: float, east: float, north: float) -> tuple[Point, ...]:
    return (west, south), (east, south), (east, north), (west, north)


def places() -> tuple[Place, ...]:
    """Where teams start from, and where people are taken or referred to."""
    station, shelter = FacilityKind.STATION, FacilityKind.SHELTER
    return (
        Place("station-1", "Crossroads Station", station, (-500.0, 2_000.0)),
        Place("station-2", "Westside Station", station, (-5_000.0, 200.0)),
        Place("station-3", "Eastgate Station", station, (5_200.0, 3_400.0)),
        Place("station-4", "South Fork Station", station, (900.0, -3_900.0)),
        Place("station-5", "Mill District Station", station, (-4_300.0, -4_400.0)),
        Place("hospital-1", "Fork River Medical Center", FacilityKind.HOSPITAL, (2_500.0, 1_300.0), 24),
        Place("hospital-2", "St. Ansgar Hospital", FacilityKind.HOSPITAL, (-5_600.0, 3_900.0), 16),
        Place("crisis-1", "Harbor Crisis Center", FacilityKind.CRISIS_CENTER, (-1_900.0, 3_000.0), 16),
        Place("crisis-2", "Southside Crisis Center", FacilityKind.CRISIS_CENTER, (3_300.0, -3_300.0), 10),
        Place("detox-1", "Juniper Street Detox", FacilityKind.DETOX, (-2_400.0, 500.0), 20),
        Place("shelter-1", "Northgate Shelter", shelter, (1_200.0, 4_700.0), 80),
        Place("shelter-2", "Riverside Family Shelter", shelter, (4_600.0, -1_300.0), 45),
        Place("clinic-1", "Alder Walk-in Clinic", FacilityKind.OTHER, (-6_600.0, -900.0)),
    )
