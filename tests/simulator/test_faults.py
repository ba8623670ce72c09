"""The grammar of faults, and what each of them does to a client."""

import json
import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.entities import Call
from console.domain.vocabulary import FeedName
from console.simulator.badrows import LONG, SCRIPT, WAYS, spoil, way_of
from console.simulator.faults import KINDS, Fault, FaultError, parse
from console.simulator.options import ServeOptions
from console.simulator.shift import ServedShift, Shift
from tests.simulator.conftest import Serving, Steady

Faulty = Callable[..., httpx.Client]


@pytest.fixture
def faulty(serving: Serving, weekday: Shift) -> Iterator[Faulty]:
    """``faulty(spec, ...)`` is a client of the weekday with these faults."""
    with ExitStack() as stack:

        def start(*specs: str) -> httpx.Client:
            url = serving(ServedShift(weekday, weekday.showcase), ServeOptions(faults=specs))
            return stack.enter_context(httpx.Client(base_url=url, timeout=5, verify=False))

        yield start


@pytest.mark.parametrize(
    ("spec", "fault"),
    [
        ("latency=2s", Fault("latency=2s", "latency", 2.0)),
        ("error=503@30%", Fault("error=503@30%", "error", 503, chance=0.3)),
        ("status=429;retry-after=5", Fault("status=429;retry-after=5", "status", 429, retry_after="5")),
        ("cut@10%", Fault("cut@10%", "cut", chance=0.1)),
        ("drip=50ms", Fault("drip=50ms", "drip", 0.05)),
        ("huge", Fault("huge", "huge", 50)),
        ("skew=-7m", Fault("skew=-7m", "skew", -420)),
        ("rows=bad", Fault("rows=bad", "rows")),
        (
            "calls:error=503 from=20s for=70s",
            Fault("calls:error=503 from=20s for=70s", "error", 503, "calls", start=20, length=70),
        ),
    ],
)
def test_a_fault_is_read_from_its_specification(spec: str, fault: Fault) -> None:
    assert parse(spec) == fault


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_asked_for_by_its_name(kind: str) -> None:
    assert parse(f"{kind}=bad" if kind == "rows" else kind).kind == kind


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("explode", "there is no 'explode'"),
        ("teams:error=503", "there is no feed 'teams'"),
        ("error=200", "not an HTTP error"),
        ("latency=2", "not a duration such as"),
        ("latency=-2s", "not a duration such as"),
        ("latency=2s from=-1s", "not a duration such as"),
        ("error=503@130%", "not a share"),
        ("error=503@1.2.3%", "not a share"),
        ("garbage=3", "takes no value"),
        ("rows=good", "write rows=bad"),
        ("huge=lots", "not a number of megabytes"),
        ("error=503 until=3s", "neither from=DURATION nor for=DURATION"),
        ("error==503@", "cannot be read"),
    ],
)
def test_a_fault_that_cannot_be_read_is_refused_with_what_is_expected(spec: str, says: str) -> None:
    with pytest.raises(FaultError, match=says):
        parse(spec)


@given(st.text(max_size=40))
def test_any_text_is_either_a_fault_or_refused(spec: str) -> None:
    with suppress(FaultError):
        assert parse(spec).kind in KINDS


@pytest.mark.parametrize(("elapsed", "strikes"), [(19.9, False), (20.0, True), (89.9, True), (90.0, False)])
def test_a_fault_strikes_in_its_window_only(elapsed: float, strikes: bool) -> None:
    fault = parse("calls:error=503 from=20s for=70s")
    assert fault.concerns("calls", elapsed) is strikes
    assert not fault.concerns("units", elapsed)


@pytest.mark.parametrize(
    ("spec", "status"),
    [("error=503", 503), ("status=429;retry-after=5", 429), ("auth", 401), ("redirect", 302)],
)
def test_a_fault_answers_with_its_status(faulty: Faulty, spec: str, status: int) -> None:
    assert faulty(spec).get("/v1/calls").status_code == status


def test_too_many_requests_say_how_long_to_wait(faulty: Faulty) -> None:
    assert faulty("status=429;retry-after=5").get("/v1/calls").headers["retry-after"] == "5"


def test_a_fault_of_one_feed_leaves_the_others_alone(faulty: Faulty) -> None:
    client = faulty("calls:error=500")
    assert [client.get(f"/v1/{path}").status_code for path in ("calls", "units", "service")] == [
        500,
        200,
        200,
    ]


def test_the_description_is_never_faulty(faulty: Faulty) -> None:
    assert faulty("error=500").get("/openapi.json").status_code == 200


def test_a_fault_with_a_share_strikes_about_that_often_and_alike_for_one_seed(faulty: Faulty) -> None:
    first, second = (
        [client.get("/v1/service").status_code for _ in range(60)]
        for client in (faulty("error=500@30%"), faulty("error=500@30%"))
    )
    assert first == second
    assert 8 <= first.count(500) <= 30


def test_a_window_opens_and_closes_with_the_clock(faulty: Faulty, steady: Steady) -> None:
    client = faulty("error=500 from=20s for=70s")
    seen = []
    for steady.at in (0, 20, 89, 90):
        seen.append(client.get("/v1/service").status_code)
    assert seen == [200, 500, 500, 200]


def test_latency_delays_the_answer(faulty: Faulty) -> None:
    assert faulty("latency=80ms").get("/v1/service").elapsed > timedelta(milliseconds=75)


def test_a_cut_connection_ends_mid_body(faulty: Faulty) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        faulty("cut").get("/v1/calls")


def test_a_hanging_request_is_never_answered(faulty: Faulty) -> None:
    with pytest.raises(httpx.ReadTimeout):
        faulty("hang").get("/v1/calls", timeout=0.2)


