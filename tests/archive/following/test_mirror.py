"""While nothing comes the board's time runs on, and what comes later makes it the recorder's again."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.archive.following.mirror import FAR, QUIET_S, Mirror, Trouble
from console.domain.events import Bookmarked, Noted, Recorded, Revealed
from console.domain.recording import RecordingState
from console.domain.state import State, advance, start
from console.session.session import Session
from console.session.store import Store
from tests.archive.following.recording import Steady, called, mirror, moved, seconds
from tests.domain.alarming import alarm_logs
from tests.domain.builders import NOON, logs

HOUR = timedelta(hours=1)


def joined(steady: Steady, wall_ahead: timedelta = timedelta()) -> Mirror:
    """A board that follows a recorder that is there, at noon."""
    board = mirror(steady, NOON + wall_ahead)
    board.join(start(NOON), anew=True)
    board.hear()
    return board


def shown(board: Mirror) -> State:
    found = board.take(0, board.now()).base
    assert found is not None
    return found


def test_the_board_is_at_the_moment_up_to_which_the_log_is_complete() -> None:
    board = joined(steady := Steady())
    board.fold([called("a", seconds(1))], seconds(1.5))
    steady.count = QUIET_S - 0.1
    assert shown(board) == advance(start(NOON), [called("a", seconds(1))], seconds(1.5))


def test_ages_go_on_rising_when_nothing_comes_any_more_and_it_is_told_why() -> None:
    board = joined(steady := Steady())
    board.lack(Trouble("the database is gone", "start it"))
    steady.count = 60.0
    after = shown(board)
    assert after.at == seconds(60)
    assert after.recording is not None
    told = (after.recording.state, after.recording.since, after.recording.detail, after.recording.tip)
    assert told == (RecordingState.PAUSED, NOON, "the database is gone", "start it")


def test_the_clock_of_the_workstation_does_not_matter_once_the_recorder_was_heard() -> None:
    board = joined(steady := Steady(), wall_ahead=HOUR)
    steady.count = 10.0
    assert shown(board).at == seconds(10)


def test_a_recorder_that_stopped_long_ago_is_not_shown_as_if_it_were_now() -> None:
    steady = Steady()
    board = mirror(steady, NOON + HOUR)
    board.join(start(NOON), anew=True)
    assert shown(board).at == NOON
    steady.count = QUIET_S + 1
    assert shown(board).at == NOON + HOUR


def test_a_recording_of_another_year_is_not_brought_up_to_the_present_second_by_second() -> None:
    steady = Steady()
    board = mirror(steady, NOON + 1_000 * FAR)
    board.join(start(NOON), anew=True)
    steady.count = QUIET_S + 1
    assert shown(board).at == seconds(QUIET_S + 1) + FAR


@given(logs() | alarm_logs(), st.lists(st.floats(0, 30), max_size=8))
def test_late_events_make_the_board_the_recorders_again(log: list[Recorded], pauses: list[float]) -> None:
    events = moved(log, NOON) if log else []
    board = joined(steady := Steady())
    session = Session(board, board, Store(shown(board)))
    for pause in pauses:
        steady.count += pause
        session.step()
        few, events = events[:2], events[2:]
        if few:
            board.fold(few, few[-1].at)
        board.hear()
        session.step()
        assert session.store.value == board.true


@given(st.lists(st.sampled_from(["wait", "behind", "ahead", "step"]), max_size=12))
def test_the_clock_never_steps_back_and_no_board_is_later_than_it(steps: list[str]) -> None:
    board, last = joined(steady := Steady()), NOON
    session = Session(board, board, Store(shown(board)))
    for step in steps:
        steady.count += 2
        if step == "behind":
            board.join(start(board.true.at - HOUR), anew=True)
        elif step == "ahead":
            board.join(start(board.true.at + HOUR), anew=True)
        elif step == "step":
            session.step()
            assert session.store.value.at <= board.now()
        assert board.now() >= last
        last = board.now()


def test_what_is_done_here_is_shown_here_and_is_no_event_of_the_log() -> None:
    board = joined(Steady())
    board.append(lambda at: Noted(at, "a note", "sam"))
    board.append(lambda at: Bookmarked(at, "a mark", "sam"))
    board.append(lambda at: Revealed(at, "a", "sam"))
    after = shown(board)
    assert ([note.text for note in after.notes], after.bookmarks[0].label, after.reveals) == (
        ["a note"],
        "a mark",
        1,
    )
    assert (after.seen, board.true.notes) == (0, ())


def test_with_another_run_only_what_is_not_kept_yet_stays_on_the_board() -> None:
    board = joined(Steady())
    for text in ("kept", "not yet"):
        board.append(lambda at, text=text: Noted(at, text, "sam"))  # type: ignore[misc]  # bound now
    board.waiting.popleft()
    board.join(start(NOON), anew=True)
    assert [note.text for note in shown(board).notes] == ["not yet"]


def test_an_unchanged_board_is_the_same_object() -> None:
    board = joined(Steady())
    board.append(lambda at: Noted(at, "a note", "sam"))
    assert shown(board) is shown(board)
