"""A call on the board from Resgrid's list, the units that head for it, and what its extra data say."""

from datetime import UTC, datetime

import pytest

from console.domain.vocabulary import CallState, FeedName, Program
from tests.feeds.resgrid.department import Department, Row, answer, call, dispatch, heading, unit


def at(clock: str) -> datetime:
    """A moment of the day of the tests."""
    return datetime.fromisoformat(f"2026-08-22T{clock}").replace(tzinfo=UTC)


def answered_by(units: list[Row], statuses: list[Row], **extra: list[Row]) -> Department:
    """A department with one call, some units, and the call's extra data."""
    department = Department()
    department.calls, department.units, department.statuses = [call()], units, statuses
    department.extra = {84112: {"Dispatches": [], "Activity": [], **extra}}
    return department


def test_a_call_tells_what_its_dispatcher_wrote() -> None:
    department = Department()
    department.calls = [call(ContactName="A. Caller", ContactInfo="303 555 0100", Note="gate 4")]
    found = department.first_call()
    assert (found["id"], found["number"], found["nature"]) == ("84112", "26-412", "Mental Health")
    assert (found["lat"], found["lon"], found["address"]) == (39.7401, -104.9685, "Colfax Ave")
    assert (found["caller_name"], found["caller_phone"]) == ("A. Caller", "303 555 0100")
    assert found["narrative"] == "Person in distress\ngate 4"
    assert found["stamps"] == {"created_at": at("19:41:07.337")}
    assert found["observed"] == []


@pytest.mark.parametrize(("told", "shown"), [(3, 1), (2, 2), (1, 3), (0, 4)])
def test_an_emergency_is_the_first_priority(told: int, shown: int) -> None:
    department = Department()
    department.calls = [call(Priority=told)]
    assert department.first_call()["priority"] == shown


def test_a_priority_of_the_departments_own_stays_unknown_and_is_counted() -> None:
    department = Department()
    department.calls = [call(Priority=17)]
    found = department.round()[FeedName.CALLS]
    assert found.rows[0]["priority"] is None
    assert [(flaw.row, flaw.what) for flaw in found.flaws] == [("84112", "Priority 17")]


def test_a_call_without_a_place_is_off_the_map() -> None:
    department = Department()
    department.calls = [call(Geolocation=None)]
    assert "lat" not in department.first_call()


def test_a_call_nobody_was_sent_to_is_pending() -> None:
    department = answered_by([unit(status=0)], [])
    assert department.first_call()["state"] is CallState.PENDING


def test_a_unit_that_was_sent_and_has_not_answered_is_assigned() -> None:
    department = answered_by([unit(status=0, since="19:00:00")], [], Dispatches=[dispatch()])
    found = department.first_call()
    assert found["state"] is CallState.ASSIGNED
    assert found["assignments"] == [{"unit": "301", "assigned_at": at("19:43:02.91")}]
    assert found["observed"] == []


@pytest.mark.parametrize(
    ("status", "base", "state", "stamp"),
    [
        (5, 0, CallState.ENROUTE, "enroute_at"),
        (12, 0, CallState.ENROUTE, "enroute_at"),
        (6, 0, CallState.ON_SCENE, "on_scene_at"),
        (141, 4, CallState.ON_SCENE, "contact_at"),
        (142, 12, CallState.TRANSPORTING, "left_at"),
        (143, 15, CallState.TRANSPORTING, "destination_at"),
    ],
)
def test_the_moment_of_a_units_state_is_the_moment_of_the_stage(
    status: int, base: int, state: CallState, stamp: str
) -> None:
    department = answered_by([unit(status=status, CurrentStatusBaseType=base)], [heading()])
    found = department.first_call()
    assert found["state"] is state
    assert found["assignments"] == [{"unit": "301", stamp: at("19:44:30")}]
    assert found["stamps"][stamp] == at("19:44:30")
    assert found["observed"] == [stamp]


def test_staging_is_no_arrival() -> None:
    department = answered_by([unit(status=7)], [heading()])
    found = department.first_call()
    assert (found["state"], found["observed"]) == (CallState.ENROUTE, [])


