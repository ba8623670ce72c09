"""The shipped mappings, each on saved replies of its API's form."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.entities import Call, Unit
from console.domain.vocabulary import (
    CallState,
    FeedName,
    Health,
    Origin,
    Program,
    Role,
    Sensitivity,
    UnitState,
)
from console.feeds.adapter import Failed, Found, Gathered
from console.feeds.adapters.mapped.parsing import parse
from console.feeds.rows.reading import Unreadable
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.request import Request
from console.resources import path
from tests.feeds.mapped.talk import always, flaws, held, mapped, no, rows, said
from tests.samples import samples

REPLIES = Path(__file__).parent / "replies"
SHIPPED = sorted(file.stem for file in path("mappings").glob("*.toml"))


def preset(name: str) -> str:
    return (path("mappings") / f"{name}.toml").read_text(encoding="utf-8")


def reply(name: str) -> Any:
    return json.loads((REPLIES / f"{name}.json").read_text(encoding="utf-8"))


def paths(**answers: Any) -> Callable[[Request], Reply | Trouble]:
    """A server with some lists, by the last word of their path."""

    def server(request: Request) -> Reply | Trouble:
        answer = answers[request.path.rpartition("/")[2]]
        return answer if isinstance(answer, Trouble) else said(answer)

    return server


def board(found: Found, feed: FeedName = FeedName.CALLS) -> dict[str, Any]:
    return {row.unit if feed is FeedName.POSITIONS else row.id: row for row in rows(found, feed)}


def utc(
    hour: int, minute: int, second: int = 0, *, year: int = 2026, month: int = 8, day: int = 22
) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_mapping_can_be_used(name: str) -> None:
    assert parse(preset(name)).request


def first_due() -> Found:
    def server(request: Request) -> Reply:
        if request.named.endswith("?page=2"):
            return said(reply("first-due-2"))
        assert dict(request.query) == {"active_only": "true"}
        link = '<https://sizeup.firstduesizeup.com/fd-api/v1/get-units-by-dispatches?page=2>; rel="next"'
        return said(
            reply("first-due-1"), Link=link.replace("https://sizeup.firstduesizeup.com/fd-api/v1", "")
        )

    return held(mapped(preset("first-due"), programs={"STAR": Program.MOBILE_CRISIS}), server)


def test_first_due_gives_stamps_from_the_history_of_statuses() -> None:
    call: Call = board(first_due())["501"]
    assert (call.stamps.assigned_at, call.stamps.on_scene_at) == (utc(20, 2), utc(20, 12))
    assert (call.state, call.program) == (CallState.ON_SCENE, Program.MOBILE_CRISIS)
    assert call.units == ("E1", "STAR1")
    assert call.committed == ("STAR1",)


def test_first_due_gives_units_by_their_newest_status() -> None:
    units: dict[str, Unit] = board(first_due(), FeedName.UNITS)
    assert {unit.id: unit.state for unit in units.values()} == {
        "STAR1": UnitState.ON_SCENE,
        "E1": UnitState.AVAILABLE,
        "M7": UnitState.ASSIGNED,
    }
    assert units["STAR1"].call == "501"


def test_first_due_reads_every_page_and_a_dispatch_that_nobody_was_sent_to() -> None:
    calls = board(first_due())
    assert sorted(calls) == ["501", "502", "503"]
    assert calls["503"].state is CallState.PENDING


def tickets(responders: Any) -> Found:
    server = paths(incidents=reply("ticketscad-incidents"), responders=responders)
    return held(mapped(preset("ticketscad"), zone="America/Chicago"), server)


def test_ticketscad_gives_calls_in_the_time_of_its_server() -> None:
    call: Call = board(tickets(reply("ticketscad-responders")))["12"]
    assert (call.stamps.created_at, call.address) == (utc(19, 3, 11), "4 Elm St, Saint Paul")
    assert (call.state, call.raw_state, call.priority) == (CallState.UNKNOWN, "2", 2)


def test_ticketscad_leaves_out_what_is_planned_and_places_that_are_none() -> None:
    calls = board(tickets(reply("ticketscad-responders")))
    assert sorted(calls) == ["10", "12"]
    assert (calls["10"].lat, calls["10"].state) == (None, CallState.CLOSED)


def test_ticketscad_shows_an_unknown_group_as_unknown() -> None:
    found = tickets(reply("ticketscad-responders"))
    units: dict[str, Unit] = board(found, FeedName.UNITS)
    assert [units["3"].state, units["4"].state, units["4"].raw_state] == ["available", "unknown", "zz"]
    assert flaws(found, FeedName.UNITS) == [("4", "unknown_code", "state zz")]
    assert list(board(found, FeedName.POSITIONS)) == ["3"]


def test_ticketscad_without_responders_says_so_and_gives_its_calls() -> None:
    found = tickets(no(501))
    units = found[FeedName.UNITS]
    assert isinstance(units, Trouble)
    assert (units.health, units.reason, units.detail) == (
        Health.PAUSED,
        "not_offered",
        "This server gives no units.",
    )
    assert len(board(found)) == 2


def test_ticketscad_asks_for_the_open_ones_then_for_changes_in_the_time_of_the_server() -> None:
    asked: list[dict[str, str]] = []

    def server(request: Request) -> Reply | Trouble:
        if request.path != "/incidents":
            return no(501)
        asked.append(dict(request.query))
        return said(reply("ticketscad-incidents"))

    adapter = mapped(preset("ticketscad"), zone="America/Chicago")
    held(adapter, server)
    held(adapter, server)
    paged = {"offset": "0", "limit": "200"}
    assert asked == [{"status": "2", **paged}, {"since": "2026-08-22 14:04:40", **paged}]


def test_ticketscad_that_refuses_is_told_in_its_words() -> None:
    with pytest.raises(Failed) as told:
        held(mapped(preset("ticketscad")), always({"ok": False, "error": "forbidden_scope"}))
    assert told.value.trouble.detail == 'The API refuses: "forbidden_scope".'


def test_stamps_without_a_zone_are_refused() -> None:
    server = paths(incidents=reply("ticketscad-incidents"), responders=no(501))
    found = held(mapped(preset("ticketscad")), server)
    assert board(found)["12"].stamps.created_at is None
    assert ("12", "bad_field", "created_at: time zone missing") in flaws(found)


def sf_police() -> dict[str, Call]:
    return board(held(mapped(preset("socrata-sf-police")), always(reply("sf-police"))))


def test_san_francisco_police_calls_stand_where_their_stamps_say() -> None:
    calls = sf_police()
    assert {key: call.state for key, call in calls.items()} == {
        "a1": CallState.ON_SCENE,
        "a2": CallState.CLOSED,
        "a3": CallState.PENDING,
    }


def test_san_francisco_police_calls_are_read_whole() -> None:
    call = sf_police()["a1"]
    assert (call.nature, call.nature_text, call.priority) == ("910", "WELL BEING CHECK", 2)
    assert (call.stamps.answered_at, call.lat, call.lon) == (utc(14, 0), 37.7839, -122.4123)
    assert (call.public_initiated, call.sensitivity) == (True, Sensitivity.NORMAL)


def test_san_francisco_police_asks_for_what_was_loaded_since() -> None:
    asked: list[dict[str, str]] = []

    def server(request: Request) -> Reply:
        asked.append(dict(request.query))
        return said(reply("sf-police"))

    adapter = mapped(preset("socrata-sf-police"))
    held(adapter, server)
    held(adapter, server)
    assert asked[0] == {"$order": "id", "$offset": "0", "$limit": "1000"}
    assert asked[1]["$where"] == "data_loaded_at > '2026-08-22T07:43:00.000'"


def sf_fire() -> Found:
    return held(
        mapped(preset("socrata-sf-fire"), programs={"MEDIC": Program.CLINICIAN_EMS}), always(reply("sf-fire"))
    )


def test_rows_of_one_fire_call_become_one_call_with_all_its_units() -> None:
    call: Call = board(sf_fire())["1"]
    assert call.units == ("M15", "E08")
    assert (call.state, call.stamps.cleared_at) == (CallState.CLOSED, utc(17, 20, year=2018, month=1, day=19))
    assert call.program is Program.CLINICIAN_EMS


def test_a_fire_call_that_goes_on_is_open_and_its_odd_code_is_listed() -> None:
    found = sf_fire()
    call: Call = board(found)["2"]
    assert (call.state, call.priority) == (CallState.ASSIGNED, None)
    assert ("2", "unknown_code", "priority X") in flaws(found)


def test_seattle_tells_no_state_and_none_is_made_up() -> None:
    calls = board(held(mapped(preset("socrata-seattle")), always(reply("seattle"))))
    call: Call = calls["F260099001"]
    assert (call.state, call.lat, call.stamps.created_at) == (CallState.UNKNOWN, 47.6101, utc(13, 50))
    assert calls["F260099000"].lat is None


def arcgis(request: Request) -> Reply:
    return said(reply("arcgis-1" if dict(request.query)["resultOffset"] == "0" else "arcgis-2"))


def test_an_arcgis_layer_is_read_to_its_last_page() -> None:
    found = held(mapped(preset("arcgis-featureserver")), arcgis)
    calls = board(found)
    assert sorted(calls) == ["77", "78"]
    assert (calls["77"].state, calls["77"].stamps.answered_at) == (CallState.ON_SCENE, utc(14, 0))
    assert flaws(found) == [("78", "unknown_code", "state Held")]


def test_an_arcgis_error_with_status_200_is_told() -> None:
    error = {"error": {"code": 400, "message": "Invalid query", "details": []}}
    with pytest.raises(Failed) as told:
        held(mapped(preset("arcgis-featureserver")), always(error))
    assert told.value.trouble.detail == 'The API refuses: "Invalid query".'


def snapshot() -> Found:
    return held(mapped(preset("cad-snapshot")), always(reply("cad-snapshot")))


def test_a_snapshot_gives_calls_with_units_and_notes() -> None:
    call: Call = board(snapshot())["9001"]
    assert (call.state, call.origin, call.priority) == (CallState.ENROUTE, Origin.C988, 2)
    assert (call.units, call.narrative) == (("u-7",), "No weapons\nCaller calm")
    assert call.stamps.answered_at == utc(14, 0)


def test_a_snapshot_gives_units_with_crews_and_places() -> None:
    found = snapshot()
    unit: Unit = board(found, FeedName.UNITS)["u-7"]
    assert (unit.state, unit.call, unit.callsign) == (UnitState.ENROUTE, "9001", "STAR 7")
    assert [(member.name, member.role) for member in unit.crew] == [
        ("Bo", Role.OTHER),
        ("Li", Role.CLINICIAN),
    ]
    assert list(board(found, FeedName.POSITIONS)) == ["u-7"]


def test_a_snapshot_lists_the_codes_that_its_mapping_does_not_name() -> None:
    found = snapshot()
    assert sorted(board(found)) == ["9001", "9002"]
    told = {
        what for _, kind, what in (*flaws(found), *flaws(found, FeedName.UNITS)) if kind == "unknown_code"
    }
    assert told == {"priority 7", "origin RADIO", "state ??"}


def test_a_snapshot_without_calls_is_an_empty_board() -> None:
    found = held(mapped(preset("cad-snapshot")), always({"package": {"interops": []}}))
    calls = found[FeedName.CALLS]
    assert isinstance(calls, Gathered)
    assert (list(calls.rows), calls.complete) == ([], True)


def test_a_snapshot_that_lacks_its_list_changes_nothing() -> None:
    with pytest.raises(Unreadable):
        held(mapped(preset("cad-snapshot")), always({"package": {}}))


@given(st.permutations(reply("sf-fire")))
def test_any_order_of_rows_gives_the_same_calls(shuffled: list[Any]) -> None:
    adapter = mapped(preset("socrata-sf-fire"))
    assert rows(held(adapter, always(shuffled)), FeedName.CALLS) == rows(
        held(adapter, always(reply("sf-fire"))), FeedName.CALLS
    )


FIRE, where_saved = samples("sf-fire-2018")


@where_saved
def test_a_recorded_day_of_fire_calls_is_read_whole() -> None:
    (file,) = FIRE.glob("soda-nuek-vuh3-watch-*.json")
    adapter = mapped(preset("socrata-sf-fire"))
    found = held(adapter, lambda _request: said(file.read_bytes()))
    calls = rows(found, FeedName.CALLS)
    assert len(calls) == 413
    assert sum(len(call.assignments) for call in calls) == 890
    assert flaws(found) == []
