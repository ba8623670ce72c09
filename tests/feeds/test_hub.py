"""Starting, hurrying and stopping the feeds, from any thread."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from console.domain.events import AgencyDescribed
from console.domain.vocabulary import FeedName, Health
from console.feeds.hub import Hub
from console.feeds.process.worker import Worker
from console.feeds.spec import Dialect, SourceSpec
from console.session.clock import LiveClock, steady
from console.session.sequence import Sequence
from tests.feeds.answers import Answer, body, hang, page, service, status
from tests.feeds.board import eventually, spec, watching
from tests.feeds.chaos import Chaos

LOGIN = b"<html>Please sign in</html>"


def hub_of(*specs: SourceSpec, worker: Worker) -> Hub:
    """A hub with the real limits."""
    clock = LiveClock()
    return Hub(specs, Sequence(clock), clock, steady, worker)


async def from_a_thread(act: Callable[[], None]) -> None:
    """Call ``act`` on another thread."""
    thread = threading.Thread(target=act)
    thread.start()
    await asyncio.to_thread(thread.join)


async def test_hurry_polls_every_feed_at_once() -> None:
    feeds = (FeedName.CALLS, FeedName.UNITS)
    async with Chaos() as server:
        for path in ("/v1/calls", "/v1/units"):
            server.play(path, page())
        async with watching(spec(server, *feeds, every=60.0)) as board:
            await board.until(lambda _: all(server.times(path) == 1 for path in ("/v1/calls", "/v1/units")))
            await board.until_feed("ok")
            await from_a_thread(board.hub.hurry)
            await board.until(lambda _: all(server.times(path) == 2 for path in ("/v1/calls", "/v1/units")))


async def test_hurry_does_not_wait_for_a_server_that_asked_to_be_left_alone() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", status(429, Retry_After="600"), page({"id": "a"}))
        async with watching(spec(server)) as board:
            await board.until_feed("busy")
            board.hub.hurry()
            await board.until(lambda state: state.calls)


async def test_stop_does_not_wait_for_a_server_that_hangs() -> None:
    worker = Worker()
    async with Chaos() as server:
        server.play("/v1/calls", hang)
        hub = hub_of(spec(server), worker=worker)
        running = asyncio.create_task(hub.run())
        await eventually(lambda: server.times("/v1/calls"))
        await from_a_thread(hub.stop)
        await asyncio.wait_for(running, 1.0)
    worker.close()


async def test_a_hub_that_was_stopped_before_it_ran_does_not_run() -> None:
    worker = Worker()
    hub = hub_of(SourceSpec(name="cad", url="http://127.0.0.1:9"), worker=worker)
    hub.stop()
    await asyncio.wait_for(hub.run(), 1.0)
    hub.hurry()
    worker.close()


async def test_stopping_reports_no_failure() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page({"id": "a"}), hang)
        async with watching(spec(server), read=30.0, total=30.0) as board:
            await board.until(lambda _: server.times("/v1/calls") > 1)
        assert board.feed().reported is Health.OK


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (status(503), "server_error"),
        (status(401), "sign_in"),
        (body(LOGIN, kind="text/html"), "web_page"),
        (body(b"{"), "malformed"),
        (service(api="2"), "version"),
        (body(b'{"api":"1"}'), "malformed"),
    ],
)
async def test_a_source_that_does_not_introduce_itself_is_told_on_each_feed(
    answer: Answer, reason: str
) -> None:
    async with Chaos() as server:
        server.play("/v1/service", answer)
        async with watching(spec(server, FeedName.CALLS, FeedName.UNITS)) as board:
            for key in ("cad/calls", "cad/units"):
                feed = await board.until_feed(reason, key)
                assert feed.detail
                assert feed.tip
                assert feed.next_try is not None
            server.play("/v1/service", service())
            server.play("/v1/calls", page({"id": "a"}))
            await board.until(lambda state: state.calls and state.agency)


async def test_a_change_of_the_agency_is_told_once() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page())
        server.play("/v1/service", service(agency={"name": "Day"}), service(agency={"name": "Night"}))
        async with watching(spec(server), service=0.03) as board:
            await board.until(lambda state: state.agency and state.agency.name == "Night")
            await board.until(lambda _: server.times("/v1/service") > 4)
            assert len(board.events(AgencyDescribed)) == 2


async def test_a_failing_introduction_later_on_changes_nothing() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", page({"id": "a"}))
        server.play("/v1/service", service(), status(500))
        async with watching(spec(server), service=0.02) as board:
            await board.until(lambda _: server.times("/v1/service") > 3)
            assert board.feed().reported is Health.OK


async def test_one_forbidden_feed_leaves_the_others_alone() -> None:
    async with Chaos() as server:
        server.play("/v1/calls", status(403))
        server.play("/v1/units", page({"id": "u"}))
        async with watching(spec(server, FeedName.CALLS, FeedName.UNITS)) as board:
            await board.until_feed("forbidden")
            assert (await board.until_feed("ok", "cad/units")).reported is Health.OK


async def test_a_kind_of_source_that_there_is_not_is_refused_at_once() -> None:
    worker = Worker()
    with pytest.raises(ValueError, match="no such kind of source: 'fax'"):
        hub_of(SourceSpec(name="cad", url="https://cad.example", dialect=Dialect("fax")), worker=worker)
    worker.close()
