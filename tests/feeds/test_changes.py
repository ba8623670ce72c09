"""What becomes an event: changes only, all rows after a break, and nothing twice."""

import asyncio
import logging
from datetime import timedelta

import pytest

from console.domain.events import CallsChanged, FeedReported, PositionsChanged, ProblemsFound
from console.domain.vocabulary import FeedName, Health
from tests.feeds.answers import Answer, Asked, body, now, page, reset, service, status
from tests.feeds.board import spec, watching
from tests.feeds.chaos import Chaos


def by_cursor(answers: dict[str, Answer], unknown: Answer) -> Answer:
    """A server that answers by the cursor it is asked with, and in full where it does not know it."""

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await answers.get(asked.query.get("since", ""), unknown)(asked, writer)

    return play


async def test_the_first_answer_replaces_the_board_and_equal_ones_change_nothing() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page({"id": "a"}, {"id": "b"}))
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 5)
            (event,) = board.events(CallsChanged)
            assert (event.full, {call.id for call in event.changed}) == (True, {"a", "b"})


async def test_only_the_rows_that_changed_become_an_event() -> None:
    rows = [{"id": f"c{number}"} for number in range(20)]
    async with Chaos() as server:
        server.play("/v1/calls", page(*rows), page(*rows[:-2], {"id": "c18", "area": "D2"}))
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 4)
            _, event = board.events(CallsChanged)
            assert [call.id for call in event.changed] == ["c18"]
            assert event.gone == ("c19",)
            assert not event.full


async def test_an_open_call_that_vanishes_stays_and_is_marked_missing_until_it_returns() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page({"id": "a"}, {"id": "b"}), page({"id": "b"}), page({"id": "b"}))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.missing)
            assert set(state.calls) == {"a", "b"}
            assert set(state.missing) == {"a"}
            server.play("/v1/calls", page({"id": "a"}, {"id": "b"}))
            await board.until(lambda state: not state.missing)


async def test_after_the_first_page_only_changes_are_asked_for() -> None:
    first = page({"id": "a"}, {"id": "b"}, cursor="1")
    second = page({"id": "b", "area": "D2"}, cursor="2", full=False, removed=("a",))
    idle = page(cursor="2", full=False)
    async with Chaos() as server:
        server.play("/v1/units", by_cursor({"": first, "1": second, "2": idle}, status(500)))
        async with watching(spec(server, FeedName.UNITS)) as board:
            state = await board.until(lambda state: "b" in state.units and state.units["b"].area == "D2")
            assert set(state.units) == {"b"}
            await board.until(lambda _: server.times("/v1/units") > 4)
            asked = [each.query.get("since") for each in server.asked if each.path == "/v1/units"]
            assert asked[:4] == [None, "1", "2", "2"]


async def test_nothing_new_is_asked_for_by_tag_and_counts_as_an_answer() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page({"id": "a"}, cursor="1", etag='"x"'))
        async with watching(spec(server)) as board:
            await board.until(lambda state: state.calls)
            server.play("/v1/calls", page(cursor="1", full=False, etag='"y"'))
            await board.until(lambda _: server.times("/v1/calls") > 3)
            before = board.feed()
            await board.until(lambda _: server.times("/v1/calls") > 6)
            after = board.feed()
            assert server.asked[-1].headers["if-none-match"] == '"y"'
            assert after.reported is Health.OK
            assert after.answered_at is not None
            assert before.answered_at is not None
            assert after.answered_at > before.answered_at
            assert after.as_of is not None
            assert after.as_of > before.answered_at


@pytest.mark.parametrize("fault", [status(500), status(401), reset()], ids=["down", "signed out", "cut"])
async def test_after_a_break_everything_is_asked_for_and_replaces_the_board(fault: Answer) -> None:
    async with Chaos() as server:
        idle = page(cursor="1", full=False)
        good = by_cursor({"": page({"id": "a"}, cursor="1", etag='"x"'), "1": idle}, status(500))
        server.play("/v1/calls", good, good, fault, fault, good)
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 7)
            assert [(event.full, len(event.changed)) for event in board.events(CallsChanged)] == [
                (True, 1)
            ] * 2
            assert "if-none-match" not in server.asked[-4].headers


async def test_a_bad_answer_is_no_break() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page({"id": "a"}, cursor="1"), body(b"{"), page(cursor="2", full=False))
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 4)
            assert len(board.events(CallsChanged)) == 1
            assert server.asked[-1].query == {"since": "2"}


