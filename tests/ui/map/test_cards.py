"""What a card says, and what it leaves out until it is held."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from console.domain.definitions import Limit
from console.domain.entities import CrewMember, Stamps
from console.domain.vocabulary import CallState, Role, Sensitivity, UnitState
from console.domain.watching.catalog import PENDING_LONG
from console.ui.map.cards import MASKED, card, secret
from tests.ui.board import NOW, alarmed, an_alarm
from tests.ui.map.boards import PACK, board, call, city, fix, unit


def test_a_call_says_what_where_how_long_and_who_but_no_person() -> None:
    made = card(city(), "call", "1042")
    assert made is not None
    assert made.title == "1042 · Welfare check"
    assert ("Waiting", "18:00, limit 15:00") in made.lines
    assert ("Teams", "none") in made.lines
    assert made.masked == MASKED
    said = repr(made)
    assert not any(private in said for private in ("Jordan", "555"))


def test_a_call_with_a_team_is_told_against_the_limit_of_its_state() -> None:
    stamps = Stamps(on_scene_at=NOW - timedelta(minutes=35))
    state = board(calls=(call("1", state=CallState.ON_SCENE, stamps=stamps),))
    pack = replace(PACK, limits={"on_scene": {"any": Limit(30, 60)}})
    made = card(replace(state, definitions=pack), "call", "1")
    assert made is not None
    assert ("In this state", "35:00, limit 30:00") in made.lines


def test_a_card_names_the_alarms_and_what_became_of_them() -> None:
    made = card(alarmed(city(), an_alarm(PENDING_LONG, "1042", 3, acknowledged_at=NOW)), "call", "1042")
    assert made is not None
    assert ("Alarm 3", "waits too long · acknowledged") in made.lines


def test_a_unit_tells_the_age_of_its_status_apart_from_that_of_its_position() -> None:
    one = unit("STAR 1", updated_at=NOW - timedelta(minutes=4))
    made = card(board((one,), (fix("STAR 1", age=9),)), "unit", "STAR 1")
    assert made is not None
    assert (dict(made.lines)["Fix"], dict(made.lines)["Status"]) == ("9 s old", "4 min old")


def test_an_address_is_told_unless_the_call_is_sensitive() -> None:
    plain = card(board(calls=(call("1"),)), "call", "1")
    assert plain is not None
    assert ("Address", "1200 Alder Street") in plain.lines


@pytest.mark.parametrize("sensitivity", [Sensitivity.DIM, Sensitivity.HIDE])
def test_the_address_of_a_sensitive_call_is_held_to_reveal(sensitivity: Sensitivity) -> None:
    one = call("1", sensitivity=sensitivity)
    made = card(board(calls=(one,)), "call", "1")
    assert made is not None
    assert made.masked == (*MASKED, "Address")
    assert "Alder" not in repr(made)
    assert secret(one).lines[-1] == ("Address", "1200 Alder Street")


def test_a_call_names_the_teams_on_it() -> None:
    made = card(city(), "call", "1039")
    assert made is not None
    assert ("Teams", "STAR 1") in made.lines


def test_a_unit_says_its_crew_by_role_and_never_by_name() -> None:
    crew = (CrewMember(role=Role.CLINICIAN, name="Robin Ash"), CrewMember(role=Role.EMT))
    made = card(board((unit("STAR 1", crew=crew),), (fix("STAR 1", age=4),)), "unit", "STAR 1")
    assert made is not None
    assert dict(made.lines)["Crew"] == "clinician, EMT"
    assert dict(made.lines)["Fix"] == "4 s old"
    assert "Robin" not in repr(made)


def test_a_state_nobody_mapped_is_told_as_it_came() -> None:
    made = card(board((unit("X", UnitState.UNKNOWN, raw_state="EN_ROUTE_2"),)), "unit", "X")
    assert made is not None
    assert dict(made.lines)["State"] == "Unknown «EN_ROUTE_2»"


@pytest.mark.parametrize(("kind", "key"), [("call", "STAR 1"), ("unit", "1042"), ("", ""), ("x", "1042")])
def test_there_is_no_card_of_what_the_board_does_not_hold(kind: str, key: str) -> None:
    assert card(city(), kind, key) is None


def test_the_secret_of_a_call_is_its_caller_and_phone() -> None:
    assert secret(call("1")).lines == (("Caller", "Jordan Vale"), ("Phone", "555-0142"))
