"""Mappings over real HTTP: from a server's answers to the board."""

import json
from pathlib import Path

import msgspec

from console.domain.vocabulary import CallState, FeedName, Health, Program
from console.feeds.spec import Dialect, SourceSpec
from console.resources import path
from tests.feeds.answers import body, status
from tests.feeds.board import eventually, watching
from tests.feeds.chaos import Chaos

REPLIES = Path(__file__).parent / "replies"


def reply(name: str) -> bytes:
    return (REPLIES / f"{name}.json").read_bytes()


def source(server: Chaos, name: str, **dialect: object) -> SourceSpec:
    text = (path("mappings") / f"{name}.toml").read_text(encoding="utf-8")
    # The pace is the agency's business; here every round is due at once.
    every = dict.fromkeys(FeedName, 0.02)
    return SourceSpec("cad", server.url, Dialect("mapped", mapping=text, **dialect), every=every)  # type: ignore[arg-type]  # fields of a dialect


async def test_a_snapshot_drives_the_board() -> None:
    async with Chaos() as server:
        server.play("/api/v1/snapshot", body(reply("cad-snapshot")))
        spec = source(server, "cad-snapshot", programs={"STAR": Program.MOBILE_CRISIS})
        async with watching(spec) as board:
            state = await board.until(lambda state: state.calls and state.units and state.positions)
            (call,) = (call for call in state.calls.values() if call.number == "C-1")
            assert (call.program, call.state) == (Program.MOBILE_CRISIS, CallState.ENROUTE)


async def test_a_call_that_leaves_a_complete_snapshot_is_over_as_observed() -> None:
    gone = json.loads(reply("cad-snapshot"))
    gone["package"]["interops"][0]["calls"] = gone["package"]["interops"][0]["calls"][1:]
    async with Chaos() as server:
        server.play("/api/v1/snapshot", body(reply("cad-snapshot")))
        async with watching(source(server, "cad-snapshot")) as board:
            await board.until(lambda state: len(state.calls) == 2)
            server.play("/api/v1/snapshot", body(msgspec.json.encode(gone)))
            state = await board.until(lambda state: any(not call.open for call in state.calls.values()))
            (over,) = (call for call in state.calls.values() if not call.open)
            assert over.number == "C-1"
            assert "closed_at" in over.observed


async def test_an_error_inside_a_good_status_keeps_the_last_board() -> None:
    async with Chaos() as server:
        server.play("/api/v1/snapshot", body(reply("cad-snapshot")))
        async with watching(source(server, "cad-snapshot")) as board:
            await board.until(lambda state: len(state.calls) == 2)
            server.play("/api/v1/snapshot", body(b'{"error": {"description": "device is locked"}}'))
            feed = await board.until_feed("refused_by_api")
            assert feed.reported is Health.DEGRADED
            assert feed.detail.startswith('The API refuses: "device is locked".')
            assert len(board.state.calls) == 2


async def test_a_server_without_units_gives_its_calls() -> None:
    async with Chaos() as server:
        server.play("/incidents", body(reply("ticketscad-incidents")))
        server.play("/responders", status(501))
        async with watching(source(server, "ticketscad", zone="America/Chicago")) as board:
            feed = await board.until_feed("not_offered", "cad/units")
            assert feed.reported is Health.PAUSED
            await board.until(lambda state: len(state.calls) == 2)
            assert board.feed("cad/calls").reported is Health.OK


async def test_a_failed_second_page_changes_nothing() -> None:
    async with Chaos() as server:
        server.play(
            "/query", body(reply("arcgis-1")), body(reply("arcgis-2")), body(reply("arcgis-1")), status(500)
        )
        async with watching(source(server, "arcgis-featureserver")) as board:
            await board.until(lambda state: len(state.calls) == 2)
            await board.until_feed("server_error")
            assert all(call.open for call in board.state.calls.values())


