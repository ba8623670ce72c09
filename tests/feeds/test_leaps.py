"""A fix that no unit could have reached is held back until another confirms it."""

from datetime import timedelta
from typing import Any

from console.domain.entities import Position
from console.domain.vocabulary import FeedName
from console.feeds.rows.leaps import leap
from tests.domain.builders import NOON
from tests.feeds.answers import now, page
from tests.feeds.board import spec, watching
from tests.feeds.chaos import Chaos

HERE, THERE = 39.70, 40.06
"""Latitudes 40 km apart."""


def fix(lat: float, seconds: float, **fields: Any) -> dict[str, Any]:
    """A fix of one unit, so many seconds after the first."""
    return {"unit": "u1", "lat": lat, "lon": -104.9, "at": now() - timedelta(seconds=60 - seconds), **fields}


async def test_a_unit_that_jumps_40_km_in_5_s_stays_where_it_was_and_is_counted_once() -> None:
    async with Chaos() as server:
        jump = page(fix(THERE, 5))
        server.play("/v1/positions", page(fix(HERE, 0)), jump)
        async with watching(spec(server, FeedName.POSITIONS)) as board:
            await board.until(lambda _: board.counted("bad_field", "position suspect"))
            await board.until(lambda _: server.times("/v1/positions") > 6)
            assert board.state.positions["u1"].lat == HERE
            assert board.counted("bad_field", "position suspect") == 1


async def test_a_jump_is_believed_when_the_next_fix_agrees() -> None:
    async with Chaos() as server:
        server.play("/v1/positions", page(fix(HERE, 0)), page(fix(THERE, 5)), page(fix(THERE + 0.001, 10)))
        async with watching(spec(server, FeedName.POSITIONS)) as board:
            await board.until(lambda state: state.positions and state.positions["u1"].lat == THERE + 0.001)


async def test_after_a_single_false_fix_the_unit_goes_on_from_where_it_was() -> None:
    async with Chaos() as server:
        fixes = (fix(HERE, 0), fix(THERE, 5), fix(HERE + 0.001, 10), fix(HERE + 0.002, 15))
        server.play("/v1/positions", *map(page, fixes))
        async with watching(spec(server, FeedName.POSITIONS)) as board:
            await board.until(lambda state: state.positions and state.positions["u1"].lat == HERE + 0.002)
            assert board.counted("bad_field", "position suspect") == 1


def test_a_long_way_in_a_long_time_and_a_short_way_in_no_time_are_no_leaps() -> None:
    start = Position("u1", HERE, -104.9, NOON)
    far = Position("u1", THERE, -104.9, NOON + timedelta(minutes=20))
    near = Position("u1", HERE + 0.02, -104.9, NOON)
    across = Position("u1", THERE, 75.1, NOON + timedelta(seconds=5))
    assert [leap(start, other) for other in (far, near, across)] == [False, False, True]
