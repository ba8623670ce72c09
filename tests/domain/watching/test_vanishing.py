"""All calls of a source are gone at once: one alarm about the source says so, not one for each call."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.board import State
from console.domain.entities import Call, Stamps
from console.domain.events import CallsChanged, FeedReported, Recorded
from console.domain.state import advance, start
from console.domain.vocabulary import AlarmState, CallState, FeedName, Program
from console.domain.watching.catalog import MISSING, VANISHED
from console.domain.watching.finding import reckoned
from tests.domain.builders import NOON
from tests.domain.watching.rows import BEGAN, BEGINNING, PACK, told

SECOND = timedelta(seconds=1)
MANY = 10
GONE = f"{VANISHED}:cad"


def row(key: str) -> Call:
    return Call(
        key,
        number=key,
        nature="WELCHK",
        priority=3,
        state=CallState.ON_SCENE,
        program=Program.CLINICIAN_EMS,
        stamps=Stamps(on_scene_at=NOON),
    )


ROWS = tuple(row(f"k{n}") for n in range(MANY))


def reported(seconds: float, *rows: Call) -> CallsChanged:
    return CallsChanged(NOON + seconds * SECOND, "cad/calls", rows, full=True)


def board(seconds: float, *events: Recorded) -> State:
    now = NOON + seconds * SECOND
    log = [*BEGINNING, reported(0, *ROWS), *events]
    return advance(start(BEGAN), [event for event in log if event.at <= now], now)


def states(state: State, rule: str) -> list[AlarmState]:
    return [alarm.state for alarm in state.alarms.standing.values() if alarm.rule == rule]


def test_one_alarm_says_that_all_calls_are_gone_and_each_call_is_set_aside_under_it() -> None:
    state = board(120, reported(10))
    alarm = state.alarms.standing[GONE]
    assert (alarm.priority, alarm.since, alarm.raised_at) == (2, NOON + 10 * SECOND, NOON + 21 * SECOND)
    assert states(state, MISSING) == [AlarmState.SUPPRESSED] * MANY
    assert {one.suppressed_by for one in state.alarms.standing.values() if one.rule == MISSING} == {
        "cad/calls_vanished"
    }
    assert [(tone.at, tone.priority, tone.data) for tone in state.alarms.tones] == [
        (alarm.raised_at, 2, True)
    ]
    assert state.alarms.flood.since is None


def test_what_is_still_missing_once_most_are_reported_again_is_said() -> None:
    state = board(200, reported(10), reported(100, *ROWS[2:]))
    assert states(state, MISSING) == [AlarmState.UNACKNOWLEDGED] * 2
    assert states(state, VANISHED) in ([], [AlarmState.RETURNED])
    assert not state.alarms.blind


def test_some_that_are_missing_are_each_their_own() -> None:
    assert states(board(120, reported(10, *ROWS[:3])), MISSING) == [AlarmState.UNACKNOWLEDGED] * 7
    few = (
        reported(1, *ROWS[:4]),
        CallsChanged(NOON + SECOND, "cad/calls", tuple(_over(one) for one in ROWS[4:])),
    )
    state = board(120, *few, reported(10))
    assert not states(state, VANISHED)
    assert states(state, MISSING) == [AlarmState.UNACKNOWLEDGED] * 4


def _over(call: Call) -> Call:
    return replace(call, state=CallState.CLOSED, closed_at=NOON)


def test_calls_that_close_meanwhile_count_no_longer() -> None:
    gone = tuple(call.id for call in ROWS[:7])
    lost = CallsChanged(NOON + 10 * SECOND, "cad/calls", (), gone)
    assert not states(board(60, lost), VANISHED)
    closes = CallsChanged(NOON + 20 * SECOND, "cad/calls", tuple(_over(one) for one in ROWS[7:]))
    state = board(60, lost, closes)
    assert states(state, VANISHED) == [AlarmState.UNACKNOWLEDGED]


def test_each_source_has_its_own_calls() -> None:
    other = FeedReported(BEGAN, told(FeedName.CALLS, source="east"))
    theirs = tuple(row(f"east/k{n}") for n in range(MANY))
    there = CallsChanged(NOON, "east/calls", theirs)
    lost = CallsChanged(NOON + 10 * SECOND, "east/calls", (), tuple(call.id for call in theirs))
    state = board(120, other, there, lost)
    assert [alarm.id for alarm in state.alarms.standing.values() if alarm.rule == VANISHED] == [
        f"{VANISHED}:east"
    ]
    assert states(state, MISSING) == [AlarmState.SUPPRESSED] * MANY


def test_a_pack_without_the_rule_tells_of_each_call() -> None:
    rules = {name: rule for name, rule in PACK.rules.items() if name != VANISHED}
    first = replace(BEGINNING[0], pack=replace(PACK, rules=rules))
    log = [first, *BEGINNING[1:], reported(0, *ROWS), reported(10)]
    state = advance(start(BEGAN), log, NOON + 120 * SECOND)
    assert set(states(state, MISSING)) == {AlarmState.UNACKNOWLEDGED}


def test_the_next_look_goes_by_the_board_alone() -> None:
    moment: datetime = NOON + 10 * SECOND
    state = advance(start(BEGAN), [*BEGINNING, reported(0, *ROWS), reported(10)], moment)
    assert dict(reckoned(state, ["source:cad"]))["source:cad"] == state.alarms.looks.second("source:cad") > 0