async def test_pages_that_go_round_in_circles_keep_the_board_until_they_end() -> None:
    async with Chaos() as server:
        again = f'<{server.url}/get-units-by-dispatches?page=2>; rel="next"'
        first, last = body(reply("first-due-1"), Link=again), body(reply("first-due-2"))
        circle = body(reply("first-due-2"), Link=again)
        server.play("/get-units-by-dispatches", first, last, first, circle)
        async with watching(source(server, "first-due")) as board:
            before = await board.until(lambda state: len(state.calls) == 3)
            feed = await board.until_feed("pages_repeat")
            assert feed.reported is Health.DEGRADED
            assert "paging" in feed.tip
            assert board.state.calls == before.calls
            server.play("/get-units-by-dispatches", last)
            await board.until_feed("ok")
            assert len(board.state.calls) == 3


async def test_pages_by_link_are_followed_at_the_same_server() -> None:
    async with Chaos() as server:
        link = f'<{server.url}/more>; rel="next"'
        server.play("/get-units-by-dispatches", body(reply("first-due-1"), Link=link))
        server.play("/more", body(reply("first-due-2")))
        async with watching(source(server, "first-due")) as board:
            await board.until(lambda state: len(state.calls) == 3)


NEXT = """
mapping_version = 1
[[request]]
id = "calls"
path = "/active"
every_s = 5
query = { status = "open" }
paging = { kind = "next_url", next = "next" }
[[request.emit]]
kind = "call"
records = "rows"
fields = { id = "id", nature = "type" }
"""


async def test_pages_by_path_and_by_relative_reference_are_found_as_a_browser_finds_them() -> None:
    async with Chaos() as server:
        pages = (
            ("/cad/v1/active", "/cad/v1/active/2?x=a%20b"),
            ("/cad/v1/active/2", "3"),
            ("/cad/v1/active/3", "../last"),
            ("/cad/v1/last", f"{server.url}/else"),
            ("/else", None),
        )
        for number, (where, following) in enumerate(pages):
            rows = [{"id": f"c{number}", "type": "WELCHK"}]
            server.play(where, body(json.dumps({"rows": rows, "next": following}).encode()))
        every = {FeedName.CALLS: 60.0}
        spec = SourceSpec("cad", f"{server.url}/cad/v1/", Dialect("mapped", mapping=NEXT), every=every)
        async with watching(spec) as board:
            await board.until(lambda state: len(state.calls) == 5)
            assert [(asked.path, asked.query) for asked in server.asked] == [
                ("/cad/v1/active", {"status": "open"}),
                ("/cad/v1/active/2", {"x": "a b"}),
                ("/cad/v1/active/3", {}),
                ("/cad/v1/last", {}),
                ("/else", {}),
            ]


async def test_a_page_at_another_server_is_never_asked_for() -> None:
    async with Chaos() as server, Chaos() as other:
        link = f'<{other.url}/more>; rel="next"'
        server.play("/get-units-by-dispatches", body(reply("first-due-1"), Link=link))
        async with watching(source(server, "first-due")) as board:
            await board.until(lambda state: "cad/calls" in state.feeds and state.feeds["cad/calls"].reason)
            assert other.asked == []
            assert not board.state.calls


async def test_socrata_sets_drive_the_board() -> None:
    async with Chaos() as server:
        server.play("/resource/gnap-fj3t.json", body(reply("sf-police")))
        server.play("/resource/nuek-vuh3.json", body(reply("sf-fire")))
        server.play("/resource/kzjm-xkqj.json", body(reply("seattle")))
        for name, calls in (("socrata-sf-police", 3), ("socrata-sf-fire", 2), ("socrata-seattle", 2)):
            async with watching(source(server, name)) as board:
                await board.until(lambda state, calls=calls: len(state.calls) == calls)  # type: ignore[misc]  # bound now


async def test_an_unchanged_reply_is_asked_for_by_its_tag() -> None:
    async with Chaos() as server:
        server.play("/resource/kzjm-xkqj.json", body(reply("seattle"), ETag='"a"'), status(304))
        async with watching(source(server, "socrata-seattle")) as board:
            await board.until(lambda state: len(state.calls) == 2)
            await eventually(lambda: server.times("/resource/kzjm-xkqj.json") > 2)
            assert server.asked[-1].headers["if-none-match"] == '"a"'
            assert board.feed().reported is Health.OK
            assert len(board.state.calls) == 2
