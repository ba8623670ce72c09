"""When the console asks again."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.vocabulary import FeedName
from console.feeds.poll.backoff import Circuit, backoff, pause
from console.feeds.wire.finding import down
from console.feeds.wire.limits import Limits
from tests.feeds.answers import date, now, page, status
from tests.feeds.board import spec, watching
from tests.feeds.chaos import Chaos

LIMITS = Limits()
YEAR_1971 = datetime(1971, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "low", "high"),
    [
        ("120", 115, 121),
        (lambda: date(now() + timedelta(seconds=90)), 85, 91),
        ("1000000000", 595, 601),
        ("9" * 400, 595, 601),
        (lambda: date(now() + timedelta(days=400)), 595, 601),
        ("soon", -1, 2),
        ("", -1, 2),
        ("-5", -1, 2),
        (lambda: date(YEAR_1971), -1, 2),
    ],
    ids=[
        "seconds",
        "a date",
        "for ever",
        "an endless number",
        "next year",
        "garbage",
        "nothing",
        "less than nothing",
        "the past",
    ],
)
@pytest.mark.parametrize("code", [429, 503])
async def test_a_server_is_left_alone_as_long_as_it_asks(
    asked: object, low: float, high: float, code: int
) -> None:
    text = asked() if callable(asked) else asked
    async with Chaos() as server:
        server.play("/v1/calls", page({"id": "c1"}), status(code, Retry_After=str(text)))
        async with watching(spec(server)) as board:
            feed = await board.until_feed("busy" if code == 429 else "server_error")
            assert feed.next_try is not None
            assert low <= (feed.next_try - board.clock.now()).total_seconds() <= high


async def test_a_date_is_taken_by_the_servers_own_clock() -> None:
    wrong = now() - timedelta(days=1)
    async with Chaos() as server:
        busy = status(429, Retry_After=date(wrong + timedelta(seconds=60)), Date=date(wrong))
        server.play("/v1/calls", page({"id": "c1"}), busy)
        async with watching(spec(server)) as board:
            feed = await board.until_feed("busy")
            assert feed.next_try is not None
            assert 55 <= (feed.next_try - board.clock.now()).total_seconds() <= 61


@given(st.integers(1, 10_000), st.randoms(use_true_random=False))
def test_a_retry_comes_within_the_doubled_time_and_within_a_minute(failures: int, dice: Random) -> None:
    assert 0 <= backoff(failures, LIMITS, dice) <= min(60.0, 2.0 ** min(failures - 1, 60))


def test_retries_are_spread_so_that_consoles_do_not_come_back_together() -> None:
    waits = {round(backoff(7, LIMITS, Random(seed)), 3) for seed in range(50)}
    assert len(waits) > 45


def test_a_request_to_wait_no_time_does_not_make_the_console_hammer() -> None:
    dice = Random(1)
    waits = [pause(down("busy", "", "", 0.0), 6, LIMITS, dice) for _ in range(20)]
    assert max(waits) > 5


def test_the_circuit_opens_at_the_fifth_failure_and_one_feed_probes() -> None:
    circuit = Circuit(LIMITS)
    for _ in range(4):
        circuit.failed(FeedName.CALLS)
    assert not circuit.waits(FeedName.UNITS)
    circuit.failed(FeedName.UNITS)
    assert circuit.waits(FeedName.CALLS)
    assert not circuit.waits(FeedName.UNITS)
    assert circuit.answered()
    assert not circuit.waits(FeedName.CALLS)


async def test_while_a_source_is_down_one_feed_asks_and_then_all_come_back() -> None:
    feeds = (FeedName.CALLS, FeedName.UNITS)
    async with Chaos() as server:
        for path in ("/v1/calls", "/v1/units"):
            server.play(path, page({"id": "x"}), status(500))
        async with watching(spec(server, *feeds), retry_most=0.1, circuit=4) as board:
            await board.until(lambda _: len(server.asked) > 18)
            counts = sorted(server.times(path) for path in ("/v1/calls", "/v1/units"))
            for path in ("/v1/calls", "/v1/units"):
                server.play(path, page({"id": "x"}))
            await board.until_feed("ok", "cad/calls")
            await board.until_feed("ok", "cad/units")
            assert counts[0] < counts[1]
