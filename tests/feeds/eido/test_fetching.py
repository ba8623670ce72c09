"""EIDO over real HTTP and from files: documents, references to documents, and what of them goes wrong."""

import asyncio
import json
from pathlib import Path

import pytest

from console.domain.vocabulary import CallState, FeedName, Health
from console.feeds.adapter import Failed
from console.feeds.adapters.kinds import adapter
from console.feeds.rows.reading import Unreadable
from console.feeds.spec import Dialect, SourceSpec
from console.feeds.wire.finding import Reply, Trouble, down
from console.feeds.wire.folder import Folder
from console.feeds.wire.limits import Limits
from console.feeds.wire.request import Request
from console.session.clock import steady
from tests.feeds.answers import Answer, Asked, body, status
from tests.feeds.board import Board, eventually, watching
from tests.feeds.chaos import Chaos
from tests.feeds.eido.documents import CALL, CRISIS, PATROL, incident, moment, on_the_way, over
from tests.feeds.eido.talk import EIDO, asked, reply, told
from tests.feeds.eido.test_place import BOMB

KIND = "application/emergency.eido+json"
DETAIL = "'nowhere' is no folder that can be read (FileNotFoundError)."
GONE = Trouble(Health.DOWN, "not_found", "The address does not have this feed (404).", "Check.", status=404)
SPOILT = Trouble(Health.DOWN, "server_error", "The server has failed (500).", "Wait.", status=500)
NO_PAGE = Trouble(Health.AUTH, "web_page", "The server gave a web page.", "Check.", status=200)


def served(*documents: object) -> Answer:
    """An answer of these documents."""
    return body(json.dumps(documents).encode(), kind=KIND)


def source(url: str) -> SourceSpec:
    """An EIDO source at ``url``."""
    return SourceSpec("psap", url, EIDO, every=dict.fromkeys((FeedName.CALLS,), 0.01))


async def answered_again(board: Board) -> None:
    """Wait for one more answer."""
    before = board.feed("psap/calls").answered_at
    board.hub.hurry()
    await eventually(lambda: board.feed("psap/calls").answered_at != before)


@pytest.mark.parametrize(
    "value",
    [
        on_the_way(),
        [on_the_way()],
        [[on_the_way()]],
        {"eidos": [on_the_way()]},
        {"event": {"subscriptionId": "1", "notification": [on_the_way()]}},
        {"Event": {"Notification": [on_the_way()]}},
    ],
)
def test_a_document_may_stand_alone_in_a_list_or_in_a_push(value: object) -> None:
    assert [row["id"] for row in asked((reply(value),))[FeedName.CALLS].rows] == [CALL]


def test_a_list_of_references_has_each_document_asked_for() -> None:
    talk = adapter(EIDO).ask("eido", fresh=True)
    (first,) = next(talk)
    pages = talk.send((reply({"eidos": ["https://psap.example/eido/1", "/eido/2"]}),))
    accepts = (("Accept", f"{KIND}, application/json"),)
    assert first == Request("", headers=accepts)
    assert [page.links for page in pages] == [("https://psap.example/eido/1",), ("/eido/2",)]
    assert {page.headers for page in pages} == {accepts}


@pytest.mark.parametrize("lost", [GONE, NO_PAGE, SPOILT])
def test_a_listed_document_that_cannot_be_had_is_counted_and_ends_no_call(lost: Trouble) -> None:
    found = asked((reply({"eidos": ["/1", "/2"]}),), (lost, reply(incident())))
    assert [row["id"] for row in found[FeedName.CALLS].rows] == [CALL]
    assert told(found) == [("orphan", "document")]
    assert not any(gathered.complete for gathered in found.values())


def test_a_listed_document_that_cannot_be_read_is_counted_and_costs_no_other() -> None:
    broken = Reply(200, {}, b'{"$id": "', 0.0, 0.0)
    found = asked((reply({"eidos": ["/1", "/2"]}),), (broken, reply(incident())))
    assert [row["id"] for row in found[FeedName.CALLS].rows] == [CALL]
    assert told(found) == [("bad_row", "document")]


