"""The agency's pack is changed while the console runs: over the real engine, as somebody saves the file."""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from console.domain.definitions import Definitions
from console.domain.entities import Call, Stamps
from console.domain.events import CallsChanged
from console.domain.packs import parse
from console.domain.state import State, start
from console.domain.vocabulary import CallState
from console.engine import Engine
from console.feeds.spec import SourceSpec
from console.packfile import TOLD, PackFile
from console.session.clock import steady
from console.session.session import Session
from console.session.store import Store

NOWHERE = SourceSpec(name="cad", url="http://127.0.0.1:9")
SOON_S = 6.0
TRIED = "PermissionError" if sys.platform == "win32" else "IsADirectoryError"

PACK = """
name = "ours"
version = "{version}"
[natures]
[waiting]
2 = {{ amber = {amber}, red = 400, at_amber = 3, at_red = 2 }}
[rules.pending_too_long]
cause = "c"
consequence = "c"
response = "r"
respond_min = 5
"""


class Running:
    """An engine on a pack in a file, and the session that folds what it gives."""

    def __init__(self, file: Path) -> None:
        self.file, self.broken = file, list[BaseException]()
        self.save(300, "1")
        self.engine = Engine((NOWHERE,), parse(file.read_bytes()), self.broken.append, file=file)
        self.session = Session(self.engine.clock, self.engine.sequence, Store(start(self.engine.clock.now())))
        self.engine.start()

    def save(self, amber: float, version: str) -> None:
        """As an editor would."""
        self.file.write_text(PACK.format(amber=amber, version=version), encoding="utf-8")

    def until(self, seen: Callable[[State], bool]) -> State:
        """The board once it is as wanted, within a few seconds."""
        end = steady() + SOON_S
        while not seen(self.session.store.value):
            assert not self.broken, self.broken
            assert steady() < end, (self.session.store.value.definitions, self.session.store.value.refused)
            Event().wait(0.05)
            self.session.step()
        return self.session.store.value


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    made = Running(tmp_path / "ours.toml")
    yield made
    made.engine.stop()
    assert not made.broken


def test_the_board_goes_on_with_the_limits_that_were_saved(running: Running) -> None:
    queued = Stamps(queued_at=running.engine.clock.now() - timedelta(minutes=12))
    call = Call("k1", state=CallState.PENDING, priority=2, stamps=queued)
    running.engine.sequence.append(lambda at: CallsChanged(at, "cad/calls", (call,)))
    assert not running.until(lambda state: bool(state.calls)).alarms.standing
    running.save(10, "2")
    board = running.until(lambda state: bool(state.alarms.standing))
    assert board.definitions.version == "2"
    assert [*board.alarms.standing] == ["pending_too_long:k1"]


def test_what_cannot_be_used_is_told_with_its_line_and_changes_nothing(running: Running) -> None:
    running.until(lambda state: state.definitions.version == "1")
    running.save(500, "2")
    board = running.until(lambda state: state.refused is not None)
    assert board.refused is not None
    said = "line 6: waiting.2: amber (500 min) must be below red (400 min)"
    assert (board.refused.file, board.refused.flaws) == ("ours.toml", (said,))
    assert board.definitions.version == "1"


def test_once_it_is_mended_nothing_is_told_any_more(running: Running) -> None:
    running.save(500, "2")
    running.until(lambda state: state.refused is not None)
    running.save(300, "1")
    board = running.until(lambda state: state.refused is None)
    assert board.definitions.version == "1"


def test_a_file_that_is_gone_is_told_and_what_held_goes_on(running: Running) -> None:
    running.until(lambda state: state.definitions.version == "1")
    running.file.unlink()
    board = running.until(lambda state: state.refused is not None)
    assert board.refused is not None
    assert board.refused.flaws == ("cannot be read (FileNotFoundError): put it back",)
    assert board.definitions.version == "1"


class Heard:
    """What a pack's file came to."""

    def __init__(self) -> None:
        self.versions: list[str] = []
        self.flaws: list[tuple[str, ...]] = []
        self.more = 0

    def loaded(self, pack: Definitions) -> None:
        self.versions.append(pack.version)

    def refused(self, file: str, flaws: tuple[str, ...], more: int) -> None:
        self.flaws.append(flaws)
        self.more = more


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "ours.toml"
    made.write_text(PACK.format(amber=10, version="1"), encoding="utf-8")
    return made


def test_a_file_is_not_read_while_it_is_being_written(file: Path, heard: Heard) -> None:
    pack = PackFile(file, parse(file.read_bytes()), heard)
    whole = PACK.format(amber=20, version="2")
    file.write_text(whole[:60], encoding="utf-8")
    pack.look()
    file.write_text(whole, encoding="utf-8")
    pack.look()
    assert (heard.versions, heard.flaws) == ([], [])
    pack.look()
    assert (heard.versions, heard.flaws) == (["2"], [])


def test_a_file_that_could_not_be_read_is_tried_again(file: Path, heard: Heard) -> None:
    pack = PackFile(file, parse(file.read_bytes()), heard)
    elsewhere = file.rename(file.with_name("moved.toml"))
    file.mkdir()  # as unreadable as a file that somebody else holds
    for _ in range(3):
        pack.look()
    file.rmdir()
    elsewhere.rename(file)
    pack.look()
    pack.look()
    assert (heard.flaws, heard.versions) == ([(f"cannot be read ({TRIED}): put it back",)], ["1"])


def test_a_refresh_reads_it_at_once_and_tells_nothing_twice(file: Path, heard: Heard) -> None:
    pack = PackFile(file, parse(file.read_bytes()), heard)
    pack.look(anew=True)
    file.write_text("name = 3", encoding="utf-8")
    pack.look(anew=True)
    pack.look(anew=True)
    pack.look()
    assert (heard.versions, len(heard.flaws)) == ([], 1)


def test_of_very_many_wrong_lines_the_first_are_told_and_the_others_counted(file: Path, heard: Heard) -> None:
    pack = PackFile(file, parse(file.read_bytes()), heard)
    wrong = "".join(f"x{number} = 1\n" for number in range(50))
    file.write_text(wrong + PACK.format(amber=10, version="1"), encoding="utf-8")
    pack.look(anew=True)
    assert (len(heard.flaws[0]), heard.more) == (TOLD, 50 - TOLD)


def test_a_file_that_is_no_pack_at_all_is_not_read_to_its_end(file: Path, heard: Heard) -> None:
    pack = PackFile(file, parse(file.read_bytes()), heard)
    file.write_bytes(b"#" * 5_000_000)
    pack.look(anew=True)
    assert heard.flaws == [("larger than any pack: is it the right file?",)]
