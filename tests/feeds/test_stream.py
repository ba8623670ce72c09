"""A source that tells its changes by itself: sooner than a poll, never instead of the truth."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from console.domain.events import CallsChanged
from console.domain.vocabulary import FeedName, Health
from tests.feeds.answers import Answer, Asked, Closed, body, head, late, now, page, status
from tests.feeds.board import eventually, spec, watching
from tests.feeds.chaos import Chaos

EVENTS = "/v1/events"
CALLS = "/v1/calls"
SELDOM = 60.0


def event(name: str, content: object, kind: str = "event") -> bytes:
    """One event."""
    return f"{kind}: {name}\ndata: ".encode() + msgspec.json.encode(content) + b"\n\n"


def told(
    *rows: Any, cursor: str = "2", full: bool = False, ago: timedelta = timedelta()
) -> Callable[[], bytes]:
    """Calls that changed, stamped when that is told."""

    def made() -> bytes:
        clock = {"now": now() - ago}
        return event("calls", {"clock": clock, "cursor": cursor, "full": full, "items": rows, "removed": ()})

    return made


def beat() -> bytes:
    """Nothing has changed."""
    return event("heartbeat", {"now": now()})


Piece = bytes | Callable[[], bytes]


class Stream:
    """An answer that goes on with what the test says, until that is nothing."""

    def __init__(self, *first: Piece) -> None:
        self._pieces: asyncio.Queue[Piece] = asyncio.Queue()
        for piece in first:
            self._pieces.put_nowait(piece)

    def say(self, piece: Piece) -> None:
        """Go on; empty ends it."""
        self._pieces.put_nowait(piece)

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        """Play it."""
        writer.write(head(200, {"Content-Type": "text/event-stream"}, None))
        while piece := await self._pieces.get():
            writer.write(piece if isinstance(piece, bytes) else piece())
            await writer.drain()
        raise Closed


async def test_a_change_is_on_the_board_before_the_next_poll() -> None:
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}, cursor="1"))
        server.play(EVENTS, Stream(told({"id": "b"})))
        async with watching(spec(server, every=SELDOM)) as board:
            await board.until(lambda state: set(state.calls) == {"a", "b"})
            assert server.times(CALLS) == 1
            asked = next(asked for asked in server.asked if asked.path == EVENTS)
            assert asked.query == {"calls": "1"}
            assert asked.headers["authorization"] == "Bearer s3cret"
            assert asked.headers["accept"] == "text/event-stream"


@pytest.mark.parametrize(
    "answer", [status(404), status(405), status(501), body(b"{}")], ids=["404", "405", "501", "JSON"]
)
async def test_a_server_without_events_is_asked_for_them_once_and_polled(answer: Answer) -> None:
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}))
        server.play(EVENTS, answer)
        async with watching(spec(server)) as board:
            await board.until(lambda _: server.times(CALLS) > 8)
            assert server.times(EVENTS) == 1
            assert board.feed().reported is Health.OK


async def test_a_server_that_cannot_tell_just_now_is_asked_again() -> None:
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}, cursor="1"))
        server.play(EVENTS, status(503), Stream(told({"id": "b"})))
        async with watching(spec(server, every=SELDOM)) as board:
            await board.until(lambda state: "b" in state.calls)


async def test_a_configuration_may_have_no_events() -> None:
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}))
        server.play(EVENTS, Stream(told({"id": "b"})))
        source = msgspec.structs.replace(spec(server), events=False)
        async with watching(source) as board:
            await board.until(lambda _: server.times(CALLS) > 8)
            assert server.times(EVENTS) == 0


async def test_that_nothing_has_changed_keeps_the_age_true() -> None:
    async with Chaos() as server:
        stream = Stream()
        server.play(CALLS, page({"id": "a"}, cursor="1"))
        server.play(EVENTS, stream)
        async with watching(spec(server, every=SELDOM)) as board:
            await board.until(lambda _: server.times(EVENTS))
            before = board.feed()
            stream.say(beat)
            state = await board.until(lambda state: state.feeds["cad/calls"] != before)
            after = state.feeds["cad/calls"]
            assert before.answered_at is not None
            assert after.answered_at is not None
            assert after.answered_at > before.answered_at
            assert after.reported is Health.OK


async def test_polls_are_rarer_beside_a_stream_and_at_their_pace_at_once_after_it() -> None:
    async with Chaos() as server:
        stream = Stream(beat)
        server.play(CALLS, page({"id": "a"}, cursor="1", etag='"1"'))
        server.play(EVENTS, stream, status(404))
        async with watching(spec(server, every=0.05), relaxed=1_000.0) as board:
            await board.until(lambda state: state.calls and board.feed().every > timedelta(seconds=1))
            asked = server.times(CALLS)
            stream.say(b"")
            await board.until(lambda _: server.times(CALLS) > asked + 3)
            assert board.feed().every == timedelta(seconds=0.05)


async def test_a_stream_that_breaks_goes_on_after_what_is_held_and_tells_nothing_twice() -> None:
    async with Chaos() as server:
        first, second = Stream(told({"id": "b"}, cursor="2")), Stream(told({"id": "c"}, cursor="3"))
        server.play(CALLS, page({"id": "a"}, cursor="1"), page(cursor="2", full=False))
        server.play(EVENTS, first, second)
        async with watching(spec(server, every=SELDOM)) as board:
            await board.until(lambda state: "b" in state.calls)
            first.say(b"")
            await board.until(lambda state: "c" in state.calls)
            asked = [asked.query for asked in server.asked if asked.path == EVENTS]
            assert asked == [{"calls": "1"}, {"calls": "2"}]
            told_ids = [[call.id for call in each.changed] for each in board.events(CallsChanged)]
            assert told_ids == [["a"], ["b"], ["c"]]


@pytest.mark.parametrize(
    "piece",
    [
        b"",
        b"event: calls\ndata: {\n\n",
        b"event: heartbeat\ndata: soon\n\n",
        b"data: " + b"x" * 30_000,
        b"event: calls\ndata: \xff\n\n",
        told(full=True),
    ],
    ids=["ends", "is cut", "tells no time", "is endless", "is no text", "is suddenly empty"],
)
async def test_polls_go_on_and_the_stream_begins_anew_when_it(piece: Piece) -> None:
    async with Chaos() as server:
        stream = Stream()
        server.play(CALLS, page({"id": "a"}, cursor="1"), page({"id": "a"}, {"id": "b"}, cursor="2"))
        server.play(EVENTS, stream, Stream(told({"id": "c"}, cursor="3")))
        async with watching(spec(server, every=SELDOM), body=20_000) as board:
            await board.until(lambda _: server.times(EVENTS))
            first = board.feed()
            stream.say(beat)
            await board.until(lambda state: state.feeds["cad/calls"] != first)
            stream.say(piece)
            state = await board.until(lambda state: set(state.calls) == {"a", "b", "c"})
            assert state.feeds["cad/calls"].reported is Health.OK


async def test_a_stream_that_falls_silent_is_given_up() -> None:
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}, cursor="1"), page({"id": "b"}, cursor="2", full=False))
        server.play(EVENTS, Stream(beat))
        async with watching(spec(server, every=SELDOM), silence=0.1) as board:
            await board.until(lambda state: "b" in state.calls)
            await eventually(lambda: server.times(EVENTS) > 1)


async def test_a_page_that_is_older_than_what_a_poll_brought_is_left_out() -> None:
    async with Chaos() as server:
        stream = Stream()
        server.play(CALLS, page({"id": "a", "area": "new"}, cursor="9"))
        server.play(EVENTS, stream)
        async with watching(spec(server, every=SELDOM)) as board:
            await board.until(lambda _: server.times(EVENTS))
            stream.say(told({"id": "a", "area": "old"}, ago=timedelta(seconds=5)))
            stream.say(told({"id": "b"}))
            state = await board.until(lambda state: "b" in state.calls)
            assert state.calls["a"].area == "new"


async def test_what_comes_during_a_poll_that_asks_for_the_same_is_told_once() -> None:
    async with Chaos() as server:
        stream, change = Stream(), page({"id": "b"}, {"id": "c"}, cursor="3", full=False)
        server.play(CALLS, page({"id": "a"}, cursor="1"), late(0.1, change))
        server.play(EVENTS, stream)
        async with watching(spec(server, every=SELDOM)) as board:
            await board.until(lambda _: server.times(EVENTS))
            board.hub.hurry()
            await eventually(lambda: server.times(CALLS) == 2)
            stream.say(told({"id": "c"}, cursor="3"))
            await board.until(lambda state: "c" in state.calls)
            told_ids = [[call.id for call in each.changed] for each in board.events(CallsChanged)]
            assert told_ids == [["a"], ["b", "c"]]


async def test_a_feed_that_fails_is_not_called_well_by_the_stream() -> None:
    async with Chaos() as server:
        stream = Stream(beat)
        server.play(CALLS, page({"id": "a"}, cursor="1"), status(500))
        server.play(EVENTS, stream)
        async with watching(spec(server, every=0.05), retry_first=0.2, retry_most=0.2) as board:
            await board.until_feed("server_error")
            stream.say(beat)
            await board.until(lambda _: server.times(CALLS) > 4)
            assert board.feed().reported is Health.DOWN


async def test_a_feed_that_may_not_be_read_leaves_the_others_their_stream() -> None:
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}, cursor="1"))
        server.play("/v1/units", status(403))
        server.play(EVENTS, Stream(told({"id": "b"})))
        async with watching(spec(server, FeedName.CALLS, FeedName.UNITS, every=SELDOM)) as board:
            await board.until(lambda state: "b" in state.calls)
            assert board.feed("cad/units").reported is Health.AUTH


async def test_stopping_does_not_wait_for_a_stream() -> None:
    async with Chaos() as server:
        server.play(CALLS, page({"id": "a"}, cursor="1"))
        server.play(EVENTS, Stream(told({"id": "b"})))
        began = asyncio.get_running_loop().time()
        async with watching(spec(server, every=SELDOM)) as board:
            await board.until(lambda state: "b" in state.calls)
        assert asyncio.get_running_loop().time() - began < 3.0
