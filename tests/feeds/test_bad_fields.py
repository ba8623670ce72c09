"""Fields that are wrong: the row stays, the field goes back to unknown, and both are counted once."""

import json
from datetime import timedelta
from typing import Any

import pytest

from console.domain.vocabulary import CallState, Health, Origin
from tests.feeds.answers import call, now, service, text_page
from tests.feeds.board import spec, watching
from tests.feeds.chaos import Chaos

BOUNDS = [39.0, -106.0, 41.0, -104.0]
LATER = now() + timedelta(hours=2)

FIELDS: dict[str, tuple[dict[str, object], str, str, str, object]] = {
    "a state nobody knows": (call(state="EN_ROUTE_2"), "unknown_code", "state", "state", CallState.UNKNOWN),
    "an origin nobody knows": (call(origin="pigeon"), "unknown_code", "origin", "origin", Origin.UNKNOWN),
    "a program nobody knows": (call(program="space"), "unknown_code", "program", "program", None),
    "a number for text": (call(address=12), "bad_field", "address", "address", ""),
    "text for a number": (call(priority="high"), "bad_field", "priority", "priority", None),
    "yes for a number": (call(priority=True), "bad_field", "priority", "priority", None),
    "half a number": (call(priority=1.5), "bad_field", "priority", "priority", None),
    "null for text": (call(nature_text=None), "bad_field", "nature_text", "nature_text", ""),
    "a list for stamps": (call(stamps=[1]), "bad_field", "stamps", "stamps.queued_at", None),
    "text for units": (call(assignments="M1"), "bad_field", "assignments", "assignments", ()),
    "a unit without a name": (call(assignments=[{}]), "bad_field", "assignments.unit", "assignments", ()),
    "a disposition without a code": (
        call(disposition={"text": "x"}),
        "bad_field",
        "disposition.code",
        "disposition",
        None,
    ),
    "a latitude as text": (call(lat="39.7"), "bad_field", "lat", "lat", None),
    "half a place": (call(lon=None), "bad_field", "lon", "lat", None),
    "a place at 0/0": (call(lat=0, lon=0.0), "bad_field", "location 0/0", "lat", None),
    "a place at -0/-0": (call(lat=-0.0, lon=-0.0), "bad_field", "location 0/0", "lat", None),
    "a place at 91/181": (call(lat=91, lon=181), "bad_field", "location impossible", "lon", None),
    "a place the wrong way round": (
        call(lat=-104.9, lon=39.7),
        "bad_field",
        "location swapped?",
        "lat",
        None,
    ),
    "a place on another continent": (
        call(lat=48.2, lon=16.3),
        "bad_field",
        "location impossible",
        "lat",
        None,
    ),
    "a place just outside the area": (
        call(lat=41.5, lon=-104.9),
        "bad_field",
        "location suspect",
        "lat",
        41.5,
    ),
    "a stamp in the future": (call(updated_at=LATER), "bad_field", "updated_at", "updated_at", None),
    "a stamp of the year 9999": (
        call(stamps={"queued_at": "9999-12-31T23:59:59-10:00"}),
        "bad_field",
        "stamps.queued_at",
        "stamps.queued_at",
        None,
    ),
    "a stamp of the year 1": (
        call(updated_at="0001-01-01T00:00:00Z"),
        "bad_field",
        "updated_at",
        "updated_at",
        None,
    ),
    "a stamp without a zone": (
        call(updated_at="2026-11-19T19:00:00"),
        "bad_field",
        "updated_at",
        "updated_at",
        None,
    ),
    "a leap second": (
        call(updated_at="2026-06-30T23:59:60Z"),
        "bad_field",
        "updated_at",
        "updated_at",
        None,
    ),
    "a stamp in an assignment of next week": (
        call(assignments=[{"unit": "u1", "enroute_at": LATER}]),
        "bad_field",
        "assignments.enroute_at",
        "committed",
        ("u1",),
    ),
    "a NUL": (call(address="12\0 Alder"), "bad_field", "address", "address", "12 Alder"),
    "half a character": (call(address="\ud800x"), "bad_field", "address", "address", "\ufffdx"),
    "an endless address": (
        call(address="x" * 2_000),
        "bad_field",
        "address",
        "address",
        "x" * (1_024 - 21) + " [truncated 5c0e0ea4]",
    ),
}


def shown(row: object, path: str) -> Any:
    """The value at a dotted path."""
    for name in path.split("."):
        row = getattr(row, name)
    return row


@pytest.mark.parametrize(("row", "kind", "what", "field", "left"), FIELDS.values(), ids=FIELDS.keys())
async def test_the_row_stays_without_what_is_wrong_when_it_has(
    row: dict[str, object], kind: str, what: str, field: str, left: object
) -> None:
    items = json.dumps([{"id": "good"}, row], default=lambda moment: moment.isoformat())
    async with Chaos() as server:
        server.play("/v1/service", service(agency={"name": "Test City", "bounds": BOUNDS}))
        server.play("/v1/calls", text_page(items))
        async with watching(spec(server)) as board:
            state = await board.until(lambda state: state.calls)
            assert set(state.calls) == {"good", "bad"}
            assert shown(state.calls["bad"], field) == left
            assert state.calls["bad"].nature == "WELCHK"
            await board.until(lambda _: server.times("/v1/calls") > 3)
            assert board.counted(kind, what) == 1
            assert [problem.examples for problem in board.state.problems.values()] == [("bad",)]
            assert board.feed().reported is Health.OK
