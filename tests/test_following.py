"""A follower stands in place of an engine: its session shows what another console records."""

from pathlib import Path
from threading import Event
from time import monotonic

from console.archive.spec import ArchiveSpec
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.domain.recording import RecordingState
from console.domain.state import State, start
from console.following import Follower
from console.session.session import Session
from console.session.store import Store
from tests.archive.following.recording import PATIENCE_S, Recorder, called, seconds
from tests.domain.builders import NOON


def stepped(follower: Follower, session: Session, seen: int) -> State:
    """The board once it has so many events."""
    pause, over = Event(), monotonic() + PATIENCE_S
    while session.store.value.seen < seen:
        assert monotonic() < over
        session.step()
        pause.wait(0.01)
    return session.store.value


def test_a_session_on_a_follower_shows_the_recorders_board(tmp_path: Path) -> None:
    url = str(tmp_path / "shifts.db")
    broken: list[BaseException] = []
    with open_database(url, write=True) as database, claim(database, NOON):
        recorder = Recorder(database, "one")
        recorder.say(called("a", seconds(1)), upto=seconds(1.5))
        follower = Follower(ArchiveSpec(url), broken.append)
        session = Session(follower.clock, follower.sequence, Store(start(follower.clock.now())))
        follower.start()
        try:
            assert stepped(follower, session, 1) == recorder.board
            recorder.say(called("b", seconds(2)), upto=seconds(2))
            assert stepped(follower, session, 2) == recorder.board
        finally:
            follower.stop()
    assert broken == []


def test_where_there_is_no_archive_the_board_says_so_and_what_to_do(tmp_path: Path) -> None:
    broken: list[BaseException] = []
    follower = Follower(ArchiveSpec(str(tmp_path / "none.db")), broken.append)
    session = Session(follower.clock, follower.sequence, Store(start(follower.clock.now())))
    follower.start()
    pause, over = Event(), monotonic() + PATIENCE_S
    while (told := session.store.value.recording) is None or not told.detail:
        assert monotonic() < over
        session.step()
        pause.wait(0.05)
    follower.stop()
    assert (told.state, broken) == (RecordingState.PAUSED, [])
    assert "there is no archive" in told.detail
    assert "by itself" in told.tip
