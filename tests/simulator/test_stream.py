"""The feeds as server-sent events over real HTTP on loopback, and what the console makes of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
import msgspec
import pytest
from httpx_sse import ServerSentEvent, connect_sse

from console.domain.contract import HEARTBEAT, Page, ServedClock
from console.domain.entities import Call, Unit
from console.domain.vocabulary import FeedName
from console.feeds.spec import SourceSpec
from console.simulator.options import ServeOptions
from console.simulator.shift import ServedShift, Shift
from tests.feeds.board import watching
from tests.simulator.conftest import Serving, Steady


@contextmanager
def listening(url: str, query: str = "", **headers: str) -> Iterator[Iterator[ServerSentEvent]]:
    """The events of a server."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    with (
        httpx.Client(verify=False, timeout=3.0) as client,
        connect_sse(client, "GET", f"{url}/v1/events{query}", headers=named) as source,
    ):
        yield source.iter_sse()


def page_of(event: ServerSentEvent) -> Page[Call]:
    """The page of calls in an event."""
    return msgspec.json.decode(event.data, type=Page[Call])


@pytest.fixture
def url(serving: Serving, weekday: Shift) -> str:
    """The weekday from its showcase on."""
    return serving(ServedShift(weekday, weekday.showcase))


def test_without_a_cursor_each_feed_is_told_whole_once(url: str) -> None:
    with listening(url) as events:
        first = [next(events) for _ in FeedName]
        assert [event.event for event in first] == [*FeedName]
        assert all(msgspec.json.decode(event.data)["full"] for event in first)


def test_with_a_cursor_only_what_changed_is_told(web: httpx.Client, url: str, steady: Steady) -> None:
    held = msgspec.json.decode(web.get(f"{url}/v1/calls").content, type=Page[Call])
    with listening(url, f"?calls={held.cursor}") as events:
        beat = next(events)
        assert beat.event == HEARTBEAT
        assert msgspec.json.decode(beat.data, type=ServedClock).now == held.clock.now
        steady.at = 7_200
        page = page_of(next(events))
        polled = web.get(f"{url}/v1/calls", params={"since": held.cursor})
        expected = msgspec.json.decode(polled.content, type=Page[Call])
        assert (page.full, page.cursor, page.items) == (False, expected.cursor, expected.items)


def test_a_reader_that_comes_back_goes_on_after_the_last_event(url: str, steady: Steady) -> None:
    with listening(url, "?calls=&units=") as events:
        whole = [next(events), next(events)][-1]
    steady.at = 7_200
    with listening(url, Last_Event_ID=whole.id) as events:
        assert not page_of(next(events)).full
        assert not msgspec.json.decode(next(events).data)["full"]


def test_a_feed_that_is_still_is_proven_while_another_keeps_moving(url: str, steady: Steady) -> None:
    names: list[str] = []
    with listening(url) as events:
        while HEARTBEAT not in names[len(FeedName) + 1 :]:
            steady.at += 20.0
            names.append(next(events).event)
            assert len(names) < 200
    assert FeedName.POSITIONS in names[len(FeedName) :]


def test_events_need_the_token(web: httpx.Client, serving: Serving, weekday: Shift) -> None:
    url = serving(ServedShift(weekday, weekday.showcase), ServeOptions(token="t0ken"))
    assert web.get(f"{url}/v1/events").status_code == 401
    with listening(url, "?calls=", Authorization="Bearer t0ken") as events:
        assert page_of(next(events)).items


@pytest.mark.parametrize("fault", ["cut", "auth", "garbage", "hang", "drip=10s"])
def test_a_fault_strikes_the_stream_as_well(
    serving: Serving, weekday: Shift, steady: Steady, fault: str
) -> None:
    url = serving(ServedShift(weekday, weekday.showcase), ServeOptions(faults=(f"calls:{fault}",)))
    with httpx.Client(verify=False, timeout=0.5) as client, pytest.raises(httpx.HTTPError):  # noqa: SIM117
        with connect_sse(client, "GET", f"{url}/v1/events?calls=") as source:
            next(source.iter_sse())


def test_the_rows_of_the_stream_are_as_bad_as_those_of_the_pages(
    web: httpx.Client, serving: Serving, weekday: Shift
) -> None:
    url = serving(ServedShift(weekday, weekday.showcase), ServeOptions(faults=("rows=bad",)))
    polled = web.get(f"{url}/v1/units").json()
    with listening(url, "?units=") as events:
        assert msgspec.json.decode(next(events).data)["items"] == polled["items"]


async def test_the_console_hears_the_shift_go_on_between_its_polls(
    serving: Serving, weekday: Shift, steady: Steady
) -> None:
    url = serving(ServedShift(weekday, weekday.showcase))
    source = SourceSpec(name="cad", url=url, every=dict.fromkeys(FeedName, 600.0))
    async with watching(source, read=3.0, total=5.0) as board:
        state = await board.until(lambda state: state.calls and state.units and state.positions)
        steady.at = 7_200
        moment = weekday.showcase + timedelta(hours=2)
        units = weekday.timeline.board(FeedName.UNITS, moment).values()
        steps = {unit.id: unit.state for unit in units if isinstance(unit, Unit)}
        await board.until(lambda now: {key: unit.state for key, unit in now.units.items()} == steps)
        await board.until(lambda now: set(now.calls) > set(state.calls))
        assert board.feed().asked_h <= 2 * len(FeedName)
