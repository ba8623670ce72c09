"""That the archive hangs is told though the recorder's thread is held up; and what was not written is counted."""

from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from console.archive.recording.ends import Ends, Unwritten
from console.archive.recording.recorder import Recorder
from console.archive.recording.watch import LATE_S, Watch
from console.archive.spec import ArchiveSpec
from console.archive.store.tables import runs
from console.domain.due import Tapped
from console.domain.recording import Recording, RecordingState
from console.domain.state import State, start
from console.session.clock import FixedClock
from console.session.sequence import Sequence
from tests.archive.conftest import Hanging
from tests.archive.recording.acts import moved
from tests.archive.recording.beside import Console, Held
from tests.archive.recording.test_recorder import board, recording
from tests.domain.builders import NOON, at

ON = Recording(RecordingState.ON, NOON, "/a.db")
PAUSED = RecordingState.PAUSED


class Desk:
    """A watch whose seconds are set."""

    def __init__(self) -> None:
        self.steady = 0.0
        self.told: list[Recording] = []
        ends = Ends(
            lambda: Tapped((), 1, NOON, NOON, False),
            self._board,
            self.told.append,
            lambda: self.steady,
            lambda: NOON,
        )
        self.watch = Watch(ends)

    def _board(self) -> State:
        return start(NOON + timedelta(seconds=self.steady))

    def at(self, seconds: float) -> list[RecordingState]:
        self.steady = seconds
        self.watch.look()
        return [told.state for told in self.told]


def test_a_recorder_that_comes_round_is_told_nothing_of() -> None:
    desk = Desk()
    for second in range(100):
        desk.watch.came_round()
        assert desk.at(second) == []


def test_an_archive_that_hangs_is_told_since_when_and_that_it_answers_again() -> None:
    desk = Desk()
    desk.watch.tell(ON)
    desk.watch.came_round()
    assert desk.at(LATE_S) == [RecordingState.ON]
    assert desk.at(LATE_S + 1) == desk.at(LATE_S + 9) == [RecordingState.ON, PAUSED]
    assert desk.told[1].since == NOON
    assert "has not answered since 19:00 UTC" in desk.told[1].detail
    assert desk.told[1].place == "/a.db"
    desk.watch.came_round()
    assert desk.at(LATE_S + 10) == [RecordingState.ON, PAUSED, RecordingState.ON]
    assert desk.told[2].since == at(seconds=LATE_S + 10)


def test_what_the_recorder_says_itself_stands() -> None:
    desk = Desk()
    desk.watch.tell(ON)
    desk.at(LATE_S + 1)
    desk.watch.tell(Recording(PAUSED, NOON, "/a.db", "The server does not answer."))
    assert desk.at(LATE_S + 2) == [RecordingState.ON, PAUSED, PAUSED]
    assert len(desk.told) == 3


class Hung:
    """An archive that keeps whoever wants to know of it waiting, as a disk that hangs."""

    def __init__(self) -> None:
        self.steady = 0.0
        self.answers = Event()
        self.told: list[Recording] = []

    def wall(self) -> datetime:
        """What is asked before the archive is opened."""
        self.answers.wait(30)
        return NOON


def test_what_a_hanging_archive_did_not_take_is_counted_at_the_end(tmp_path: Path) -> None:
    clock = FixedClock(NOON)
    sequence = Sequence(clock)
    hung, broken = Hung(), list[BaseException]()
    ends = Ends(sequence.tap(), lambda: start(NOON), hung.told.append, lambda: 0.0, hung.wall)
    recorder = Recorder(ArchiveSpec(str(tmp_path / "a.db")), ends, broken.append)
    sequence.append(moved)
    recorder.start(delay_s=0)
    Event().wait(1)
    for second in (1, 2):
        clock.set(at(seconds=second))
        sequence.append(moved)
    assert not recorder.stop(wait_s=0.5)
    assert recorder.unwritten == Unwritten(3, NOON)
    assert str(recorder.unwritten).startswith("3 events since 2026-11-19 19:00 UTC were not written")
    hung.answers.set()


def test_a_stop_in_a_pause_counts_what_is_not_written(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    for _ in range(2):
        console.work()
    (tmp_path / "a.db").unlink()
    (tmp_path / "a.db").mkdir()
    for second in (1, 2, 3):
        console.happen(moved, at=at(seconds=second))
        console.work()
    console.keeper.close()
    assert console.keeper.unwritten.events >= 3
    assert console.keeper.unwritten.since == at(seconds=1)


def test_a_server_that_hangs_is_told_of_and_its_recording_goes_on(hanging: Hanging) -> None:
    with board(hanging.url) as console:
        console.until(recording)
        hanging.begin()
        told = console.until(lambda state: not recording(state), within=14).recording
        assert told is not None
        assert told.state is PAUSED
        assert "answer" in told.detail
        hanging.end()
        console.until(recording, within=30)
    assert console.recorder.unwritten == Unwritten()
    assert Held(hanging.url).rows(runs)[-1].ended is not None