def test_a_list_of_which_nothing_can_be_had_is_no_empty_board() -> None:
    with pytest.raises(Failed):
        asked((reply({"eidos": ["/1", "/2"]}),), (SPOILT, SPOILT))


def test_a_document_that_cannot_be_had_spoils_the_round() -> None:
    with pytest.raises(Failed):
        asked(
            (reply({"eidos": ["/1", "/2"]}),),
            (down("cut", "The connection was cut.", "Wait."), reply(incident())),
        )


@pytest.mark.parametrize("value", ["text", 5, {"eidos": ["/1"] * 501}])
def test_another_thing_than_documents_is_refused(value: object) -> None:
    with pytest.raises(Unreadable):
        asked((reply(value),))


def test_a_time_zone_that_there_is_not_is_told_at_once() -> None:
    with pytest.raises(ValueError, match="no such time zone"):
        adapter(Dialect("eido", zone="Denver/Colorado"))


async def test_the_board_keeps_when_each_status_was_first_seen() -> None:
    async with Chaos() as server:
        server.play(
            "/", served(incident(2.0)), served(on_the_way(5.0)), served(on_the_way(9.0)), served(over(25.0))
        )
        async with watching(source(server.url)) as board:
            state = await board.until(lambda state: CALL in state.calls and not state.calls[CALL].open)
            await board.until(lambda state: state.units[CRISIS].state == "available")
        call = state.calls[CALL]
        (part,) = (part for part in call.assignments if part.unit == CRISIS)
        assert (part.assigned_at, part.enroute_at, part.cleared_at) == (
            moment(3.0),
            moment(5.0),
            moment(25.0),
        )
        assert set(call.observed) == {"assigned_at", "enroute_at", "cleared_at", "closed_at"}
        assert call.disposition is not None


async def test_a_call_stays_closed_since_it_was_first_seen_closed() -> None:
    async with Chaos() as server:
        server.play("/", served(on_the_way(5.0)), served(over(20.0)), served(over(25.0)))
        async with watching(source(server.url)) as board:
            newest = await board.until(
                lambda state: CALL in state.calls and state.calls[CALL].updated_at == moment(25.0)
            )
        assert newest.calls[CALL].closed_at == moment(20.0)


async def test_an_older_document_never_replaces_a_newer_one() -> None:
    async with Chaos() as server:
        server.play("/", served(over(25.0)), served(on_the_way(5.0)))
        async with watching(source(server.url)) as board:
            await board.until(lambda _: server.times("/") > 4)
            assert board.state.calls[CALL].state is CallState.CLOSED
            assert board.counted("bad_row", "out of order") > 0


async def test_documents_are_fetched_by_reference_at_the_same_server() -> None:
    async with Chaos() as server:
        server.play("/", body(json.dumps({"eidos": [f"{server.url}/eido/1", "/eido/gone"]}).encode()))
        server.play("/eido/1", body(json.dumps(on_the_way()).encode(), kind=KIND))
        async with watching(source(server.url)) as board:
            state = await board.until(lambda state: CALL in state.calls and PATROL in state.units)
        assert state.calls[CALL].state is CallState.ENROUTE
        assert state.positions[CRISIS].lat == pytest.approx(39.75)


async def test_a_list_may_name_documents_in_every_way_and_a_hostile_one_costs_no_other() -> None:
    hostile = incident()
    hostile["locationComponent"][0]["locationByValue"] = BOMB
    async with Chaos() as server:
        listed = [f"{server.url}/a/1", "/a/2", "3", "./list/../4", "?id=5", "/a/gone", "/a/xml"]
        paths = ["/a/1", "/a/2", "/psap/3", "/psap/4", "/psap/eido", "/a/gone", "/a/xml"]
        documents = [
            (hostile if number == 2 else incident()) | {"$id": f"{CALL}{number}"} for number in range(5)
        ]

        async def page(asked: Asked, writer: asyncio.StreamWriter) -> None:
            found = documents[4] if asked.query else {"eidos": listed}
            await body(json.dumps(found).encode(), kind=KIND)(asked, writer)

        server.play("/psap/eido", page)
        server.play("/a/xml", body(BOMB.encode(), kind="application/xml"))
        for path, document in zip(paths[:4], documents, strict=False):
            server.play(path, body(json.dumps(document).encode(), kind=KIND))
        async with watching(source(f"{server.url}/psap/eido")) as board:
            state = await board.until(lambda state: len(state.calls) == 5)
            await board.until(lambda _: server.times("/a/gone") > 5)
            assert board.counted("orphan", "document") == 2
            assert board.counted("bad_field", "locationByValue") == 1
            assert state.calls[f"{CALL}2"].lat is None
            assert state.calls[f"{CALL}3"].lat == pytest.approx(39.74)
            assert sorted({asked.path for asked in server.asked} - {"/psap/eido"}) == sorted(
                {*paths} - {"/psap/eido"}
            )


