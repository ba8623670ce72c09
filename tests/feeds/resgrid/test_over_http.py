"""A Resgrid server over real HTTP, and the board that comes of it."""

import asyncio
import json
from datetime import datetime, timedelta

from console.domain.entities import Call
from console.domain.state import State
from console.domain.vocabulary import CallState, FeedName, Health, Program, UnitState
from console.feeds.adapters.resgrid.adapter import ACTIVE_CALLS, CALL, EXTRA, STATUSES, UNITS
from console.feeds.adapters.resgrid.sign_in import sign_in
from console.feeds.process.worker import Worker
from console.feeds.spec import SourceSpec
from tests.feeds.answers import Answer, Asked, body, now, status
from tests.feeds.board import watching
from tests.feeds.chaos import Chaos
from tests.feeds.resgrid.department import DENVER, Row, call, dispatch, heading, unit, wrapped

TOKEN = "/api/v4/connect/token"  # a path


def written(moment: datetime) -> str:
    """A moment as the server writes those that are UTC."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"


def ago(minutes: float) -> datetime:
    """A moment before now, in whole seconds."""
    return (now() - timedelta(minutes=minutes)).replace(microsecond=0)


def logged(minutes: float, state: int = 0) -> Row:
    """A call that was logged so many minutes ago."""
    return call(LoggedOn=None, LoggedOnUtc=written(ago(minutes)), State=state)


def stated(status_id: int, since: datetime) -> Row:
    """The unit in a state since then."""
    return unit(status=status_id) | {"CurrentStatusTimestampUtc": written(since)}


def details(extra: Row) -> Answer:
    """Answers what each call's extra data are, by its id."""

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
        found = extra if asked.query.get("callId") == "84112" else None
        await body(wrapped(found))(asked, writer)

    return play


def serve(server: Chaos, calls: list[Row], units: list[Row], statuses: list[Row], extra: Row) -> None:
    """Let ``server`` answer with these from now on."""
    server.play(TOKEN, body(json.dumps({"access_token": "opaque", "expires_in": 86399}).encode()))
    server.play(EXTRA, details(extra))
    server.play(UNITS, body(wrapped(units)))
    server.play(STATUSES, body(wrapped(statuses)))
    server.play(ACTIVE_CALLS, body(wrapped(calls)))


def source(server: Chaos) -> SourceSpec:
    """The department, read quickly."""
    return SourceSpec("cad", server.url, DENVER, sign_in("board", "pass word"), every={FeedName.CALLS: 0.01})


def shown(state: State, held: CallState) -> Call | None:
    """The call, once it is in that state."""
    found = state.calls.get("84112")
    return found if found and found.state is held else None


async def test_the_board_shows_the_department_after_a_sign_in_by_password(worker: Worker) -> None:
    since, sent = ago(5), ago(6)
    async with Chaos() as server:
        extra = {"Dispatches": [dispatch() | {"Timestamp": written(sent).removesuffix("Z")}], "Activity": []}
        serve(server, [logged(8)], [stated(5, since)], [heading()], extra)
        async with watching(source(server), worker=worker) as board:
            state = await board.until(lambda state: state.calls and state.units and state.positions)
            found, team = state.calls["84112"], state.units["301"]
            assert (found.state, found.program) == (CallState.ENROUTE, Program.MOBILE_CRISIS)
            assert (found.stamps.assigned_at, found.stamps.enroute_at) == (sent, since)
            assert found.observed == ("enroute_at",)
            assert (team.state, team.call, team.callsign) == (UnitState.ENROUTE, "84112", "STAR 1")
            assert state.positions["301"].at == since
            assert server.times(TOKEN) == 1
            (given,) = {each.headers["authorization"] for each in server.asked if each.path == ACTIVE_CALLS}
            assert given == "Bearer opaque"


