"""The states of one alarm, in usual and in unusual orders."""

from collections.abc import Iterable

import pytest

from console.domain.alarms.alarm import Alarm
from console.domain.events import CarriedOver, Recorded
from console.domain.vocabulary import AlarmState
from tests.domain.watching.course import (
    AMBER,
    RED,
    WAIT,
    alarm,
    alarms,
    answers,
    goes,
    moment,
    put_back,
    seen,
    shelved,
    shift_turns,
    taken_out,
    unshelved,
    waits,
)

OFF = 2
"""Seconds that it must be over before its alarm ends."""

GOES, OVER = 20, 23
"""The call gets its team; its alarm is over: seen a second later, and so for the off-delay."""


def state(log: Iterable[Recorded], seconds: float) -> AlarmState | None:
    found = alarm(log, seconds)
    return None if found is None else found.state


def test_it_comes_up_unacknowledged_and_is_acknowledged() -> None:
    assert state([waits()], AMBER - 1) is None
    assert state([waits()], AMBER) is AlarmState.UNACKNOWLEDGED
    assert state([waits(), seen(15)], 15) is AlarmState.ACKNOWLEDGED


def test_one_that_nobody_saw_stands_on_when_it_is_over_and_goes_by_itself() -> None:
    log: list[Recorded] = [waits(), goes(GOES)]
    assert state(log, OVER - 1) is AlarmState.UNACKNOWLEDGED
    assert state(log, OVER) is AlarmState.RETURNED
    assert state(log, OVER + 29) is AlarmState.RETURNED
    assert state(log, OVER + 30) is None


def test_one_of_priority_1_that_nobody_saw_stands_until_somebody_does() -> None:
    log: list[Recorded] = [waits(), goes(RED + 1)]
    assert state(log, 3_000) is AlarmState.RETURNED
    assert state([*log, seen(2_000)], 2_000) is None


def test_one_that_was_acknowledged_leaves_when_it_is_over() -> None:
    log: list[Recorded] = [waits(), seen(15), goes(GOES)]
    assert state(log, OVER) is None
    assert [one.id for one in alarms(log, OVER).ended] == [WAIT]


def test_acknowledging_what_is_over_takes_it_off_the_list() -> None:
    assert state([waits(), goes(GOES), seen(30)], 30) is None


def test_acknowledging_twice_keeps_who_was_first() -> None:
    found = alarm([waits(), seen(15), seen(18)], 20)
    assert found is not None
    assert found.acknowledged_at == moment(15)


def test_an_acknowledgement_is_of_what_was_there() -> None:
    assert state([waits(), seen(5)], AMBER) is AlarmState.UNACKNOWLEDGED


def test_a_worse_priority_calls_again_after_the_milder_was_acknowledged() -> None:
    found = alarm([waits(), seen(15)], RED)
    assert found is not None
    assert (found.state, found.priority, found.count) == (AlarmState.UNACKNOWLEDGED, 1, 2)


def test_what_comes_back_while_it_is_over_and_unseen_is_one_alarm_that_counts() -> None:
    found = alarm([waits(), goes(GOES), waits(since=GOES, arrived=40)], 41)
    assert found is not None
    assert (found.state, found.count, found.raised_at) == (AlarmState.UNACKNOWLEDGED, 2, moment(41))


def test_what_is_gone_for_less_than_the_off_delay_was_never_over() -> None:
    found = alarm([waits(), goes(GOES), waits(arrived=GOES + 1.5)], 30)
    assert found is not None
    assert (found.state, found.count, found.ends_at) == (AlarmState.UNACKNOWLEDGED, 1, None)


def test_a_shelf_ends_at_its_moment_and_it_calls_again() -> None:
    log: list[Recorded] = [waits(), seen(14), shelved(15, until=25)]
    assert state(log, 24) is AlarmState.SHELVED
    assert state(log, 25) is AlarmState.UNACKNOWLEDGED


def test_a_shelf_is_no_longer_than_its_priority_allows() -> None:
    found = alarm([waits(since=-RED), shelved(15, until=90_000)], 16)
    assert found is not None
    assert found.shelf is not None
    assert found.shelf.until == moment(15 + 15 * 60)


def test_what_is_over_while_shelved_leaves_with_its_shelf_and_without_a_word() -> None:
    log: list[Recorded] = [waits(), shelved(15, until=35), goes(GOES)]
    assert state(log, 34) is AlarmState.SHELVED
    assert state(log, 35) is None


def test_what_comes_back_while_shelved_stays_shelved() -> None:
    log: list[Recorded] = [waits(), shelved(15, until=60), goes(GOES), waits(since=GOES, arrived=35)]
    found = alarm(log, 37)
    assert found is not None
    assert (found.state, found.active, found.count) == (AlarmState.SHELVED, True, 2)


def test_a_worse_priority_leaves_the_shelf_of_the_milder() -> None:
    log: list[Recorded] = [waits(), shelved(15, until=1_000)]
    assert state(log, RED - 1) is AlarmState.SHELVED
    assert state(log, RED) is AlarmState.UNACKNOWLEDGED