def test_a_dripping_body_comes_byte_by_byte(faulty: Faulty) -> None:
    with faulty("drip=1ms").stream("GET", "/v1/service") as reply:
        pieces = list(reply.iter_raw())
    assert len(pieces) > 50
    assert json.loads(b"".join(pieces))["api"] == "1"


def test_garbage_is_not_json(faulty: Faulty) -> None:
    reply = faulty("garbage").get("/v1/calls")
    assert reply.status_code == 200
    with pytest.raises(UnicodeDecodeError):
        json.loads(reply.content)


def test_a_sign_in_page_is_html(faulty: Faulty) -> None:
    assert faulty("html").get("/v1/calls").headers["content-type"].startswith("text/html")


def test_an_empty_answer_has_no_body(faulty: Faulty) -> None:
    assert faulty("empty").get("/v1/calls").content == b""


@pytest.mark.parametrize("spec", ["huge=3", "bomb=3"])
def test_a_huge_body_is_as_large_as_asked(faulty: Faulty, spec: str) -> None:
    assert len(faulty(spec).get("/v1/calls").content) >= 3 * 1024 * 1024


def test_a_bomb_is_small_on_the_wire(faulty: Faulty) -> None:
    with faulty("bomb=3").stream("GET", "/v1/calls") as reply:
        assert sum(map(len, reply.iter_raw())) < 10_000


def test_a_skewed_clock_is_ahead_in_body_and_header_alike(faulty: Faulty, weekday: Shift) -> None:
    reply = faulty("skew=7m").get("/v1/calls")
    ahead = weekday.showcase + timedelta(minutes=7)
    assert datetime.fromisoformat(reply.json()["clock"]["now"]) == ahead
    assert [datetime.fromisoformat(time) for time in reply.headers.get_list("server-time")] == [ahead]


def test_faults_that_join_go_together(faulty: Faulty, weekday: Shift) -> None:
    reply = faulty("rows=bad", "skew=1m", "latency=5ms").get("/v1/calls")
    assert datetime.fromisoformat(reply.json()["clock"]["now"]) == weekday.showcase + timedelta(minutes=1)


def test_bad_rows_stand_among_good_ones(faulty: Faulty) -> None:
    good, bad = 0, 0
    for row in faulty("rows=bad").get("/v1/calls").json()["items"]:
        try:
            msgspec.convert(row, Call, strict=True)
            good += 1
        except msgspec.ValidationError:
            bad += 1
    assert good > bad > 10


def test_rows_of_every_feed_can_be_bad(faulty: Faulty) -> None:
    clean, spoilt = faulty(), faulty("rows=bad")
    for feed in FeedName:
        assert clean.get(f"/v1/{feed}").json()["items"] != spoilt.get(f"/v1/{feed}").json()["items"]


def call(**fields: Any) -> dict[str, Any]:
    moment = "2026-11-17T14:00:00Z"
    usual = {"nature": "WELCHK", "state": "pending", "narrative": "words", "stamps": {"answered_at": moment}}
    return {"id": "C1", "lat": 39.7, "lon": -104.9, "updated_at": moment, **usual, **fields}


def spoilt(way: str) -> list[dict[str, Any]]:
    """What becomes of a call that is bad in this way."""
    key = next(f"C{i}" for i in range(10_000) if way_of(f"C{i}", 1) == way)
    page = spoil(json.dumps({"items": [call(id=key)]}).encode(), 1)
    rows: list[dict[str, Any]] = json.loads(page)["items"]
    return rows


@pytest.mark.parametrize("way", sorted(set(WAYS) - {"vanished", "twice"}))
def test_each_way_changes_the_row(way: str) -> None:
    (row,) = spoilt(way)
    assert row != call(id=row.get("id"))


def test_a_vanished_call_is_not_on_the_page() -> None:
    assert spoilt("vanished") == []


def test_a_call_that_is_there_twice_says_two_things() -> None:
    first, second = spoilt("twice")
    assert first["id"] == second["id"]
    assert first != second


def test_a_number_that_is_none_is_raw_in_the_json() -> None:
    assert math.isnan(spoilt("not_a_number")[0]["lat"])


def test_a_swapped_place_has_its_coordinates_the_other_way_round() -> None:
    assert (spoilt("swapped")[0]["lat"], spoilt("swapped")[0]["lon"]) == (-104.9, 39.7)


def test_a_long_narrative_is_ten_megabytes_and_there_is_one_on_a_page() -> None:
    keys = [f"C{i}" for i in range(2_000) if way_of(f"C{i}", 1) == "long"]
    page = json.loads(spoil(json.dumps({"items": [call(id=key) for key in keys]}).encode(), 1))
    assert [len(row["narrative"]) >= LONG for row in page["items"]] == [True] + [False] * (len(keys) - 1)


def test_markup_stands_in_every_text() -> None:
    assert spoilt("script")[0]["narrative"] == SCRIPT


def test_stamps_can_be_in_the_future_in_the_year_9999_and_without_a_zone() -> None:
    moments = [spoilt(way)[0]["stamps"]["answered_at"] for way in ("future", "year_9999", "naive")]
    assert moments == ["2026-11-17T16:00:00+00:00", "9999-12-31T23:59:59Z", "2026-11-17T14:00:00"]


def test_about_a_third_of_the_rows_is_bad_in_every_way_there_is() -> None:
    ways = [way_of(f"C{i}", 1) for i in range(3_000)]
    assert set(ways) == {"", *WAYS}
    assert 0.6 < ways.count("") / len(ways) < 0.73
