"""The published models of Resgrid as replies: they give the board that they describe."""

import json
from datetime import UTC, datetime

import pytest

from console.domain.vocabulary import CallState, FeedName, Role, UnitState
from console.feeds.adapters.resgrid.adapter import Resgrid
from console.feeds.adapters.resgrid.codes import BASE_TYPES, CALL_STATES, UNIT_STATES
from console.feeds.spec import Dialect
from tests.feeds.resgrid.department import Department, Row
from tests.samples import samples

SAMPLES, pytestmark = samples("resgrid")


def saved(name: str) -> Row:
    """One saved reply."""
    found: Row = json.loads((SAMPLES / f"{name}.json").read_bytes())
    return found


@pytest.fixture
def department() -> Department:
    found = Department(Resgrid(Dialect("resgrid")))
    found.calls = saved("Calls.GetActiveCalls")["Data"]
    found.units = saved("Units.GetAllUnitsInfos")["Data"]
    found.statuses = saved("UnitStatus.GetAllUnitStatuses")["Data"]
    found.extra = {84112: saved("Calls.GetCallExtraData")["Data"]}
    return found


def test_the_calls_of_the_samples_are_on_the_board(department: Department) -> None:
    first, second = department.round()[FeedName.CALLS].rows
    assert (first["state"], second["state"]) == (CallState.ENROUTE, CallState.PENDING)
    assert first["narrative"] == "Caller reports person in distress at bus stop"
    assert first["stamps"]["assigned_at"] == datetime(2026, 8, 22, 19, 43, 2, 910_000, tzinfo=UTC)
    assert first["stamps"]["enroute_at"] == datetime(2026, 8, 22, 19, 44, 30, tzinfo=UTC)


def test_the_units_of_the_samples_are_on_the_board(department: Department) -> None:
    found = department.round()
    states = [row["state"] for row in found[FeedName.UNITS].rows]
    assert states == [UnitState.ENROUTE, UnitState.ON_SCENE, UnitState.UNKNOWN]
    assert found[FeedName.UNITS].rows[0]["crew"] == [{"role": Role.CLINICIAN, "name": "A. Example"}]
    assert [row["unit"] for row in found[FeedName.POSITIONS].rows] == ["301", "302"]


def test_nothing_in_the_samples_is_a_fault(department: Department) -> None:
    assert [flaw for gathered in department.round().values() for flaw in gathered.flaws] == []


def test_the_tables_are_those_of_the_server() -> None:
    told = saved("enums")
    assert {str(key): name for key, name in UNIT_STATES.items()} == told["UnitStateTypes"]
    assert {str(key): name for key, name in BASE_TYPES.items()} == told["ActionBaseTypes"]
    assert {str(key): name for key, name in CALL_STATES.items()} == told["CallStates"]