async def test_a_call_whose_listed_document_is_gone_stays_on_the_board() -> None:
    async with Chaos() as server:
        server.play("/eido", body(json.dumps({"eidos": ["/eido/1", "/eido/2"]}).encode()))
        server.play("/eido/1", served(incident()))
        server.play("/eido/2", served(incident() | {"$id": f"{CALL}2"}))
        async with watching(source(f"{server.url}/eido")) as board:
            await board.until(lambda state: len(state.calls) == 2)
            server.play("/eido/2", status(404))
            await board.until(lambda _: board.counted("orphan", "document"))
            for _ in range(3):
                await answered_again(board)
            assert all(call.open for call in board.state.calls.values())


async def test_a_reference_to_another_server_is_not_followed() -> None:
    async with Chaos() as server, Chaos() as other:
        server.play("/", body(json.dumps({"eidos": [f"{other.url}/eido/1"]}).encode()))
        async with watching(source(server.url)) as board:
            await board.until_feed("elsewhere", "psap/calls")
        assert not other.asked


async def test_a_reference_to_another_server_costs_no_other_document() -> None:
    async with Chaos() as server, Chaos() as other:
        server.play(
            "/", body(json.dumps({"eidos": [f"{other.url}/eido/1", "//evil.invalid/", "/1"]}).encode())
        )
        server.play("/1", served(incident()))
        async with watching(source(server.url)) as board:
            await board.until(lambda state: CALL in state.calls)
            assert board.counted("orphan", "document") == 2
        assert not other.asked


async def test_a_folder_of_documents_makes_a_board(tmp_path: Path) -> None:
    for name, document in (("1", on_the_way(5.0)), ("2", over(25.0))):
        (tmp_path / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
    async with watching(source(tmp_path.as_uri())) as board:
        state = await board.until(lambda state: CALL in state.calls)
        (part,) = (part for part in state.calls[CALL].assignments if part.unit == CRISIS)
        assert (part.enroute_at, part.cleared_at) == (moment(5.0), moment(25.0))
        assert board.feed("psap/calls").reported is Health.OK


async def test_a_file_that_is_half_written_is_counted_and_takes_nothing_away(tmp_path: Path) -> None:
    file = tmp_path / "1.json"
    file.write_text(json.dumps(on_the_way()), encoding="utf-8")
    async with watching(source(tmp_path.as_uri())) as board:
        await board.until(lambda state: CALL in state.calls)
        file.write_text('{"$id": "', encoding="utf-8")
        await board.until(lambda _: board.counted("bad_row", "document"))
        for _ in range(3):
            await answered_again(board)
        assert board.state.calls[CALL].open
        assert PATROL in board.state.units


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    async with watching(source((tmp_path / "nowhere").as_uri())) as board:
        feed = await board.until_feed("not_found", "psap/calls")
        assert (feed.reported, feed.detail) == (Health.DOWN, DETAIL)


async def test_a_folder_is_read_up_to_a_limit_and_no_further(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.json").write_text(json.dumps("x" * 60), encoding="utf-8")
    folder = Folder(source(tmp_path.as_uri()), Limits(body=100), steady)
    answer = await folder.get(Request(""))
    assert isinstance(answer, Trouble)
    assert answer.reason == "too_large"


async def test_an_address_in_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"eidos": ["https://psap.example/1"]}', encoding="utf-8")
    async with watching(source(tmp_path.as_uri())) as board:
        await board.until_feed("elsewhere", "psap/calls")
        assert not board.state.calls
