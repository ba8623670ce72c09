"""The check-in of a team on scene: acknowledged by saying how it was reached, and never let go of before."""

from console.domain.alarms.alarm import Alarm, alarm_id
from console.domain.events import Acknowledged, CarriedOver, CheckedIn, Recorded, UnitsChanged
from console.domain.vocabulary import AlarmState, Reached
from console.domain.watching.catalog import CHECK_IN
from tests.domain.alarming import on_scene
from tests.domain.watching.course import WAIT, alarm, alarms, moment, seen, waits

TEAM = alarm_id(CHECK_IN, "k0")
DUE, AGAIN = 30, 12
"""Seconds on scene until somebody is to ask after it, and until it comes back where nobody answered."""

THERE = on_scene("k0", moment(0))


def asked(seconds: float, how: Reached) -> CheckedIn:
    """Somebody asks after the team."""
    return CheckedIn(moment(seconds), "k0", how, "me")


def no_more(seconds: float) -> UnitsChanged:
    """The team is reported no more."""
    return UnitsChanged(moment(seconds), "cad/units", gone=("k0",))


def state(log: list[Recorded], seconds: float) -> AlarmState | None:
    found = alarm(log, seconds, TEAM)
    return None if found is None else found.state


def test_it_is_overdue_and_only_a_check_in_acknowledges_it() -> None:
    assert state([THERE], DUE) is AlarmState.UNACKNOWLEDGED
    assert state([THERE, Acknowledged(moment(31), (TEAM,), "me")], 32) is AlarmState.UNACKNOWLEDGED


def test_a_team_that_was_reached_is_asked_after_anew_from_then_on() -> None:
    log: list[Recorded] = [THERE, asked(31, Reached.PHONE)]
    assert state(log, 34) is None
    assert state(log, 31 + DUE - 1) is None
    assert state(log, 31 + DUE) is AlarmState.UNACKNOWLEDGED


def test_a_team_that_nobody_reached_comes_back_after_a_while() -> None:
    log: list[Recorded] = [THERE, asked(31, Reached.NOT_REACHED)]
    assert state(log, 31 + AGAIN - 1) is AlarmState.ACKNOWLEDGED
    assert state(log, 31 + AGAIN) is AlarmState.UNACKNOWLEDGED


def test_a_team_that_nobody_reached_and_nobody_reports_any_more_comes_back_too() -> None:
    log: list[Recorded] = [THERE, asked(31, Reached.NOT_REACHED), no_more(33)]
    assert state(log, 40) is AlarmState.ACKNOWLEDGED
    assert state(log, 31 + 5 * 60) is AlarmState.UNACKNOWLEDGED
    assert state(log, 31 + 10 * 60) is AlarmState.UNACKNOWLEDGED
    assert state([*log, asked(60, Reached.RADIO)], 64) is None


def test_a_team_that_was_reached_after_all_is_well() -> None:
    log: list[Recorded] = [THERE, asked(31, Reached.NOT_REACHED), asked(35, Reached.RADIO)]
    assert state(log, 39) is None
    assert [(one.id, one.how) for one in alarms(log, 39).ended] == [(TEAM, Reached.RADIO)]


def test_an_alarm_of_a_clock_that_was_ahead_can_be_acknowledged() -> None:
    ahead = Alarm("pending_too_long", "k0", 2, moment(-60), moment(50), announced_at=moment(50))
    log: list[Recorded] = [waits(since=-15), CarriedOver(moment(2), (ahead,)), seen(5)]
    found = alarm(log, 6, WAIT)
    assert found is not None
    assert found.state is AlarmState.ACKNOWLEDGED
