"""The plan of the demo city, its street network and the map made of them."""

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import resources
from console.simulator.city import __main__ as command
from console.simulator.city import geojson, plan
from console.simulator.city.plane import Point, degrees, heading, inside, meters
from console.simulator.city.routes import Routes
from console.simulator.city.streets import Spot, Streets

STREETS = Streets()
ROUTES = Routes(STREETS)

spots = st.builds(
    lambda block, share: Spot(block, share * STREETS.blocks[block].length),
    st.integers(0, len(STREETS.blocks) - 1),
    st.floats(0, 1),
)


def test_the_committed_map_is_what_the_generator_gives() -> None:
    folder = resources.path("map/demo-city")
    for name, content in geojson.layers(Streets()).items():
        assert (folder / name).read_bytes() == content, f"run: python -m console.simulator.city {folder}"


def test_the_map_is_written_into_the_folder_that_is_named(tmp_path: Path) -> None:
    assert command.main([str(tmp_path / "map")]) == 0
    assert sorted(path.name for path in (tmp_path / "map").iterdir()) == sorted(geojson.layers(STREETS))


def test_the_map_command_without_a_folder_says_what_to_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 2
    assert "name one folder" in capsys.readouterr().err


def test_every_layer_is_geojson_within_the_city() -> None:
    for content in geojson.layers(STREETS).values():
        for feature in json.loads(content)["features"]:
            for longitude, latitude in _points(feature["geometry"]["coordinates"]):
                east, north = meters(latitude, longitude)
                assert abs(east) <= plan.HALF_WIDTH + 400
                assert abs(north) <= plan.HALF_HEIGHT + 1


def test_rings_are_closed_and_counterclockwise() -> None:
    for name in ("water.geojson", "parks.geojson", "districts.geojson"):
        for feature in json.loads(geojson.layers(STREETS)[name])["features"]:
            ring = feature["geometry"]["coordinates"][0]
            assert ring[0] == ring[-1]
            assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0


def test_eight_districts_fill_the_city_without_overlap() -> None:
    for x in range(-7_950, 8_000, 500):
        for y in range(-6_350, 6_400, 500):
            assert len([d for d in plan.districts() if inside((x, y), d.ring)]) == 1


def test_only_bridges_cross_the_river() -> None:
    river = plan.water()[0].ring
    wet = [b for b in STREETS.blocks if inside(STREETS.points[b.a], river)]
    assert {block.street.bridge for block in wet} <= {True}


def test_every_place_stands_at_a_crossing_near_where_the_plan_wants_it() -> None:
    for place in plan.places():
        assert math.dist(STREETS.point(STREETS.corner(place.near)), place.near) < 600


@given(st.floats(-8_000, 8_000), st.floats(-6_400, 6_400))
def test_degrees_and_meters_are_inverse(east: float, north: float) -> None:
    assert meters(*degrees((east, north), 9)) == pytest.approx((east, north), abs=0.01)


@pytest.mark.parametrize(("to", "bearing"), [((0, 1), 0), ((1, 0), 90), ((0, -1), 180), ((-1, 0), 270)])
def test_headings_are_degrees_from_north(to: Point, bearing: float) -> None:
    assert heading((0, 0), to) == pytest.approx(bearing)


@given(spots, spots)
def test_every_leg_of_a_route_runs_along_one_block(start: Spot, end: Spot) -> None:
    here = STREETS.point(start)
    for leg in ROUTES.between(start, end):
        block = STREETS.blocks[leg.block]
        a, b = STREETS.points[block.a], STREETS.points[block.b]
        for point in (here, leg.point):
            assert math.dist(a, point) + math.dist(point, b) == pytest.approx(block.length, abs=0.01)
        assert leg.seconds == pytest.approx(math.dist(here, leg.point) / block.street.speed_mps, abs=0.01)
        here = leg.point
    assert here == pytest.approx(STREETS.point(end), abs=0.01)


@given(spots, spots)
def test_the_way_back_takes_as_long_as_the_way_there(start: Spot, end: Spot) -> None:
    there, back = (sum(leg.seconds for leg in ROUTES.between(*way)) for way in ((start, end), (end, start)))
    assert there == pytest.approx(back, abs=0.01)


def test_no_way_is_quicker_than_the_fastest_street_as_the_crow_flies() -> None:
    start, end = Spot(0, 0.0), Spot(len(STREETS.blocks) - 1, 0.0)
    crow = math.dist(STREETS.point(start), STREETS.point(end)) / plan.PARKWAY_MPS
    assert sum(leg.seconds for leg in ROUTES.between(start, end)) >= crow


def _points(coordinates: list[Any]) -> list[list[float]]:
    if isinstance(coordinates[0], float):
        return [coordinates]
    return [point for part in coordinates for point in _points(part)]
