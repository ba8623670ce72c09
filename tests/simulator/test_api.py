"""The dispatch API over real HTTP on loopback."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec
import pytest

from console.domain.contract import ROW_TYPES, Page, Service
from console.domain.entities import Call, Unit
from console.domain.vocabulary import FeedName
from console.simulator.openapi import document
from console.simulator.options import ServeOptions
from console.simulator.shift import ServedShift, Shift
from tests.simulator.conftest import NOW, Serving, Steady

MOVED = timedelta(days=6, hours=9)


def page_of(reply: httpx.Response, kind: type[Any] = Call) -> Page[Any]:
    return msgspec.json.decode(reply.content, type=Page[kind])  # type: ignore[valid-type]  # as the feed asks


@pytest.fixture
def url(serving: Serving, weekday: Shift) -> str:
    """The weekday from its showcase on, its stamps as they are."""
    return serving(ServedShift(weekday, weekday.showcase))


def test_the_service_says_who_it_is(web: httpx.Client, url: str, weekday: Shift) -> None:
    service = msgspec.json.decode(web.get(f"{url}/v1/service").content, type=Service)
    assert service.agency == weekday.agency
    assert service.clock.now == weekday.showcase
    assert service.clock.simulated
    assert service.feeds == tuple(FeedName)


@pytest.mark.parametrize("feed", FeedName)
def test_every_page_decodes_as_the_contract_says(
    web: httpx.Client, url: str, weekday: Shift, feed: FeedName
) -> None:
    page = page_of(web.get(f"{url}/v1/{feed}"), ROW_TYPES[feed])
    assert page.full
    assert len(page.items) > 10
    assert feed is FeedName.POSITIONS or list(page.items) == list(
        weekday.timeline.board(feed, weekday.showcase).values()
    )


@pytest.mark.parametrize("feed", FeedName)
def test_a_cursor_brings_what_changed_since_and_only_that(url: str, steady: Steady, feed: FeedName) -> None:
    with httpx.Client(verify=False, base_url=url) as client:
        first = page_of(client.get(f"/v1/{feed}"), ROW_TYPES[feed])
        steady.at = 7_200
        increment = page_of(client.get(f"/v1/{feed}", params={"since": first.cursor}), ROW_TYPES[feed])
        whole = page_of(client.get(f"/v1/{feed}"), ROW_TYPES[feed])
    assert not increment.full
    assert increment.cursor == whole.cursor
    assert increment.items
    assert set(increment.items) <= set(whole.items)
    assert set(whole.items) - set(increment.items) <= set(first.items)


@pytest.mark.parametrize("cursor", ["", "x", "1.2.3", "ffffffffffff.3", "٣", "-1", "0" * 400])
def test_a_cursor_the_server_does_not_know_is_answered_with_a_full_page(
    web: httpx.Client, url: str, cursor: str
) -> None:
    assert page_of(web.get(f"{url}/v1/calls", params={"since": cursor})).full


def test_a_cursor_from_the_future_is_answered_with_a_full_page(web: httpx.Client, url: str) -> None:
    epoch = page_of(web.get(f"{url}/v1/calls")).cursor.partition(".")[0]
    assert page_of(web.get(f"{url}/v1/calls", params={"since": f"{epoch}.999999"})).full


def test_a_cursor_of_the_same_shift_moved_elsewhere_is_not_known(
    web: httpx.Client, url: str, serving: Serving, weekday: Shift
) -> None:
    other = serving(ServedShift(weekday, weekday.showcase, MOVED))
    cursor = page_of(web.get(f"{url}/v1/calls")).cursor
    assert page_of(web.get(f"{other}/v1/calls", params={"since": cursor})).full


def test_the_same_shift_served_again_knows_the_cursors_of_before(
    web: httpx.Client, url: str, serving: Serving, weekday: Shift
) -> None:
    again = serving(ServedShift(weekday, weekday.showcase))
    cursor = page_of(web.get(f"{url}/v1/calls")).cursor
    assert not page_of(web.get(f"{again}/v1/calls", params={"since": cursor})).full


@pytest.mark.parametrize("path", ["service", *FeedName])
def test_an_unchanged_page_costs_a_304_that_still_tells_the_time(
    web: httpx.Client, url: str, path: str
) -> None:
    first = web.get(f"{url}/v1/{path}")
    again = web.get(f"{url}/v1/{path}", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert again.status_code == 304
    assert again.content == b""
    assert "server-time" in again.headers
    assert again.headers["etag"] == first.headers["etag"]


def test_the_clock_alone_does_not_change_the_tag(web: httpx.Client, url: str, steady: Steady) -> None:
    first = web.get(f"{url}/v1/service")
    steady.at = 60
    second = web.get(f"{url}/v1/service")
    assert second.headers["etag"] == first.headers["etag"]
    assert second.json()["clock"] != first.json()["clock"]


def test_the_tag_changes_with_the_content(web: httpx.Client, url: str, steady: Steady) -> None:
    first = web.get(f"{url}/v1/calls")
    steady.at = 600
    assert web.get(f"{url}/v1/calls", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_the_served_clock_runs_at_its_speed(
    web: httpx.Client, serving: Serving, steady: Steady, weekday: Shift
) -> None:
    url = serving(ServedShift(weekday, weekday.showcase, speed=60.0))
    steady.at = 10
    clock = page_of(web.get(f"{url}/v1/calls")).clock
    assert (clock.now, clock.speed) == (weekday.showcase + timedelta(minutes=10), 60.0)


def test_a_frozen_clock_stands_still(
    web: httpx.Client, serving: Serving, steady: Steady, weekday: Shift
) -> None:
    url = serving(ServedShift(weekday, weekday.showcase, speed=0.0))
    steady.at = 999
    assert page_of(web.get(f"{url}/v1/calls")).clock.now == weekday.showcase


def test_a_rebased_shift_happens_now_and_all_its_stamps_with_it(
    web: httpx.Client, serving: Serving, weekday: Shift
) -> None:
    moved = (NOW - weekday.showcase) // timedelta(seconds=1) * timedelta(seconds=1)
    url = serving(ServedShift(weekday, weekday.showcase, moved, rebased=True))
    page = page_of(web.get(f"{url}/v1/units"), Unit)
    board = weekday.timeline.board(FeedName.UNITS, weekday.showcase)
    assert page.clock.now == NOW
    assert all(unit.since - board[unit.id].since == moved for unit in page.items)  # type: ignore[union-attr]  # units


def test_every_reply_carries_the_served_time(serving: Serving, weekday: Shift) -> None:
    url = serving(
        ServedShift(weekday, weekday.showcase), ServeOptions(token="t", faults=("calls:error=503",))
    )
    with httpx.Client(verify=False, base_url=url, headers={"Authorization": "Bearer t"}) as client:
        replies = [
            client.get("/v1/units"),
            client.get("/v1/calls"),
            client.get("/v1/nothing"),
            client.post("/v1/units"),
            client.get("/v1/units", headers={"Authorization": "Bearer x"}),
        ]
    assert [reply.status_code for reply in replies] == [200, 503, 404, 405, 401]
    assert {datetime.fromisoformat(reply.headers["server-time"]) for reply in replies} == {
        weekday.showcase.astimezone(UTC)
    }


@pytest.mark.parametrize(
    "header", [None, "Bearer", "Bearer wrong", "Basic s3cret", "s3cret", "Bearer s3cret2"]
)
def test_without_the_token_nothing_is_told(
    web: httpx.Client, serving: Serving, weekday: Shift, header: str | None
) -> None:
    url = serving(ServedShift(weekday, weekday.showcase), ServeOptions(token="s3cret"))
    reply = web.get(f"{url}/v1/calls", headers={} if header is None else {"Authorization": header})
    assert reply.status_code == 401
    assert reply.headers["www-authenticate"] == "Bearer"
    assert reply.json()["error"]["code"] == "unauthorized"


def test_with_the_token_the_page_is_given(web: httpx.Client, serving: Serving, weekday: Shift) -> None:
    url = serving(ServedShift(weekday, weekday.showcase), ServeOptions(token="s3cret"))
    assert web.get(f"{url}/v1/calls", headers={"Authorization": "bearer s3cret"}).status_code == 200


def test_the_description_needs_no_token(web: httpx.Client, serving: Serving, weekday: Shift) -> None:
    url = serving(ServedShift(weekday, weekday.showcase), ServeOptions(token="s3cret"))
    assert web.get(f"{url}/openapi.json").content == document()


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/v1/x", 404), ("GET", "/", 404), ("PUT", "/v1/calls", 405)]
)
def test_what_the_api_does_not_have_is_refused_in_json(
    web: httpx.Client, url: str, method: str, path: str, status: int
) -> None:
    reply = web.request(method, url + path)
    assert reply.status_code == status
    assert set(reply.json()["error"]) == {"code", "message"}


def test_a_connection_is_kept_for_the_next_request(url: str) -> None:
    with httpx.Client(verify=False, base_url=url) as client:
        streams = {client.get(f"/v1/{feed}").extensions["network_stream"] for feed in FeedName}
    assert len(streams) == 1


def test_the_description_names_every_path_and_every_reference_leads_somewhere() -> None:
    described = json.loads(document())
    assert set(described["paths"]) == {"/v1/service", "/v1/events", *(f"/v1/{feed}" for feed in FeedName)}
    for reference in _references(described):
        place = described
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]
        assert place


def test_the_description_has_every_field_of_a_row() -> None:
    schemas = json.loads(document())["components"]["schemas"]
    for kind in ROW_TYPES.values():
        assert set(schemas[kind.__name__]["properties"]) == set(kind.__struct_fields__)


def _references(part: object) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [found for value in part.values() for found in _references(value)]
    return [found for value in part for found in _references(value)] if isinstance(part, list) else []
