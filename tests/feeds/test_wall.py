"""The workstation's clock is set in the middle of a shift: ages stay right, and nothing is told twice."""

from datetime import datetime, timedelta
from itertools import pairwise

from console.domain.events import CallsChanged, FeedReported, ProblemsFound
from console.domain.feed import age, health
from console.domain.state import State
from console.domain.vocabulary import Health
from console.session.clock import LiveClock, wall
from tests.feeds.answers import now, page
from tests.feeds.board import Board, spec, watching
from tests.feeds.chaos import Chaos

CALLS = "/v1/calls"


class Wall:
    """The workstation's clock, ``off`` from the true one."""

    def __init__(self, **off: float) -> None:
        self.set(**off)

    def __call__(self) -> datetime:
        return wall() + self.off

    def set(self, **off: float) -> None:
        """Set it anew."""
        self.off = timedelta(**off)


async def polled(server: Chaos, board: Board, times: int = 5) -> State:
    """The board after some more answers."""
    upto = server.times(CALLS) + times
    return await board.until(lambda _: server.times(CALLS) >= upto)


def old(state: State) -> float:
    """Seconds since the call came in, as the board tells it."""
    created = state.calls["a"].stamps.created_at
    assert created is not None
    return (state.at - created).total_seconds()


async def test_a_clock_that_is_set_back_an_hour_makes_no_age_negative_and_tells_nothing() -> None:
    here, created = Wall(), now() - timedelta(seconds=60)
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a", "stamps": {"created_at": created}}))
        async with watching(spec(server), clock=LiveClock(wall=here)) as board:
            await board.until_feed("ok")
            before = len(board.events(CallsChanged)), len(board.events(ProblemsFound))
            for hours in (-1.0, 0.0, -1.0):
                here.set(hours=hours)
                state = await polled(server, board)
                feed = state.feeds["cad/calls"]
                passed = age(feed, state.at)
                assert passed is not None
                assert timedelta() <= passed < timedelta(seconds=3)
                assert 59 < old(state) < 70
                assert health(feed, state.at) is Health.OK
            assert (len(board.events(CallsChanged)), len(board.events(ProblemsFound))) == before
            assert {event.feed.reason for event in board.events(FeedReported)} == {"starting", "ok"}
            assert all(one.at <= next_.at for one, next_ in pairwise(board.heard))


async def test_a_clock_that_is_set_forward_wrongly_is_followed_and_ages_are_right_with_the_next_answer() -> (
    None
):
    here, created = Wall(), now() - timedelta(seconds=60)
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a", "stamps": {"created_at": created}}))
        async with watching(spec(server), clock=LiveClock(wall=here)) as board:
            await board.until_feed("ok")
            here.set(hours=1)
            await board.until_feed("skew")
            state = await board.until(lambda state: old(state) < 70)
            assert old(state) > 59
            assert state.at - now() > timedelta(minutes=59)
            assert board.counted("skew", "server clock") == 1


async def test_a_clock_that_was_behind_and_is_put_right_needs_no_restart() -> None:
    here = Wall(minutes=-7)
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}))
        async with watching(spec(server), clock=LiveClock(wall=here)) as board:
            feed = await board.until_feed("skew")
            assert "Have both clocks set" in feed.tip
            here.set()
            await board.until_feed("ok")


async def test_a_clock_that_was_ahead_and_is_put_right_is_told_to_need_a_restart() -> None:
    here = Wall(minutes=7)
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}))
        async with watching(spec(server), clock=LiveClock(wall=here)) as board:
            await board.until_feed("skew")
            here.set()
            state = await board.until(lambda state: "set back by 7 min" in state.feeds["cad/calls"].tip)
            assert state.feeds["cad/calls"].tip.endswith("Restart the console to go by it.")
