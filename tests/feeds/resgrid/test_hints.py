"""Hints of a Resgrid server cause a poll at once; without them the polls go on as they did."""

import json
import os
import sys

import pytest

from console.domain.vocabulary import FeedName
from console.feeds.adapters.resgrid.adapter import ACTIVE_CALLS, EXTRA, STATUSES, UNITS
from console.feeds.adapters.resgrid.events import EVENTS, QUESTIONS, hub, near
from console.feeds.spec import SourceSpec, bearer
from console.feeds.wire import signalr
from tests.feeds.answers import body, status
from tests.feeds.board import eventually, watching
from tests.feeds.chaos import Chaos
from tests.feeds.resgrid.department import DENVER, call, reply, wrapped
from tests.feeds.resgrid.hub import eventing

SLOW = 30.0
"""Seconds between two polls: longer than a test waits for anything."""

CONFIG, PRIORITIES = (question.path for question in QUESTIONS)


@pytest.fixture
def extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is there, and this machine speaks to the network directly."""
    pytest.importorskip("pysignalr")
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)


def serve(server: Chaos, eventing_url: str) -> None:
    """An empty department that names a hub."""
    for path in (UNITS, STATUSES, ACTIVE_CALLS, EXTRA):
        server.play(path, body(wrapped([])))
    server.play(CONFIG, body(wrapped({"EventingUrl": eventing_url})))
    server.play(PRIORITIES, body(wrapped([{"Id": 0, "DepartmentId": 77}])))


def source(server: Chaos, *, events: bool = True) -> SourceSpec:
    """The department, polled so rarely that only a hint brings anything."""
    every = {FeedName.CALLS: SLOW}
    return SourceSpec("cad", server.url, DENVER, bearer("opaque"), every=every, events=events)


@pytest.mark.parametrize("event", EVENTS)
async def test_what_happens_is_on_the_board_at_once(event: str, extra: None) -> None:
    async with Chaos() as server, eventing() as hub:
        serve(server, hub.url)
        async with watching(source(server)) as board:
            await eventually(lambda: hub.called)
            await eventually(lambda: server.times(ACTIVE_CALLS) == 2)
            server.play(ACTIVE_CALLS, body(wrapped([call()])))
            await hub.tell(event, 84112)
            await board.until(lambda state: state.calls)
            assert hub.tokens == ["Bearer opaque"]
            assert [(said["target"], said["arguments"]) for said in hub.called] == [("Connect", [77])]


async def test_several_hints_of_one_act_cause_one_poll(extra: None) -> None:
    async with Chaos() as server, eventing() as hub:
        serve(server, hub.url)
        async with watching(source(server)) as board:
            await eventually(lambda: server.times(ACTIVE_CALLS) == 2)
            server.play(ACTIVE_CALLS, body(wrapped([call()])))
            for number in range(20):
                await hub.tell("callsUpdated", number)
            await board.until(lambda state: state.calls)
            assert server.times(ACTIVE_CALLS) == 3


async def test_a_hub_that_ends_the_connection_is_looked_for_again(extra: None) -> None:
    async with Chaos() as server, eventing() as hub:
        serve(server, hub.url)
        async with watching(source(server)):
            await eventually(lambda: len(hub.called) == 1)
            await hub.leave()
            await eventually(lambda: len(hub.called) == 2)


@pytest.mark.parametrize("answer", [status(404), body(wrapped({"EventingUrl": None})), body(b"{}")])
async def test_a_server_without_hints_is_polled_as_ever(answer: object, extra: None) -> None:
    async with Chaos() as server:
        serve(server, "")
        server.play(CONFIG, answer)  # type: ignore[arg-type]  # a parametrized answer
        async with watching(source(server)) as board:
            await board.until_feed("ok")
            await eventually(lambda: server.times(CONFIG) == 1)
            server.play(ACTIVE_CALLS, body(wrapped([call()])))
            board.hub.hurry()
            await board.until(lambda state: state.calls)
            assert server.times(CONFIG) == 1


async def test_without_the_extra_nothing_is_asked_and_the_polls_go_on(
    monkeypatch: pytest.MonkeyPatch, extra: None
) -> None:
    monkeypatch.setitem(sys.modules, "pysignalr", None)
    async with Chaos() as server:
        serve(server, "")
        async with watching(source(server)) as board:
            await board.until_feed("ok")
            board.hub.hurry()
            await eventually(lambda: server.times(ACTIVE_CALLS) == 2)
            assert server.times(CONFIG) == 0


async def test_nobody_listens_where_the_configuration_says_so(extra: None) -> None:
    async with Chaos() as server:
        serve(server, "")
        async with watching(source(server, events=False)) as board:
            await board.until_feed("ok")
            assert server.times(CONFIG) == 0


@pytest.mark.parametrize("named", ["HTTPS_PROXY", "all_proxy"])
def test_no_connection_goes_through_a_proxy_that_the_configuration_does_not_name(
    monkeypatch: pytest.MonkeyPatch, extra: None, named: str
) -> None:
    assert signalr.offered(SourceSpec("cad", "https://cad.example.org", DENVER))
    monkeypatch.setenv(named, "http://127.0.0.1:9")
    assert not signalr.offered(SourceSpec("cad", "https://cad.example.org", DENVER))


@pytest.mark.parametrize(
    ("url", "api", "same"),
    [
        ("https://cad.example.org", "https://cad.example.org", True),
        ("https://events.example.org", "https://api.example.org", True),
        ("https://events.elsewhere.org", "https://api.example.org", False),
        ("https://badexample.org", "https://api.example.org", False),
        ("https://events.org", "https://example.org", False),
        ("http://events.example.org", "https://api.example.org", False),
        ("http://127.0.0.1:5000", "http://127.0.0.1:4000", True),
        ("http://127.0.0.1:5000", "https://api.example.org", False),
        ("https://me@api.example.org", "https://api.example.org", False),
        ("", "https://api.example.org", False),
        ("https://[", "https://api.example.org", False),
    ],
)
def test_the_sign_in_goes_to_the_same_house_only(url: str, api: str, same: bool) -> None:
    assert near(url, api) is same


def test_no_hub_without_a_department() -> None:
    config = reply(json.dumps({"Status": "success", "Data": {"EventingUrl": "https://a.b.org"}}).encode())
    assert hub(config, reply(wrapped([])), "https://a.b.org") is None