def test_earlier_stages_come_from_what_a_unit_of_that_name_answered() -> None:
    activity = [
        answer(5, "19:43:40"),
        answer(5, "19:46:00"),
        answer(6, "19:44:30"),
        answer(5, "19:40:00", 302),
    ]
    department = answered_by([unit(status=6)], [heading()], Dispatches=[dispatch()], Activity=activity)
    (part,) = department.first_call()["assignments"]
    assert part == {
        "unit": "301",
        "assigned_at": at("19:43:02.91"),
        "enroute_at": at("19:43:40"),
        "on_scene_at": at("19:44:30"),
    }


def test_a_state_of_the_departments_own_in_what_was_answered_is_known_from_a_unit_in_it() -> None:
    units = [unit(status=6), unit(302, status=140, CurrentStatusBaseType=2)]
    department = answered_by(units, [heading()], Activity=[answer(140, "19:43:40")])
    assert department.first_call()["stamps"]["enroute_at"] == at("19:43:40")


def test_two_units_of_one_name_are_not_told_apart_by_it() -> None:
    units = [unit(status=6), unit(302, Name="STAR 1")]
    department = answered_by(units, [heading()], Activity=[answer(5, "19:43:40")])
    assert "enroute_at" not in department.first_call()["stamps"]


def test_a_unit_that_answered_and_is_free_again_has_left() -> None:
    department = answered_by(
        [unit(status=0, since="20:10:00")], [], Dispatches=[dispatch()], Activity=[answer(6, "19:50:00")]
    )
    found = department.first_call()
    assert found["assignments"][0]["cleared_at"] == at("20:10:00")
    assert "cleared_at" in found["observed"]
    assert found["state"] is CallState.UNKNOWN


def test_a_unit_that_was_sent_elsewhere_since_has_no_part_any_more() -> None:
    department = answered_by([unit()], [heading(to=84115)], Dispatches=[dispatch(at="19:40:00")])
    assert department.first_call()["assignments"] == []


def test_a_unit_that_still_serves_another_call_is_assigned_to_its_next_one() -> None:
    department = answered_by([unit(status=6)], [heading(to=84115)], Dispatches=[dispatch(at="19:59:00")])
    found = department.first_call()
    assert found["state"] is CallState.ASSIGNED
    assert found["assignments"] == [{"unit": "301", "assigned_at": at("19:59:00")}]


def test_a_dispatch_without_a_moment_still_sends_the_unit() -> None:
    department = answered_by(
        [unit(status=0)], [], Dispatches=[dispatch() | {"Timestamp": "0001-01-01T00:00:00"}]
    )
    assert department.first_call()["assignments"] == [{"unit": "301"}]


def test_people_and_groups_that_were_sent_are_no_units() -> None:
    department = answered_by([], [], Dispatches=[dispatch() | {"Type": "Group"}])
    assert department.first_call()["assignments"] == []


def test_the_teams_of_the_programs_speak_for_a_call_where_others_went_too() -> None:
    units = [unit(303, status=6, since="19:42:00", Type="Engine"), unit(status=5)]
    department = answered_by(units, [heading(303), heading()])
    found = department.first_call()
    assert (found["program"], found["state"]) == (Program.MOBILE_CRISIS, CallState.ENROUTE)
    assert "on_scene_at" not in found["stamps"]
    assert [part["unit"] for part in found["assignments"]] == ["303", "301"]


def test_the_program_of_a_call_outlasts_the_part_of_its_unit() -> None:
    department = answered_by([unit()], [heading(to=84115)], Dispatches=[dispatch(at="19:40:00")])
    assert department.first_call()["program"] is Program.MOBILE_CRISIS


def test_a_state_of_a_call_that_no_table_has_stays_unknown_and_is_counted() -> None:
    department = Department()
    department.calls = [call(State=9)]
    found = department.round()[FeedName.CALLS]
    assert (found.rows[0]["state"], found.rows[0]["raw_state"]) == (CallState.UNKNOWN, "9")
    assert [flaw.what for flaw in found.flaws] == ["State 9"]
