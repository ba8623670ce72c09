"""What a card says, and what it leaves out until it is held."""

import pytest

from console.domain.entities import CrewMember
from console.domain.vocabulary import Role, Sensitivity, UnitState
from console.ui.map.cards import MASKED, card, secret
from tests.ui.map.boards import board, call, city, fix, unit


def test_a_call_says_what_where_how_long_and_who_but_no_person() -> None:
    made = card(city(), "call", "1042")
    assert made is not None
    assert made.title == "1042 · Welfare check"
    assert ("Waiting", "18:00, limit 15:00") in made.lines
    assert ("Teams", "none") in made.lines
    assert made.masked == MASKED
    said = repr(made)
    assert not any(private in said for private in ("Jordan", "555"))


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