async def test_each_stage_is_kept_and_a_call_that_vanishes_is_closed_with_its_disposition(
    worker: Worker,
) -> None:
    started, arrived = ago(9), ago(3)
    async with Chaos() as server:
        serve(server, [logged(10)], [stated(5, started)], [heading()], {"Dispatches": []})
        async with watching(source(server), worker=worker) as board:
            await board.until(lambda state: shown(state, CallState.ENROUTE))
            server.play(UNITS, body(wrapped([stated(6, arrived)])))
            await board.until(lambda state: shown(state, CallState.ON_SCENE))
            server.play(CALL, body(wrapped(logged(10, state=4))))
            server.play(STATUSES, body(wrapped([])))
            server.play(UNITS, body(wrapped([stated(0, ago(0))])))
            server.play(ACTIVE_CALLS, body(wrapped([])))
            state = await board.until(lambda state: shown(state, CallState.CLOSED))
            over = state.calls["84112"]
            assert over.disposition is not None
            assert over.disposition.text == "Founded"
            assert (over.stamps.enroute_at, over.stamps.on_scene_at) == (started, arrived)
            assert over.closed_at is not None
            assert abs(board.clock.now() - over.closed_at) < timedelta(seconds=10)
            assert {"closed_at", "cleared_at", "enroute_at", "on_scene_at"} <= set(over.observed)
            assert over.committed == ()


async def test_a_call_that_the_server_knows_no_more_ends_by_its_absence(worker: Worker) -> None:
    async with Chaos() as server:
        serve(server, [logged(10)], [stated(5, ago(9))], [heading()], {"Dispatches": []})
        async with watching(source(server), worker=worker) as board:
            await board.until(lambda state: shown(state, CallState.ENROUTE))
            server.play(CALL, body(wrapped(None)))
            server.play(ACTIVE_CALLS, body(wrapped([])))
            state = await board.until(lambda state: shown(state, CallState.CLOSED))
            assert state.calls["84112"].disposition is None
            assert "closed_at" in state.calls["84112"].observed


async def test_a_failure_told_with_status_200_leaves_the_board_as_it_was(worker: Worker) -> None:
    async with Chaos() as server:
        serve(server, [logged(10)], [stated(5, ago(9))], [heading()], {"Dispatches": []})
        async with watching(source(server), worker=worker) as board:
            await board.until(lambda state: shown(state, CallState.ENROUTE))
            server.play(ACTIVE_CALLS, body(wrapped([], "failure")))
            feed = await board.until_feed("refused_by_server")
            assert feed.reported is Health.DEGRADED
            assert shown(board.state, CallState.ENROUTE)
            server.play(ACTIVE_CALLS, body(wrapped([logged(10)])))
            await board.until_feed("ok")


async def test_a_refused_password_is_sent_once(worker: Worker) -> None:
    async with Chaos() as server:
        server.play(TOKEN, body(b'{"error":"invalid_grant"}', 400))
        async with watching(source(server), worker=worker) as board:
            feed = await board.until_feed("password_refused")
            assert feed.reported is Health.AUTH
            await asyncio.sleep(0.2)
            assert server.times(TOKEN) == 1
            assert server.times(ACTIVE_CALLS) == 0


async def test_a_call_whose_details_fail_is_shown_without_them(worker: Worker) -> None:
    async with Chaos() as server:
        serve(server, [logged(10)], [stated(5, ago(9))], [heading()], {})
        server.play(EXTRA, status(500))
        async with watching(source(server), worker=worker) as board:
            await board.until(lambda state: shown(state, CallState.ENROUTE))
            assert board.counted("bad_field", "extra data") == 1


async def test_a_call_of_another_department_costs_its_details_alone(worker: Worker) -> None:
    async with Chaos() as server:
        serve(server, [logged(10)], [stated(5, ago(9))], [heading()], {})
        token = body(json.dumps({"access_token": "opaque", "expires_in": 86399}).encode())
        server.play(TOKEN, *[token] * 4, status(429))
        server.play(EXTRA, status(401))
        async with watching(source(server), worker=worker) as board:
            await board.until(lambda state: shown(state, CallState.ENROUTE))
            await board.until(lambda _: server.times(ACTIVE_CALLS) > 12)
            assert board.feed("cad/calls").reported is Health.OK
            assert (server.times(TOKEN), server.times(EXTRA)) == (2, 2)
            assert board.counted("bad_field", "extra data") == 1
