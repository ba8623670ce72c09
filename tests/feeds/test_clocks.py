"""Whose time it is: ours for a live server, the server's for a simulated or re-served shift."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.domain.vocabulary import FeedName, Health
from tests.feeds.answers import Answer, late, now, page, service, status
from tests.feeds.board import spec, watching
from tests.feeds.chaos import Chaos

SHIFT = datetime(2018, 1, 19, 14, 0, tzinfo=UTC)
CALL = {"id": "a"}


class Simulated:
    """A server's clock that runs from ``start`` at ``speed``, in the form of its replies."""

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        self.speed = speed
        self._start = start
        self._began = now()

    def __call__(self) -> dict[str, Any]:
        """The clock as it is served."""
        moment = self._start + (now() - self._began) * self.speed
        return {"now": moment, "speed": self.speed, "simulated": True}

    def page(self) -> Answer:
        """A page of one call, stamped by this clock."""
        return page(CALL, clock=self)


def play(server: Chaos, clock: Callable[[], dict[str, Any]]) -> None:
    """Have ``server`` live by ``clock``."""
    server.play("/v1/service", service(clock))
    server.play("/v1/calls", page(CALL, clock=clock))


async def test_the_session_takes_over_the_time_of_a_re_served_shift() -> None:
    async with Chaos() as server:
        play(server, Simulated(SHIFT))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            assert timedelta() <= state.at - SHIFT < timedelta(seconds=3)
            feed = state.feeds["cad/calls"]
            assert (feed.reported, feed.skew_s) == (Health.OK, None)
            assert SHIFT <= feed.since <= state.at


async def test_a_faster_clock_is_followed_at_its_speed_and_polls_count_in_its_time() -> None:
    async with Chaos() as server:
        play(server, Simulated(SHIFT, speed=60))
        async with watching(spec(server, every=0.05)) as board:
            await board.until(lambda state: state.calls)
            assert board.clock.speed == 60
            assert board.feed().every == timedelta(seconds=3)


async def test_a_clock_that_stands_still_is_followed_and_polled_at_the_real_pace() -> None:
    async with Chaos() as server:
        play(server, Simulated(SHIFT, speed=0))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            assert state.at == SHIFT
            assert board.feed().every == timedelta(seconds=0.01)
            await board.until(lambda _: server.times("/v1/calls") > 3)


async def test_the_way_of_the_answer_is_taken_out_of_the_time() -> None:
    clock = Simulated(SHIFT)
    async with Chaos() as server:
        server.play("/v1/service", late(0.2, service(clock)))
        server.play("/v1/calls", clock.page())
        async with watching(spec(server)) as board:
            await board.until(lambda state: state.calls)
            assert timedelta() < board.clock.now() - clock()["now"] < timedelta(seconds=0.2)


async def test_what_was_told_before_the_time_was_known_is_not_lost() -> None:
    clock = Simulated(SHIFT)
    async with Chaos() as server:
        source, port = spec(server), server.port
    async with watching(source) as board:
        await board.until_feed("refused")
        async with Chaos(port) as server:
            play(server, clock)
            state = await board.until(lambda state: state.calls)
            assert state.at < SHIFT + timedelta(seconds=9)
            assert state.agency is not None
            assert state.feeds["cad/calls"].since >= SHIFT


async def test_a_simulated_clock_that_ran_ahead_is_caught_up_with() -> None:
    async with Chaos() as server:
        play(server, Simulated(SHIFT))
        async with watching(spec(server), service=0.05) as board:
            await board.until(lambda state: state.calls)
            play(server, Simulated(SHIFT + timedelta(minutes=10)))
            await board.until(lambda state: state.at > SHIFT + timedelta(minutes=10))
            assert board.feed().reported is Health.OK


async def test_a_change_of_speed_is_followed_without_a_step_back() -> None:
    async with Chaos() as server:
        play(server, Simulated(SHIFT))
        async with watching(spec(server), service=0.05) as board:
            await board.until(lambda state: state.calls)
            before = board.state.at
            play(server, Simulated(before - timedelta(seconds=2), speed=5))
            await board.until(lambda _: board.clock.speed == 5)
            assert board.state.at > before


@pytest.mark.parametrize("step", [timedelta(hours=-1), timedelta(days=3_000)], ids=["back", "years ahead"])
async def test_a_simulated_clock_that_was_set_anew_is_told_and_not_followed(step: timedelta) -> None:
    async with Chaos() as server:
        play(server, Simulated(SHIFT))
        async with watching(spec(server), service=0.05) as board:
            await board.until(lambda state: state.calls)
            play(server, Simulated(SHIFT + step))
            feed = await board.until_feed("skew")
            assert feed.reported is Health.DEGRADED
            assert "Restart the console" in feed.tip
            assert SHIFT <= board.state.at < SHIFT + timedelta(minutes=1)
            assert board.state.calls
            await board.until(lambda _: server.times("/v1/calls") > 8)
            assert board.counted("skew", "server clock") == 1


async def test_a_live_server_whose_clock_is_off_is_told_and_not_followed() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page(CALL, ahead=timedelta(minutes=7)))
        async with watching(spec(server)) as board:
            feed = await board.until_feed("skew")
            assert feed.reported is Health.DEGRADED
            assert feed.skew_s is not None
            assert abs(feed.skew_s - 420) < 1
            assert "7 min ahead" in feed.detail
            assert abs(board.state.at - now()) < timedelta(seconds=5)


async def test_the_small_skew_of_a_live_server_is_measured() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page(CALL, ahead=timedelta(seconds=-4)))
        async with watching(spec(server)) as board:
            feed = await board.until_feed("ok")
            assert feed.skew_s is not None
            assert abs(feed.skew_s + 4) < 0.2


async def test_of_several_sources_the_first_tells_the_time() -> None:
    async with Chaos() as one, Chaos() as other:
        play(one, Simulated(SHIFT))
        one.play("/v1/service", late(0.1, service(Simulated(SHIFT))))
        other.play("/v1/units", page({"id": "u"}))
        sources = (spec(one, name="one"), spec(other, FeedName.UNITS, name="two"))
        async with watching(*sources) as board:
            state = await board.until(lambda state: state.calls and state.units)
            assert state.at < SHIFT + timedelta(seconds=9)


async def test_sources_do_not_wait_for_a_first_one_that_is_down() -> None:
    async with Chaos() as one, Chaos() as other:
        one.play("/v1/service", *[status(503)] * 3, service(Simulated(SHIFT)))
        one.play("/v1/calls", Simulated(SHIFT).page())
        other.play("/v1/units", page({"id": "u"}))
        sources = (spec(one, name="one"), spec(other, FeedName.UNITS, name="two"))
        async with watching(*sources) as board:
            await board.until(lambda state: state.units)
            await board.until(lambda state: state.calls)
            assert abs(board.state.at - now()) < timedelta(seconds=5)
            assert board.feed("one/calls").reason == "skew"
