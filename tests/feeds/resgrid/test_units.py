"""A unit on the board from Resgrid's two lists: its state, its call, its crew, its place."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from console.domain.vocabulary import FeedName, Program, Role, UnitState
from console.feeds.adapters.resgrid.adapter import Resgrid
from console.feeds.adapters.resgrid.codes import BASE_TYPES, STAGES, STATES, UNIT_STATES, role
from tests.feeds.resgrid.department import DENVER, Department, heading, unit


@pytest.fixture
def department() -> Department:
    return Department()


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (0, UnitState.AVAILABLE),
        (1, UnitState.DELAYED),
        (4, UnitState.OUT_OF_SERVICE),
        (5, UnitState.ENROUTE),
        (6, UnitState.ON_SCENE),
    ],
)
def test_a_built_in_state_is_told_by_its_id_whatever_its_base_type(
    department: Department, status: int, state: UnitState
) -> None:
    department.units = [unit(status=status, CurrentStatusBaseType=0)]
    assert department.first_unit()["state"] is state


@pytest.mark.parametrize(
    ("base", "state"), [(3, UnitState.ON_SCENE), (12, UnitState.TRANSPORTING), (15, UnitState.AT_DESTINATION)]
)
def test_a_state_of_the_departments_own_is_told_by_its_base_type(
    department: Department, base: int, state: UnitState
) -> None:
    department.units = [unit(status=141, CurrentStatusBaseType=base, CurrentStatus="With client")]
    found = department.first_unit()
    assert (found["state"], found["raw_state"]) == (state, "With client")


@pytest.mark.parametrize(("status", "base"), [(13, 0), (25, 0), (141, None), (141, 99)])
def test_a_state_that_no_table_has_stays_unknown_and_is_counted(
    department: Department, status: int, base: int | None
) -> None:
    department.units = [unit(status=status, CurrentStatusBaseType=base)]
    found = department.round()[FeedName.UNITS]
    assert (found.rows[0]["state"], found.rows[0]["raw_state"]) == (UnitState.UNKNOWN, "as shown")
    assert [(flaw.row, flaw.what) for flaw in found.flaws] == [("301", f"CurrentStatusId {status}")]


def test_a_unit_that_never_had_a_state_is_unknown_and_no_fault(department: Department) -> None:
    department.units = [unit(status="", CurrentStatusTimestampUtc="0001-01-01T00:00:00.000Z")]
    found = department.round()
    assert (found[FeedName.UNITS].rows[0]["state"], found[FeedName.UNITS].flaws) == (UnitState.UNKNOWN, [])
    assert not found[FeedName.POSITIONS].rows


def test_every_state_has_a_meaning_and_no_state_that_says_nothing_is_free() -> None:
    assert {*UNIT_STATES.values(), *BASE_TYPES.values()} == STATES.keys()
    assert STAGES.keys() <= STATES.keys()
    assert STATES["None"] is STATES["Manual"] is UnitState.UNKNOWN


def test_a_unit_is_on_the_call_that_is_its_destination(department: Department) -> None:
    department.units, department.statuses = [unit()], [heading()]
    assert department.first_unit()["call"] == "84112"


@pytest.mark.parametrize("kind", [0, 1, 3, None])
def test_another_destination_is_no_call(department: Department, kind: int | None) -> None:
    department.units, department.statuses = [unit()], [heading(DestinationType=kind)]
    assert department.first_unit()["call"] == ""


def test_a_free_unit_is_on_no_call_whatever_destination_is_still_noted(department: Department) -> None:
    department.units, department.statuses = [unit(status=0)], [heading()]
    assert department.first_unit()["call"] == ""


def test_only_people_are_crew_and_a_seat_tells_their_role(department: Department) -> None:
    seats = [{"UserId": "6f", "RoleName": "Clinician", "Name": "A."}, {"UserId": None, "RoleName": "EMT"}]
    department.units = [unit(Roles=seats)]
    assert department.first_unit()["crew"] == [{"role": Role.CLINICIAN, "name": "A."}]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Behavioral Health Clinician", Role.CLINICIAN),
        ("Paramedic/EMT", Role.PARAMEDIC),
        ("Peer support", Role.PEER),
        ("CIT Officer", Role.OFFICER),
        ("Case Manager", Role.CASE_MANAGER),
        ("Driver", Role.OTHER),
    ],
)
def test_a_role_is_told_by_its_words(name: str, found: Role) -> None:
    assert role(name) is found


def test_a_unit_is_of_the_program_that_the_configuration_gives_its_name_or_type() -> None:
    spoken = replace(DENVER, programs={"star van": Program.MOBILE_CRISIS, "STAR 2": Program.OUTREACH})
    department = Department(Resgrid(spoken))
    department.units = [unit(), unit(302), unit(303, Type="Engine")]
    rows = department.round()[FeedName.UNITS].rows
    assert [row["program"] for row in rows] == [Program.MOBILE_CRISIS, Program.OUTREACH, Program.OTHER]


def test_a_unit_and_its_position_go_by_the_boards_own_name() -> None:
    department = Department(Resgrid(replace(DENVER, units={"301": "S1"})))
    department.units = [unit()]
    found = department.round()
    assert (found[FeedName.UNITS].rows[0]["id"], found[FeedName.POSITIONS].rows[0]["unit"]) == ("S1", "S1")


def test_a_place_is_as_old_as_the_state_it_was_noted_with(department: Department) -> None:
    department.units, department.statuses = [unit()], [heading(Latitude=39.75, Longitude=-104.99)]
    (found,) = department.round()[FeedName.POSITIONS].rows
    at = datetime(2026, 8, 22, 19, 44, 30, tzinfo=UTC)
    assert found == {"unit": "301", "lat": 39.75, "lon": -104.99, "at": at}


@pytest.mark.parametrize(("lat", "lon"), [("0", "0"), ("", ""), (None, None), ("north", "-104")])
def test_no_place_is_made_of_zeros_or_nothing(department: Department, lat: object, lon: object) -> None:
    department.units = [unit(Latitude=lat, Longitude=lon)]
    assert not department.round()[FeedName.POSITIONS].rows


def test_a_wall_time_is_read_in_the_zone_of_the_department(department: Department) -> None:
    department.units = [
        unit() | {"CurrentStatusTimestampUtc": None, "CurrentStatusTimestamp": "2026-08-22T13:44:30"}
    ]
    assert department.first_unit()["since"] == datetime(2026, 8, 22, 19, 44, 30, tzinfo=UTC)
