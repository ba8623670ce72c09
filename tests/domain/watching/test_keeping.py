"""A team on scene whose row goes, or tells nothing, is asked after as long as an open call has it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from console.domain.alarms.alarm import Alarm
from console.domain.entities import Assignment, Unit
from console.domain.events import Acknowledged, CallsChanged, CheckedIn, Recorded, UnitsChanged
from console.domain.vocabulary import AlarmState, CallState, Program, Reached, UnitState
from console.domain.watching.of_units import check_in_due
from tests.domain.watching.rows import BEGINNING, alarm, board, call, calls, minutes, unit, units

NAME = "check_in_overdue:u1"
AT_WORK = call(CallState.ON_SCENE, assignments=(Assignment("u1"),))
ON_SCENE: tuple[Recorded, ...] = (
    *BEGINNING,
    calls(minutes(0), AT_WORK),
    units(minutes(0), unit(UnitState.ON_SCENE, call="k1")),
)


def gone(at: datetime) -> UnitsChanged:
    """The roster does not list the team any more."""
    return UnitsChanged(
        at,
        "cad/units",
        (Unit("t0", program=Program.OUTREACH, state=UnitState.AVAILABLE),),
        full=True,
    )


def unmapped(at: datetime) -> UnitsChanged:
    """The team's state is a code that nobody mapped."""
    return units(at, unit(UnitState.UNKNOWN, raw_state="ON SCN 2", call="k1", since=at))


def not_reached(minute: float) -> CheckedIn:
    return CheckedIn(minutes(minute), "u1", Reached.NOT_REACHED, "me")


@pytest.mark.parametrize("lost", [gone, unmapped])
@pytest.mark.parametrize("minute", [10, 21])
def test_a_team_that_an_open_call_has_is_asked_after_although_its_row_is_lost(
    lost: Callable[[datetime], UnitsChanged], minute: float
) -> None:
    held = alarm([*ON_SCENE, lost(minutes(minute))], NAME, minutes(30))
    assert held is not None
    assert (held.active, held.raised_at, held.name) == (True, minutes(20), "STAR 1")


def test_a_team_that_no_open_call_has_any_more_is_forgotten() -> None:
    log = [
        *ON_SCENE,
        gone(minutes(10)),
        calls(minutes(11), call(CallState.ON_SCENE, assignments=(Assignment("u2"),))),
    ]
    alarms = board(log, minutes(30)).alarms
    assert NAME not in alarms.standing
    assert not alarms.kept


def test_a_team_that_is_seen_elsewhere_is_forgotten_with_its_last_check_in() -> None:
    reached = CheckedIn(minutes(5), "u1", Reached.RADIO, "me")
    log = [*ON_SCENE, reached, gone(minutes(10)), units(minutes(11), unit(UnitState.AVAILABLE))]
    alarms = board(log, minutes(12)).alarms
    assert not alarms.kept
    assert not alarms.checked


def test_a_claim_on_an_open_call_that_names_nobody_keeps_the_clock_going() -> None:
    log = [*BEGINNING, calls(minutes(0), call(CallState.ON_SCENE)), *ON_SCENE[-1:], gone(minutes(10))]
    assert alarm(log, NAME, minutes(21)) is not None
    closed = [*log, calls(minutes(25), call(CallState.CLOSED))]
    over = alarm(closed, NAME, minutes(26))
    assert over is None or not over.active


@pytest.mark.parametrize(
    "after",
    [
        [gone(minutes(21)), not_reached(22)],
        [unmapped(minutes(21)), not_reached(22)],
        [not_reached(21), units(minutes(23), unit(UnitState.ON_SCENE, call="k1", since=minutes(23)))],
    ],
)
def test_a_team_that_nobody_reached_is_asked_after_again(after: list[Recorded]) -> None:
    held = alarm([*ON_SCENE, *after], NAME, minutes(28))
    assert held is not None
    assert (held.active, held.count, held.state) == (True, 2, AlarmState.UNACKNOWLEDGED)


def _over() -> Alarm | None:
    """Its call is closed and its row gone: the alarm is over, and nobody saw it."""
    log = [*ON_SCENE, gone(minutes(21)), calls(minutes(21), call(CallState.CLOSED)), not_reached(22)]
    return alarm(log, NAME, minutes(23))


def test_not_reached_lets_an_alarm_that_is_over_hold_again() -> None:
    held = _over()
    assert held is not None
    assert (held.active, held.how) == (True, Reached.NOT_REACHED)


def test_not_reached_removes_no_alarm_of_a_team_that_is_seen_elsewhere() -> None:
    log = [*ON_SCENE, units(minutes(21), unit(UnitState.AVAILABLE, since=minutes(21))), not_reached(22)]
    held = alarm(log, NAME, minutes(23))
    assert held is not None
    assert held.state is AlarmState.RETURNED


def test_a_call_for_help_that_was_seen_stays_when_its_row_goes() -> None:
    help_ = "responder_emergency:u1"
    log = [
        *BEGINNING,
        units(minutes(0), unit(UnitState.AVAILABLE, emergency=True)),
        Acknowledged(minutes(1), (help_,), "me"),
        gone(minutes(2)),
    ]
    held = alarm(log, help_, minutes(30))
    assert held is not None
    assert held.state is AlarmState.ACKNOWLEDGED
    back = [*log, units(minutes(31), unit(UnitState.AVAILABLE))]
    assert alarm(back, help_, minutes(32)) is None


def test_a_source_that_tells_no_time_of_a_state_starts_no_clock_anew_with_each_message() -> None:
    log = [*BEGINNING, calls(minutes(0), AT_WORK)]
    log += [
        units(minutes(at), unit(UnitState.ON_SCENE, call="k1", since=None, updated_at=minutes(at)))
        for at in range(0, 60, 5)
    ]
    held = alarm(log, NAME, minutes(59))
    assert held is not None
    assert (held.since, held.raised_at) == (minutes(0), minutes(20))


def test_without_any_stamp_the_clock_begins_where_the_state_was_first_seen() -> None:
    log = [
        *BEGINNING,
        units(minutes(3), unit(UnitState.ON_SCENE, call="k1", since=None)),
        units(minutes(9), unit(UnitState.ON_SCENE, call="k1", since=None, area="D2")),
    ]
    state = board(log, minutes(10))
    assert check_in_due(state, state.units["u1"]) == (minutes(3), minutes(23))


CLOSED: tuple[Recorded, ...] = (
    *ON_SCENE,
    calls(minutes(5), call(CallState.CLOSED, closed_at=minutes(5))),
    CallsChanged(minutes(8), "cad/calls", gone=("k1",)),
)


def test_a_team_is_still_committed_to_a_closed_call_once_that_left_the_board() -> None:
    held = alarm(CLOSED, "committed_to_closed:u1", minutes(30))
    assert held is not None
    assert (held.active, held.since) == (True, minutes(5))


@pytest.mark.parametrize("row", [unit(UnitState.AVAILABLE), unit(UnitState.ENROUTE, call="k2")])
def test_a_team_that_lets_a_closed_call_go_is_committed_to_it_no_more(row: Unit) -> None:
    alarms = board([*CLOSED, units(minutes(9), row)], minutes(10)).alarms
    held = alarms.standing.get("committed_to_closed:u1")
    assert held is None or not held.active
    assert not alarms.closed


def test_nothing_is_said_of_a_call_that_no_source_ever_told_of() -> None:
    log = [*BEGINNING, units(minutes(0), unit(UnitState.ENROUTE, call="elsewhere"))]
    assert "committed_to_closed:u1" not in board(log, minutes(7)).alarms.standing