def test_a_shelf_can_be_left_at_once() -> None:
    log: list[Recorded] = [waits(), shelved(15, until=1_000), unshelved(20)]
    assert state(log, 21) is AlarmState.UNACKNOWLEDGED


def test_all_shelves_end_with_the_shift() -> None:
    log: list[Recorded] = [waits(), shelved(15, until=1_000), shift_turns(20)]
    assert state(log, 21) is AlarmState.UNACKNOWLEDGED


def test_what_is_over_needs_no_shelf() -> None:
    assert state([waits(), goes(GOES), shelved(30, until=50)], 31) is AlarmState.RETURNED


@pytest.mark.parametrize("what", [WAIT, "pending_too_long"])
def test_what_is_out_of_service_calls_nobody_until_it_is_back(what: str) -> None:
    log: list[Recorded] = [waits(), taken_out(5, what), put_back(30, what)]
    assert state(log, AMBER) is AlarmState.OUT_OF_SERVICE
    assert state(log, 30) is AlarmState.UNACKNOWLEDGED
    found = alarm(log, 31)
    assert found is not None
    assert found.announced_at == moment(31)


def test_what_is_over_while_out_of_service_leaves() -> None:
    assert state([waits(), taken_out(15), goes(GOES)], OVER) is None


def test_what_was_over_already_leaves_when_it_is_taken_out() -> None:
    assert state([waits(), goes(GOES), taken_out(30)], 31) is None


def test_an_alarm_stays_out_while_its_rule_is() -> None:
    log: list[Recorded] = [waits(), taken_out(14), taken_out(15, "pending_too_long"), put_back(16)]
    assert state(log, 17) is AlarmState.OUT_OF_SERVICE


def test_it_is_set_aside_while_its_source_is_down_and_no_longer() -> None:
    log: list[Recorded] = [answers(10), waits(), answers(25)]
    assert state(log, 19) is AlarmState.UNACKNOWLEDGED
    assert state(log, 20) is AlarmState.SUPPRESSED
    assert state(log, 25) is AlarmState.SUPPRESSED
    assert state(log, 26) is AlarmState.UNACKNOWLEDGED


def test_what_came_up_while_its_source_was_down_is_said_when_it_is_back() -> None:
    log: list[Recorded] = [waits(), answers(0), answers(30)]
    found = alarm(log, AMBER)
    assert found is not None
    assert (found.state, found.announced_at) == (AlarmState.SUPPRESSED, None)
    again = alarm(log, 31)
    assert again is not None
    assert (again.state, again.announced_at) == (AlarmState.UNACKNOWLEDGED, moment(31))


def test_what_is_over_by_the_first_rows_of_a_source_that_is_back_is_never_said() -> None:
    log: list[Recorded] = [waits(), answers(0), goes(30), answers(30)]
    found = alarm(log, 31)
    assert found is not None
    assert found.announced_at is None
    assert state(log, 31 + OFF) is None


def test_an_alarm_that_comes_up_three_times_in_a_minute_is_held() -> None:
    log: list[Recorded] = [waits()]
    for second in (14, 24, 34):
        log += [goes(second), waits(since=0, arrived=second + 5)]
    log.append(goes(39.5))
    found = alarm(log, 60)
    assert found is not None
    assert (found.chatters, found.active) == (True, True)
    assert state(log, 40 + 60) is AlarmState.RETURNED
    assert alarms(log, 60).counts.chattering == (WAIT,)


def test_one_that_is_acknowledged_each_time_chatters_all_the_same() -> None:
    log: list[Recorded] = [waits()]
    for second in (14, 24, 34):
        log += [seen(second), goes(second), waits(since=0, arrived=second + 5)]
    assert alarms(log, 42).counts.chattering == (WAIT,)


def test_an_alarm_of_an_earlier_run_waits_for_its_rows() -> None:
    old = Alarm("pending_too_long", "k9", 2, moment(-90), moment(-60), announced_at=moment(-60))
    log: list[Recorded] = [answers(0, answered_at=None), CarriedOver(moment(1), (old,)), answers(30)]
    assert alarms(log, 25).standing[old.id].active
    assert not alarms(log, 40).standing[old.id].active


def test_an_alarm_of_a_rule_that_this_console_does_not_have_is_left_behind() -> None:
    old = Alarm("of_another_version", "k9", 2, moment(-90), moment(-60))
    assert alarms([CarriedOver(moment(1), (old,))], 10).standing == {}


def test_a_suppression_of_an_earlier_run_ends_with_it() -> None:
    old = Alarm("pending_too_long", "k0", 2, moment(-90), moment(-60), suppressed_by="cad/calls")
    log: list[Recorded] = [CarriedOver(moment(1), (old,)), waits(since=-20, arrived=1)]
    assert state(log, 5) is not AlarmState.SUPPRESSED
