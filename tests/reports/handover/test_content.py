"""What a handover says: the board, each call, team and alarm once, masked as on the screen."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.alarms.alarm import Check, Out, Shelf
from console.domain.definitions import CheckIn, Safety
from console.domain.events import Recorded
from console.domain.state import State, advance, start
from console.domain.vocabulary import (
    AlarmState,
    Program,
    Reached,
    Sensitivity,
    UnitState,
)
from console.reports.handover.content import handover
from console.reports.handover.lines import Handover, Occasion
from tests.domain.alarming import alarm_logs
from tests.domain.builders import NOON, at, logs
from tests.ui.board import (
    PACK,
    a_board,
    a_call,
    a_unit,
    ago,
    alarmed,
    an_alarm,
    on_scene,
)

SAFE = replace(PACK, safety=Safety({"default": CheckIn(every=10)}))


def of(state: State) -> Handover:
    """The handover of ``state`` in nobody's name."""
    return handover(state, Occasion())


def after(log: list[Recorded]) -> State:
    return advance(start(NOON), log, at(4))


@given(st.one_of(logs(), alarm_logs()))
def test_every_open_call_is_in_it_once(log: list[Recorded]) -> None:
    state = after(log)
    assert sorted(line.id for line in of(state).calls) == sorted(state.open_calls)


@given(alarm_logs())
def test_every_alarm_that_stands_is_in_it_once_and_what_calls_is_among_the_waiting(
    log: list[Recorded],
) -> None:
    state = after(log)
    found = of(state)
    assert sorted(line.id for line in found.alarms) == sorted(state.alarms.standing)
    waiting = {
        line.id for line in found.alarms if line.state in (AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED)
    }
    assert {key for key, alarm in state.alarms.standing.items() if alarm.calling} <= waiting


@given(logs())
def test_every_team_is_in_it_once_and_every_unit_where_there_is_no_team(log: list[Recorded]) -> None:
    state = after(log)
    ours = {key for key, unit in state.units.items() if unit.program in {"mobile_crisis", "co_responder"}}
    ours |= {key for key, unit in state.units.items() if unit.program in {"clinician_ems", "outreach"}}
    assert sorted(line.id for line in of(state).teams) == sorted(ours or state.units)


def test_a_call_is_told_as_on_the_board() -> None:
    call = replace(on_scene(7, "star1"), narrative="He has a knife", caller_name="Ada Fenn")
    state = alarmed(
        a_board([call], [a_unit("star1")]), an_alarm("scene_too_long", "c7", acknowledged_at=ago(0))
    )
    (line,) = of(state).calls
    assert (line.number, line.nature, line.area, line.priority) == ("7", "Welfare check", "D3", 2)
    assert (line.said, line.since, line.teams) == ("on scene", ago(12), ("STAR1",))
    assert line.alarm == "P2 long on scene, acknowledged"


def test_a_call_marked_as_hidden_keeps_its_nature_covered() -> None:
    (line,) = of(a_board([a_call(1, sensitivity=Sensitivity.HIDE)])).calls
    assert line.nature == "•••• masked"


def test_calls_come_by_alarm_then_limit_then_priority_and_those_of_others_last() -> None:
    calls = [
        a_call(1, priority=1, waits=1),
        a_call(2, waits=12),
        a_call(3, priority=3, waits=1),
        a_call(4, program=Program.POLICE, eligible=False),
    ]
    state = alarmed(a_board(calls), an_alarm("pending_too_long", "c3"))
    found = of(state).calls
    assert [line.number for line in found] == ["3", "2", "1", "4"]
    assert [line.elsewhere for line in found] == [False, False, False, True]
    assert found[1].over == "over 10 min"


def test_a_team_that_should_have_been_asked_after_is_overdue() -> None:
    units = [
        a_unit("star1", state=UnitState.ON_SCENE, since=ago(30), call="c7"),
        a_unit("star2", state=UnitState.ON_SCENE, since=ago(30)),
        a_unit("star3"),
    ]
    state = a_board([on_scene(7, "star1")], units, definitions=SAFE)
    state = replace(
        state, alarms=replace(state.alarms, checked={"star2": Check(ago(2), Reached.RADIO, "ann")})
    )
    found = of(state)
    assert [(line.callsign, line.call, line.due) for line in found.overdue] == [("STAR1", "7", ago(20))]
    (asked,) = [line for line in found.teams if line.callsign == "STAR2"]
    assert (asked.due, asked.asked, asked.how) == (ago(-8), ago(2), "by radio, ann")


def test_an_alarm_says_who_did_what_about_it() -> None:
    shelf = Shelf(ago(2), ago(-28), "ann", "known to dispatch")
    state = alarmed(
        a_board(),
        an_alarm("unit_silent", "star1", name="STAR 1"),
        an_alarm("status_old", "star2", acknowledged_at=ago(3), acknowledged_by="bo"),
        an_alarm("call_old", "c1", name="1", shelf=shelf),
        an_alarm("call_missing", "c2", name="2", active=False, returned_at=ago(1)),
        out={"feed_late": Out(ago(60), "ann", "being repaired")},
    )
    found = of(state)
    assert [(line.what, line.done) for line in found.alarms] == [
        ("STAR 1 no position", "not acknowledged"),
        ("star2 no word of its state", "acknowledged 16:27 by bo"),
        ("2 no longer reported", "over since 16:29, not acknowledged"),
        ("1 no word of the call", "shelved until 16:58 by ann: known to dispatch"),
    ]
    assert found.out == ("All alarms “data late” are out of service since 15:30 (ann: being repaired).",)
