"""The recorder on its thread, beside feeds that never wait for it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from console.archive.recording.recorder import Recorder
from console.archive.spec import ArchiveSpec
from console.archive.store.tables import runs
from console.domain.events import DefinitionsLoaded
from console.domain.recording import RecordingState
from console.domain.state import State, start
from console.engine import Engine
from console.feeds.spec import SourceSpec
from console.session.clock import steady
from console.session.session import Session
from console.session.store import Store
from tests.archive.recording.beside import Held
from tests.domain.builders import PACK

NOWHERE = SourceSpec(name="cad", url="http://127.0.0.1:9")


class Board:
    """A session beside a recording engine."""

    def __init__(self, archive: Path | str, go: bool = True) -> None:
        self.broken: list[BaseException] = []
        self.engine = Engine((NOWHERE,), PACK, self.broken.append, ArchiveSpec(str(archive)))
        self.session = Session(self.engine.clock, self.engine.sequence, Store(start(self.engine.clock.now())))
        self.engine.shown_by(lambda: self.session.store.value)
        self.engine.start()
        if go:
            self.recorder.go()

    @property
    def recorder(self) -> Recorder:
        assert self.engine.recorder is not None
        return self.engine.recorder

    def until(self, seen: Callable[[State], bool], within: float = 10.0) -> State:
        """The board once it is as wanted."""
        end = steady() + within
        while not seen(self.session.store.value):
            assert steady() < end, self.session.store.value.recording
            Event().wait(0.05)
            self.session.step()
        return self.session.store.value


@contextmanager
def board(archive: Path | str, go: bool = True) -> Iterator[Board]:
    made = Board(archive, go)
    try:
        yield made
    finally:
        made.engine.stop()
    assert not made.broken


def recording(state: State) -> bool:
    return state.recording is not None and state.recording.state is RecordingState.ON


def test_everything_from_the_first_moment_is_recorded_to_the_last(tmp_path: Path) -> None:
    with board(tmp_path / "a.db") as console:
        console.until(recording)
    console.session.step()
    held = Held(str(tmp_path / "a.db"))
    state = console.session.store.value
    assert len(held.events()) == state.seen
    assert held.boards()[state.seen].feeds == state.feeds
    assert held.rows(runs)[0].ended is not None


def test_recording_waits_for_the_start_but_not_for_ever(tmp_path: Path) -> None:
    with board(tmp_path / "a.db", go=False) as console:
        console.until(lambda state: state.seen > 3)
        assert not (tmp_path / "a.db").exists()
        console.until(recording)
    assert isinstance(Held(str(tmp_path / "a.db")).events()[1], DefinitionsLoaded)


def test_feeds_go_on_where_nothing_can_be_recorded(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear all", encoding="utf-8")
    with board(tmp_path / "letter.db") as console:
        off = console.until(lambda state: state.recording is not None)
        assert off.recording is not None
        assert off.recording.state is RecordingState.OFF
        console.engine.hurry()
        console.until(lambda state: state.seen > off.seen)


def test_a_stop_does_not_wait_for_a_server_that_never_answers() -> None:
    with board("postgresql://me@192.0.2.1/shifts"):
        Event().wait(0.5)
        began = steady()
    assert steady() - began < 8


def test_without_an_archive_nothing_of_it_is_loaded() -> None:
    code = (
        "import sys; from console.engine import Engine; from console.domain.definitions import NO_DEFINITIONS;"
        "Engine((), NO_DEFINITIONS, print);"
        "sys.exit(any(name.startswith(('console.archive', 'sqlalchemy')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_making_a_recorder_loads_no_database() -> None:
    code = (
        "import sys, console.archive.recording.recorder, console.commands.archives;"
        "sys.exit(any(name.split('.')[0] in {'sqlalchemy', 'numpy', 'zstandard', 'psycopg'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
