"""What single rules do beyond what all do: they grow urgent, stand until seen, come back, leave others to speak."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from console.domain.entities import Stamps
from console.domain.events import Acknowledged, CheckedIn, FeedReported
from console.domain.vocabulary import AlarmState, CallState, Health, Program, Reached
from console.domain.watching import catalog
from tests.domain.builders import NOON, at
from tests.domain.watching.cases import CASES, ON_SCENE, Case
from tests.domain.watching.rows import BEGINNING, FEEDS, PACK, SECOND, alarm, board, call, calls, told, units


def case_of(rule: str) -> Case:
    """The example of ``rule``."""
    return next(case for case in CASES if case.rule == rule)


def test_a_call_for_help_is_said_of_any_unit() -> None:
    case = case_of(catalog.EMERGENCY)
    other = replace(ON_SCENE, program=Program.POLICE, emergency=True)
    assert alarm([*BEGINNING, units(NOON, other)], case.id, case.comes) is not None


def test_a_call_for_help_stands_until_somebody_saw_it() -> None:
    case = case_of(catalog.EMERGENCY)
    found = alarm([*case.log, units(at(1), ON_SCENE)], case.id, at(90))
    assert found is not None
    assert (found.active, found.calling) == (True, True)


def test_a_call_for_help_that_is_taken_back_within_a_second_is_said_all_the_same() -> None:
    case = case_of(catalog.EMERGENCY)
    log = [*case.log, units(NOON + timedelta(milliseconds=400), ON_SCENE)]
    assert alarm(log, case.id, case.comes) is not None


def test_a_wait_grows_more_urgent_and_calls_again_for_whoever_saw_the_milder_one() -> None:
    case = case_of(catalog.PENDING_LONG)
    red = at(PACK.waiting["1"].red)
    log = [*case.log, Acknowledged(case.comes + SECOND, (case.id,), "me")]
    before, after = alarm(log, case.id, red - SECOND), alarm(log, case.id, red)
    assert before is not None
    assert after is not None
    assert (before.priority, before.state) == (2, AlarmState.ACKNOWLEDGED)
    assert (after.priority, after.state, after.since) == (1, AlarmState.UNACKNOWLEDGED, NOON)


@pytest.mark.parametrize(("priority", "urgent"), [(2, 3), (3, 3)])
def test_less_urgent_calls_make_milder_alarms_later(priority: int, urgent: int) -> None:
    row = replace(call(CallState.PENDING), priority=priority, stamps=Stamps(queued_at=NOON))
    due = at(PACK.waiting[str(priority)].amber)
    log = [*BEGINNING, calls(NOON, row)]
    assert alarm(log, "pending_too_long:k1", due - SECOND) is None
    found = alarm(log, "pending_too_long:k1", due)
    assert found is not None
    assert found.priority == urgent


def test_a_team_that_nobody_reached_is_asked_after_again() -> None:
    case = case_of(catalog.CHECK_IN)
    asked = case.comes + SECOND
    again = asked + timedelta(minutes=PACK.safety.check_in["clinician_ems"].again)
    log = [*case.log, CheckedIn(asked, "u1", Reached.NOT_REACHED, "me")]
    before, after = alarm(log, case.id, again - SECOND), alarm(log, case.id, again)
    assert before is not None
    assert after is not None
    assert (before.state, before.how) == (AlarmState.ACKNOWLEDGED, Reached.NOT_REACHED)
    assert (after.state, after.count) == (AlarmState.UNACKNOWLEDGED, 2)


def test_a_check_in_is_not_acknowledged_without_saying_how() -> None:
    case = case_of(catalog.CHECK_IN)
    found = alarm([*case.log, Acknowledged(at(21), (case.id,), "me")], case.id, at(22))
    assert found is not None
    assert found.calling


def test_a_team_that_was_reached_has_its_whole_interval_again() -> None:
    case = case_of(catalog.CHECK_IN)
    every = timedelta(minutes=PACK.safety.check_in["clinician_ems"].every)
    log = case.ended(case.comes + SECOND)
    assert alarm(log, case.id, case.comes + every) is None
    assert alarm(log, case.id, case.comes + SECOND + every) is not None


def test_the_warning_of_a_kick_back_goes_with_the_team_that_takes_the_call() -> None:
    case = case_of(catalog.KICK_BACK)
    taken = case.comes + SECOND
    log = [
        *case.log,
        calls(taken, call(CallState.ASSIGNED, stamps=Stamps(queued_at=NOON, assigned_at=taken))),
    ]
    found = alarm(log, case.id, taken + SECOND)
    assert found is None or not found.active


@pytest.mark.parametrize("eligible", [False, None])
def test_a_call_that_is_not_eligible_is_not_handed_to_police_by_the_clock(eligible: bool | None) -> None:
    row = replace(call(CallState.PENDING), nature="THEFT", eligible=eligible, stamps=Stamps(queued_at=NOON))
    assert catalog.KICK_BACK not in board([*BEGINNING, calls(NOON, row)], at(60)).alarms.counts.rules


def test_a_source_that_refuses_the_sign_in_is_not_told_to_be_down_as_well() -> None:
    refused = told(reported=Health.AUTH, since=NOON, every=2 * SECOND)
    state = board([*BEGINNING, FeedReported(NOON, refused)], at(5))
    assert [*state.alarms.counts.rules] == [catalog.SIGN_IN]


def test_a_source_that_refuses_a_request_did_not_change_its_format() -> None:
    refused = told(reported=Health.DOWN, since=NOON, reason="rejected")
    state = board([*BEGINNING, FeedReported(NOON, refused)], at(5))
    assert [*state.alarms.counts.rules] == [catalog.FEED_DOWN]


def test_a_source_of_which_every_feed_is_down_makes_one_alarm() -> None:
    down = [FeedReported(NOON, told(name, reported=Health.DOWN, since=NOON)) for name in FEEDS]
    state = board([*BEGINNING, *down], at(5))
    assert [*state.alarms.standing] == ["feed_down:cad"]


def test_a_source_that_somebody_paused_is_no_trouble() -> None:
    paused = told(reported=Health.PAUSED, since=NOON, every=2 * SECOND)
    state = board([*BEGINNING, *(FeedReported(NOON, replace(paused, name=name)) for name in FEEDS)], at(30))
    assert state.alarms.counts.rules == {}


def test_a_source_is_late_until_it_is_down_and_never_both() -> None:
    late, down = case_of(catalog.FEED_LATE), case_of(catalog.FEED_DOWN)
    state = board(late.log, late.comes + timedelta(minutes=5))
    assert [key for key, found in state.alarms.standing.items() if found.active] == [down.id]
