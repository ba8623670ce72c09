"""Faults that show only over several replies, in large ones, or when time itself does odd things."""

import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.domain.entities import Call
from console.domain.feed import health
from console.domain.vocabulary import CallState, FeedName, Health
from console.feeds.process.worker import Worker
from console.feeds.spec import SourceSpec
from tests.feeds.answers import now, page, service, status, text_page
from tests.feeds.board import spec, watching
from tests.feeds.chaos import Chaos
from tests.feeds.test_clocks import Simulated

CALLS = "/v1/calls"
STATES = (CallState.PENDING, *[CallState.CLOSED] * 4)
NIGHT = datetime(2026, 11, 1, 8, 45, tzinfo=UTC)
"""In Denver the second 01:45 of that night."""


async def test_eighty_calls_that_vanish_at_once_stay_and_are_marked_once_that_is_said_twice() -> None:
    rows = [{"id": f"c{number}"} for number in range(80)]
    async with Chaos() as server:
        server.play(CALLS, page(*rows), page(), status(503), page())
        async with watching(spec(server, every=0.05)) as board:
            await board.until_feed("vanished")
            assert not board.state.missing
            state = await board.until(lambda state: state.missing)
            assert (len(state.calls), len(state.missing), len(state.open_calls)) == (80, 80, 80)


async def test_a_burst_of_failures_is_one_trouble_with_one_beginning() -> None:
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}), status(500), status(502), status(503))
        async with watching(spec(server)) as board:
            first = await board.until_feed("server_error")
            await board.until(lambda _: server.times(CALLS) > 9)
            assert board.feed().since == first.since
            assert not board.state.problems


async def test_of_fifty_thousand_calls_the_board_takes_20_000_and_counts_the_others(worker: Worker) -> None:
    rows = [Call(id=f"c{number:05}", state=STATES[number % 5]) for number in range(50_000)]
    async with Chaos() as server:
        server.play(CALLS, page(*rows))
        async with watching(
            spec(server, every=60.0), worker=worker, far=20_000, total=20.0, read=20.0
        ) as board:
            state = await board.until(lambda state: state.problems)
            assert len(state.calls) == 20_000
            assert len(state.open_calls) == 10_000
            assert board.counted("too_many", "more rows than are shown") == 30_000
            assert board.feed().reported is Health.OK


async def test_of_two_fields_with_one_name_the_last_counts() -> None:
    async with Chaos() as server:
        server.play(CALLS, text_page('[{"id":"a","area":"D1","id":"b","area":"D2"}]'))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            assert {key: call.area for key, call in state.calls.items()} == {"b": "D2"}


async def test_a_field_that_the_server_tells_no_more_is_unknown_and_not_zero() -> None:
    async with Chaos() as server:
        told = {"id": "a", "priority": 2, "lat": 39.7, "lon": -104.9, "eligible": True, "address": "12 Alder"}
        server.play(CALLS, page(told), page({"id": "a"}))
        async with watching(spec(server)) as board:
            await board.until(lambda state: state.calls and state.calls["a"].priority == 2)
            state = await board.until(lambda state: state.calls["a"].priority is None)
            call = state.calls["a"]
            assert (call.lat, call.lon, call.eligible, call.address) == (None, None, None, "")
            assert not state.problems


async def test_two_calls_that_claim_one_unit_are_both_shown_and_the_unit_counts_once() -> None:
    rows = [{"id": key, "assignments": [{"unit": "u1"}]} for key in ("a", "b")]
    async with Chaos() as server:
        server.play(CALLS, page(*rows))
        server.play(
            "/v1/units", page({"id": "u1", "program": "mobile_crisis", "state": "enroute", "call": "a"})
        )
        async with watching(spec(server, FeedName.CALLS, FeedName.UNITS)) as board:
            state = await board.until(lambda state: len(state.calls) == 2 and state.units)
            assert [call.units for call in state.calls.values()] == [("u1",), ("u1",)]
            assert list(state.units) == ["u1"]


async def test_the_hour_that_comes_twice_keeps_the_order_of_what_happened() -> None:
    clock = Simulated(NIGHT)
    stamps = ["2026-11-01T01:30:00-06:00", "2026-11-01T01:30:00-07:00"]
    rows = [{"id": key, "stamps": {"created_at": stamp}} for key, stamp in zip("ab", stamps, strict=True)]
    async with Chaos() as server:
        server.play("/v1/service", service(clock, agency={"name": "Test", "timezone": "America/Denver"}))
        server.play(CALLS, page(*rows, clock=clock))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            first, second = (state.calls[key].stamps.created_at for key in "ab")
            assert first is not None
            assert second is not None
            assert second - first == timedelta(hours=1)
            assert timedelta() <= state.at - second < timedelta(minutes=16)


async def test_after_three_hours_of_sleep_the_board_is_stale_at_once_and_fresh_with_the_next_answer() -> None:
    nap = timedelta(hours=3)
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}))
        async with watching(spec(server, every=60.0)) as board:
            await board.until_feed("ok")
            board.clock.follow(now() + nap, 1.0)
            assert health(board.feed(), board.state.at) is Health.STALE
            server.play(CALLS, page({"id": "a"}, ahead=nap))
            board.hub.hurry()
            await board.until(lambda state: health(state.feeds["cad/calls"], state.at) is Health.OK)


async def test_a_host_whose_name_is_unknown_is_told_and_read_as_soon_as_it_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known: set[str] = set()
    resolve = socket.getaddrinfo

    def names(host: Any, *rest: Any, **more: Any) -> Any:
        if host in (b"localhost", "localhost") and "localhost" not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return resolve(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", names)
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}))
        source = SourceSpec(
            "cad", f"http://localhost:{server.port}", feeds=(FeedName.CALLS,), every={FeedName.CALLS: 0.01}
        )
        async with watching(source) as board:
            feed = await board.until_feed("unknown_host")
            assert (feed.reported, server.connections) == (Health.DOWN, 0)
            assert "localhost" in feed.detail
            known.add("localhost")
            await board.until(lambda state: state.calls)
            assert board.feed().reported is Health.OK