async def test_a_cursor_that_the_server_has_forgotten_is_answered_with_everything() -> None:
    async with Chaos() as server:
        server.play(
            "/v1/calls",
            page({"id": "a"}, cursor="1"),
            page(cursor="2", full=False),
            page({"id": "a"}, {"id": "b"}, cursor="x1"),
            page(cursor="x1", full=False),
        )
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 5)
            assert [(event.full, len(event.changed)) for event in board.events(CallsChanged)] == [
                (True, 1),
                (True, 2),
            ]


async def test_a_server_that_starts_anew_gives_its_board_again() -> None:
    async with Chaos() as server:
        source, port = spec(server), server.port
    async with watching(source) as board:
        async with Chaos(port) as server:
            server.play("/v1/calls", page({"id": "a"}, {"id": "b"}, cursor="1"))
            await board.until(lambda state: state.calls)
        await board.until_feed("refused")
        assert set(board.state.calls) == {"a", "b"}
        async with Chaos(port) as server:
            server.play("/v1/calls", page({"id": "b"}, {"id": "c"}, cursor="1"))
            state = await board.until(lambda state: "c" in state.calls)
            assert set(state.missing) == {"a"}


async def test_data_are_told_before_the_health_of_the_same_answer() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page({"id": "a", "state": "?"}))
        async with watching(spec(server)) as board:
            await board.until_feed("ok")
            kinds = [type(event) for event in board.heard if not _starting(event)]
            assert kinds[1:4] == [CallsChanged, ProblemsFound, FeedReported]


def _starting(event: object) -> bool:
    return isinstance(event, FeedReported) and event.feed.reported is Health.STARTING


async def test_a_lasting_flaw_is_told_once_and_again_when_the_row_changes() -> None:
    first, second = ({"id": "a", "priority": "high", "area": area} for area in ("D1", "D2"))
    async with Chaos() as server:
        server.play("/v1/calls", page(first), page(first), page(second))
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 6)
            assert board.counted("bad_field", "priority") == 2


async def test_a_unit_that_works_outside_the_area_is_told_once_however_it_moves() -> None:
    def fix(step: int) -> Answer:
        return page({"unit": "u1", "lat": 41.5, "lon": -104.9 + step / 1_000, "at": now()})

    async with Chaos() as server:
        server.play("/v1/service", service(agency={"bounds": [39.0, -106.0, 41.0, -104.0]}))
        server.play("/v1/positions", *(fix(step) for step in range(8)))
        async with watching(spec(server, FeedName.POSITIONS)) as board:
            await board.until(lambda _: len(board.events(PositionsChanged)) > 5)
            assert board.counted("bad_field", "location suspect") == 1


async def test_two_sources_of_one_feed_do_not_wipe_out_each_other() -> None:
    async with Chaos() as one, Chaos() as other:
        one.play("/v1/units", page({"id": "a"}, {"id": "b"}), page({"id": "b"}))
        other.play("/v1/units", page({"id": "x"}))
        sources = (spec(server, FeedName.UNITS, name=name) for server, name in ((one, "one"), (other, "two")))
        async with watching(*sources) as board:
            await board.until(lambda state: set(state.units) == {"b", "two/x"})
            one.play("/v1/units", status(500))
            await board.until_feed("server_error", "one/units")
            one.play("/v1/units", page({"id": "b"}))
            await board.until_feed("ok", "one/units")
            assert set(board.state.units) == {"b", "two/x"}


async def test_the_log_says_once_that_it_broke_and_once_that_it_healed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, logger="console.feeds")
    async with Chaos() as server:
        server.play("/v1/calls", page({"id": "SECRET-ID"}), *[status(500)] * 5, page({"id": "SECRET-ID"}))
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times("/v1/calls") > 8)
            await board.until_feed("ok")
    told = [record.getMessage() for record in caplog.records if record.name.startswith("console.feeds")]
    assert told == ["cad/calls is down (server_error)", "cad/calls is ok again"]


async def test_feeds_are_on_the_board_before_they_answer() -> None:
    async with Chaos() as server:
        server.play("/v1/service", status(503))
        async with watching(spec(server)) as board:
            await board.until(lambda state: state.feeds)
            assert board.events(FeedReported)[0].feed.reported is Health.STARTING
            assert (await board.until_feed("server_error")).every == timedelta(seconds=0.01)
