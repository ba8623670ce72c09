"""TicketsCAD's external API: local stamps, pages, deleted rows, and servers that give no units."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from console.commands.connect import connection
from console.domain.vocabulary import CallState, FeedName, Health, UnitState
from console.feeds.adapter import Gathered
from console.feeds.adapters.kinds import adapter
from console.feeds.hub import Hub
from console.feeds.process.worker import Worker
from console.feeds.spec import Dialect, SourceSpec, bearer
from console.feeds.wire.finding import Reply, Trouble
from console.session.clock import LiveClock, steady
from console.session.sequence import Sequence
from console.settings import Settings, SourceSettings
from tests.feeds.answers import body, status
from tests.feeds.board import watching
from tests.feeds.chaos import Chaos
from tests.feeds.tickets import (
    BASE,
    CLOSED,
    INCIDENTS,
    RESPONDERS,
    TICKETS,
    ZONE,
    data,
    local,
    paged,
    responder,
    ticket,
    told,
)
from tests.samples import samples

SAVED, where_saved = samples("ticketscad")


def source(server: Chaos, *, hourly: int = 0) -> SourceSpec:
    """TicketsCAD at ``server``."""
    every = {FeedName.CALLS: 0.01}
    return SourceSpec("cad", server.url + BASE, TICKETS, bearer("tcad_p_x"), every=every, hourly=hourly)


def read(*answers: Reply | Trouble) -> dict[FeedName, Any]:
    """What a first round of these answers gives, one after the other."""
    talk = adapter(TICKETS)
    exchange = talk.ask(talk.rounds[0].name, fresh=True)
    next(exchange)
    for answer in answers[:-1]:
        exchange.send((answer,))
    with pytest.raises(StopIteration) as end:
        exchange.send((answers[-1],))
    found: dict[FeedName, Any] = end.value.value
    return found


def reply(content: bytes) -> Reply:
    """A saved reply."""
    return Reply(200, {}, content, 0.0, 0.0)


def test_local_stamps_are_those_of_the_servers_zone() -> None:
    found = read(reply(data(incidents=[ticket(1, date="2026-08-22 14:03:11")])), reply(data(responders=[])))
    (row,) = found[FeedName.CALLS].rows
    assert row["stamps"]["created_at"] == datetime(2026, 8, 22, 19, 3, 11, tzinfo=UTC)


def test_without_a_time_zone_the_source_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="set `timezone` of the source"):
        adapter(Dialect("ticketscad"))


def test_the_hub_refuses_such_a_source_before_anything_runs(worker: Worker) -> None:
    spec = SourceSpec("cad", "https://cad.example/api/external/v1", Dialect("ticketscad"))
    clock = LiveClock()
    with pytest.raises(ValueError, match="timezone"):
        Hub((spec,), Sequence(clock), clock, steady, worker)


@pytest.mark.parametrize("number", [404, 501])
def test_a_server_without_responders_gives_calls_all_the_same(number: int) -> None:
    missing = Trouble(Health.DOWN, "server_error", "The server has failed.", "", status=number)
    found = read(reply(data(incidents=[ticket(1)])), missing)
    assert isinstance(found[FeedName.CALLS], Gathered)
    for feed in (FeedName.UNITS, FeedName.POSITIONS):
        assert (found[feed].health, found[feed].reason) == (Health.PAUSED, "not_offered")
    assert found[FeedName.UNITS].detail == "This server gives no units."


def test_a_failing_server_is_not_one_that_has_no_units() -> None:
    down = Trouble(Health.DOWN, "server_error", "The server has failed (500).", "", status=500)
    talk = adapter(TICKETS)
    exchange = talk.ask(talk.rounds[0].name, fresh=True)
    next(exchange)
    exchange.send((reply(data(incidents=[])),))
    with pytest.raises(Exception, match="500"):
        exchange.send((down,))


@where_saved
def test_the_saved_replies_give_a_call_and_a_unit() -> None:
    found = read(
        *(reply((SAVED / f"{name}.constructed.json").read_bytes()) for name in ("incidents", "responders"))
    )
    (call,), (unit,), (position,) = (
        found[feed].rows for feed in (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS)
    )
    assert (call["number"], call["nature"], call["address"]) == (
        "2026-001342",
        "Mental health",
        "412 Elm St, Saint Paul",
    )
    assert (unit["id"], unit["callsign"], unit["state"]) == ("77", "STAR1", "out_of_service")
    assert (position["unit"], position["lat"]) == ("77", 44.954)


def test_a_source_of_this_kind_keeps_to_what_the_server_permits() -> None:
    settings = SourceSettings(name="cad", kind="ticketscad", url="https://cad.example/api/external/v1")
    zoned = replace(settings, timezone="America/Chicago")
    specs = [connection(Settings((one,)), Path()).specs[0] for one in (zoned, replace(zoned, hourly=300))]
    assert [spec.hourly for spec in specs] == [1_000, 300]


async def test_the_board_shows_calls_units_and_where_they_are() -> None:
    async with Chaos() as server:
        server.play(INCIDENTS, told(incidents=[ticket(1)]))
        server.play(RESPONDERS, told(responders=[responder()]))
        async with watching(source(server)) as board:
            state = await board.until(lambda state: state.calls and state.units and state.positions)
        assert (state.calls["1"].priority, state.calls["1"].nature) == (2, "Mental health")
        assert state.units["77"].state is UnitState.AVAILABLE
        assert state.positions["77"].lat == pytest.approx(44.95)
        assert server.asked[0].headers["authorization"] == "Bearer tcad_p_x"


async def test_after_the_first_list_only_changes_are_asked_for_in_local_time() -> None:
    updated = local(5)
    async with Chaos() as server:
        server.play(INCIDENTS, told(incidents=[ticket(1, updated=updated)]))
        server.play(RESPONDERS, told(responders=[]))
        async with watching(source(server)) as board:
            await board.until(lambda _: server.times(INCIDENTS) > 1)
        _, second, *_ = (asked for asked in server.asked if asked.path == INCIDENTS)
    since = datetime.strptime(second.query["since"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=ZONE)
    last = datetime.strptime(updated, "%Y-%m-%d %H:%M:%S").replace(tzinfo=ZONE)
    assert last - since == timedelta(minutes=1)


async def test_a_list_of_many_pages_is_read_whole() -> None:
    async with Chaos() as server:
        server.play(INCIDENTS, paged("incidents", [ticket(number) for number in range(450)]))
        server.play(RESPONDERS, paged("responders", [responder(number) for number in range(201)]))
        async with watching(source(server)) as board:
            await board.until(lambda state: (len(state.calls), len(state.units)) == (450, 201))
        offsets = [asked.query["offset"] for asked in server.asked if asked.path == INCIDENTS]
        assert offsets[:3] == ["0", "200", "400"]


async def test_a_call_that_is_closed_leaves_the_open_ones() -> None:
    async with Chaos() as server:
        server.play(
            INCIDENTS,
            told(incidents=[ticket(1)]),
            told(incidents=[ticket(1, status=CLOSED, updated=local())]),
        )
        server.play(RESPONDERS, told(responders=[]))
        async with watching(source(server)) as board:
            state = await board.until(lambda state: state.calls and not state.open_calls)
        assert state.calls["1"].state is CallState.CLOSED


async def test_a_deleted_call_is_over_once_two_whole_lists_lack_it() -> None:
    async with Chaos() as server:
        server.play(INCIDENTS, told(incidents=[ticket(1), ticket(2)]), told(incidents=[ticket(1)]))
        server.play(RESPONDERS, told(responders=[]))
        async with watching(source(server)) as board:
            await board.until(lambda state: len(state.open_calls) == 2)
            state = await board.until(lambda state: set(state.open_calls) == {"1"})
        assert "closed_at" in state.calls["2"].observed


async def test_a_server_without_units_is_told_calmly_and_its_calls_are_fine() -> None:
    async with Chaos() as server:
        server.play(INCIDENTS, told(incidents=[ticket(1)]))
        server.play(RESPONDERS, status(501))
        async with watching(source(server)) as board:
            await board.until_feed("not_offered", "cad/units")
            units, calls = board.feed("cad/units"), board.feed()
        assert (units.reported, units.detail) == (Health.PAUSED, "This server gives no units.")
        assert calls.reported is Health.OK


async def test_an_envelope_that_says_no_changes_nothing() -> None:
    refused = body(b'{"ok": false, "error": "forbidden_scope"}')
    async with Chaos() as server:
        server.play(INCIDENTS, told(incidents=[ticket(1)]), refused)
        server.play(RESPONDERS, told(responders=[]))
        async with watching(source(server)) as board:
            feed = await board.until_feed("refused_by_api")
            assert "forbidden_scope" in feed.detail
            assert set(board.state.open_calls) == {"1"}


async def test_the_requests_of_the_hour_and_those_permitted_are_shown() -> None:
    async with Chaos() as server:
        server.play(INCIDENTS, told(incidents=[ticket(1)]))
        server.play(RESPONDERS, told(responders=[]))
        async with watching(source(server, hourly=1_000)) as board:
            await board.until_feed("ok")
            feed = board.feed()
        assert (feed.asked_h, feed.allowed_h) == (2, 1_000)
        assert feed.every >= timedelta(seconds=8)
