"""What is done about alarms at a following console holds there, and is no event of the recorder's log."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from console.archive.following.answered import Answered
from console.archive.following.mirror import QUIET_S, Mirror
from console.domain.alarms.alarm import alarm_id
from console.domain.due import Can
from console.domain.events import Acknowledged, Acted, CarriedOver, Noted, Recorded
from console.domain.state import State, advance, start
from console.domain.vocabulary import AlarmState
from console.domain.watching.carrying import carried_from
from console.domain.watching.catalog import PENDING_LONG
from tests.archive.following.recording import Steady
from tests.archive.following.test_mirror import joined, shown
from tests.domain.alarming import BEGINNING, alarm_acts, alarm_logs, waiting
from tests.domain.builders import NOON, at

WAITS = alarm_id(PENDING_LONG, "k0")


def rung(steady: Steady) -> Mirror:
    """A follower on whose board a call waits too long."""
    board = joined(steady)
    board.fold([*BEGINNING, waiting("k0", NOON)], at(0.3))
    board.hear()
    return board


def acknowledge(board: Mirror) -> None:
    board.append(lambda moment: Acknowledged(moment, (WAITS,), "sam"))


def state_of(board: State) -> AlarmState:
    return board.alarms.standing[WAITS].state


def test_an_alarm_acknowledged_here_is_so_here_and_not_in_the_recording() -> None:
    board = rung(Steady())
    acknowledge(board)
    assert state_of(shown(board)) is AlarmState.ACKNOWLEDGED
    assert state_of(board.true) is AlarmState.UNACKNOWLEDGED
    assert shown(board).seen == board.true.seen
    assert shown(board) is shown(board)
    assert not board.waiting


def test_that_it_holds_here_alone_can_be_told() -> None:
    assert Can.RECORD not in Mirror.can


def test_what_comes_from_the_recorder_afterwards_is_shown_too() -> None:
    board = rung(Steady())
    acknowledge(board)
    board.append(lambda moment: Noted(moment, "called them", "sam"))
    board.fold([waiting("k1", at(0.4))], at(0.5))
    after = shown(board)
    assert ([*after.calls], state_of(after), len(after.notes)) == (["k0", "k1"], AlarmState.ACKNOWLEDGED, 1)


def test_it_holds_while_nothing_comes_and_when_late_events_come() -> None:
    steady = Steady()
    board = rung(steady)
    steady.count = QUIET_S + 5
    acknowledge(board)
    assert state_of(shown(board)) is AlarmState.ACKNOWLEDGED
    board.fold([waiting("k1", at(0.31))], at(0.32))
    board.hear()
    steady.count += 0.1
    board.fold((), at(0.5))
    assert state_of(shown(board)) is AlarmState.ACKNOWLEDGED


def test_it_holds_on_a_board_that_is_joined_and_when_the_recorder_was_started_again() -> None:
    board = rung(Steady())
    acknowledge(board)
    old = board.true
    board.join(advance(old, [waiting("k2", at(0.4))], at(0.45)), anew=False)
    assert state_of(shown(board)) is AlarmState.ACKNOWLEDGED
    fresh = advance(start(at(0.5)), [*BEGINNING, waiting("k0", NOON)], at(0.55))
    board.join(fresh, anew=True)
    board.fold([carried_from(old, fresh, at(0.55))], at(0.6))
    assert state_of(shown(board)) is AlarmState.ACKNOWLEDGED


@settings(max_examples=60, deadline=None)
@given(alarm_logs(), st.lists(alarm_acts, max_size=4), st.integers(1, 4))
def test_acts_fold_as_if_they_were_events_of_the_log(
    log: list[Recorded], acts: list[Acted], step: int
) -> None:
    log = [event for event in log if not isinstance(event, CarriedOver)]
    true, answered, left = start(NOON), Answered(), sorted(acts, key=lambda act: act.at)
    done: list[Recorded] = []
    while log or left:
        few, log = log[:step], log[step:]
        upto = few[-1].at if few else left[0].at
        while left and left[0].at <= upto:  # done between two pieces of the log
            act, left = left[0], left[1:]
            if act.at >= true.at:
                answered.add(true, act)
                done.append(act)
        done += few
        true = advance(true, few, max(true.at, upto))
        answered.fold(few, true.at)
    both = sorted(done, key=lambda event: (event.at, isinstance(event, Acted)))
    until = true.at + timedelta(seconds=3)
    expected = advance(start(NOON), both, until)
    assert answered.shown(advance(true, (), until)).alarms == expected.alarms
