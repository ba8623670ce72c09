"""The map of Cedar Fork as GeoJSON: five small files, the same bytes on every run."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import msgspec

from console.simulator.city import plan
from console.simulator.city.plane import Point, degrees
from console.simulator.city.streets import Block, Streets

DIGITS = 5
"""Decimals of a degree: about a meter."""

Feature = dict[str, Any]


def layers(streets: Streets) -> dict[str, bytes]:
    """File name to content, for each layer of the base map."""
    return {
        "streets.geojson": _collection(_streets(streets)),
        "water.geojson": _collection(_areas(plan.water(), "water")),
        "parks.geojson": _collection(_areas(plan.parks(), "park")),
        "districts.geojson": _collection(_areas(plan.districts(), "district")),
        "places.geojson": _collection(_places(streets)),
    }


def write(folder: Path) -> list[Path]:
    """Write every layer into ``folder`` (made if absent) and say what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in layers(Streets()).items():
        (folder / name).write_bytes(content)
        written.append(folder / name)
    return written


def _collection(features: Iterable[Feature]) -> bytes:
    """One feature a line, so that a changed street is a changed line."""
    lines = b",\n".join(msgspec.json.encode(feature) for feature in features)
    return b'{"type":"FeatureCollection","features":[\n' + lines + b"\n]}\n"


def _feature(shape: str, coordinates: object, **properties: object) -> Feature:
    geometry = {"type": shape, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _streets(streets: Streets) -> Iterator[Feature]:
    for street, blocks in groupby(streets.blocks, key=lambda block: block.street):
        for run in _runs(list(blocks)):
            line = _corners([streets.points[node] for node in run])
            yield _feature("LineString", _lonlat(line), name=street.name, kind=street.kind)


def _runs(blocks: Sequence[Block]) -> list[list[int]]:
    """The chains of crossings of one street that hang together."""
    runs: list[list[int]] = []
    for block in blocks:
        if runs and runs[-1][-1] == block.a:
            runs[-1].append(block.b)
        else:
            runs.append([block.a, block.b])
    return runs


def _corners(points: list[Point]) -> list[Point]:
    """``points`` without those that lie on the straight line between their neighbors."""
    bends = [
        b
        for a, b, c in zip(points, points[1:], points[2:], strict=False)
        if abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) > 0.2 * math.dist(a, c)
    ]
    return [points[0], *bends, points[-1]]


def _areas(areas: Iterable[plan.Area], kind: str) -> Iterator[Feature]:
    for area in areas:
        yield _feature(
            "Polygon", [_lonlat([*_counterclockwise(area.ring), area.ring[0]])], name=area.name, kind=kind
        )


def _counterclockwise(ring: Sequence[Point]) -> Sequence[Point]:
    """The order RFC 7946 asks of an outer ring, starting at the same corner."""
    twice_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))
    return ring if twice_area > 0 else [ring[0], *reversed(ring[1:])]


def _places(streets: Streets) -> Iterator[Feature]:
    for place in plan.places():
        point = streets.point(streets.corner(place.near))
        yield _feature("Point", _lonlat([point])[0], id=place.id, name=place.name, kind=place.kind)


def _lonlat(points: Iterable[Point]) -> list[list[float]]:
    return [[longitude, latitude] for latitude, longitude in (degrees(p, DIGITS) for p in points)]
