"""The write-ahead log of one file is never played onto another that took its place."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from console.archive.store.tables import runs
from console.domain.recording import RecordingState
from tests.archive.conftest import RAW_KEY
from tests.archive.recording.acts import call, calls, moved
from tests.archive.recording.beside import Console, Held
from tests.domain.builders import at

KEYS = pytest.mark.parametrize("key", [None, RAW_KEY], ids=["plain", "encrypted"])


def live(console: Console, first: int, last: int) -> None:
    for second in range(first, last):
        console.happen(moved, calls(call(f"c{second}")), at=at(seconds=second))
        console.work()


def backup(path: Path, key: str | None = None) -> Path:
    """A copy of an archive with a shift, which was closed."""
    console = Console(str(path), key)
    live(console, 0, 70)
    console.keeper.close()
    return Path(shutil.copy(path, path.with_name("backup")))


def died(path: Path, key: str | None, seconds: int = 20) -> None:
    """What a recorder that was killed leaves: the file, and a log with all since it began."""
    folder = path.parent / "died"
    folder.mkdir()
    console = Console(str(path), key)
    live(console, 0, seconds)
    for end in ("", "-wal"):
        shutil.copy(f"{path}{end}", folder / f"{path.name}{end}")
    console.keeper.close()
    for end in ("", "-wal"):
        (folder / f"{path.name}{end}").replace(f"{path}{end}")


def strays(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.replaced-*-wal"))


@KEYS
@pytest.mark.parametrize("seconds", [1, 20, 200])
def test_a_log_that_a_killed_recorder_left_is_its_file_s_own(
    tmp_path: Path, key: str | None, seconds: int
) -> None:
    path = tmp_path / "shifts.db"
    backup(path, key)
    died(path, key, seconds)
    assert Path(f"{path}-wal").stat().st_size
    console = Console(str(path), key)
    live(console, 0, 3)
    console.keeper.close()
    assert not strays(tmp_path)
    assert len(Held(str(path), key).events(2)) >= 2 * seconds


@KEYS
def test_a_backup_that_is_brought_back_keeps_what_it_holds(tmp_path: Path, key: str | None) -> None:
    path = tmp_path / "shifts.db"
    saved = backup(path, key)
    before = Held(str(saved), key).events()
    died(path, key)
    left = Path(f"{path}-wal").read_bytes()
    shutil.copy(saved, path)
    console = Console(str(path), key)
    live(console, 0, 3)
    console.keeper.close()
    (stray,) = strays(tmp_path)
    assert stray.read_bytes() == left
    assert str(stray) in console.told[0].detail
    held = Held(str(path), key)
    assert held.events(1) == before
    assert held.events(2) == dict(enumerate(console.events, 1))


def test_a_log_whose_file_is_gone_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    died(path, None)
    left = Path(f"{path}-wal").read_bytes()
    path.unlink()
    console = Console(str(path))
    live(console, 0, 3)
    console.keeper.close()
    (stray,) = strays(tmp_path)
    assert stray.read_bytes() == left
    assert Held(str(path)).events() == dict(enumerate(console.events, 1))


@KEYS
def test_a_file_put_in_place_while_recording_keeps_what_it_holds(tmp_path: Path, key: str | None) -> None:
    path = tmp_path / "shifts.db"
    saved = backup(path, key)
    before = Held(str(saved), key).events()
    console = Console(str(path), key)
    live(console, 0, 12)
    saved.replace(path)
    live(console, 12, 20)
    console.keeper.close()
    assert console.told[-1].state is RecordingState.ON
    assert "Another file took the archive's place at 19:00 UTC" in console.told[-1].detail
    held = Held(str(path), key)
    assert held.events(1) == before
    assert max(held.events(2)) == len(console.events)
    assert strays(tmp_path)


def test_a_copy_made_while_recording_keeps_what_it_holds(tmp_path: Path) -> None:
    path, copy = tmp_path / "shifts.db", tmp_path / "copy"
    console = Console(str(path))
    live(console, 0, 12)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    live(console, 12, 15)
    copy.replace(path)
    live(console, 15, 25)
    console.keeper.close()
    assert strays(tmp_path)
    assert [run.ended is None for run in Held(str(path)).rows(runs)] == [True, False]


def test_a_newer_archive_put_in_place_while_recording_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    saved = backup(path)
    with closing(sqlite3.connect(saved)) as newer, newer:
        newer.execute("UPDATE facts SET value = '99' WHERE name = 'schema'")
    before = saved.read_bytes()
    console = Console(str(path))
    live(console, 0, 12)
    saved.replace(path)
    live(console, 12, 20)
    assert console.told[-1].state is RecordingState.OFF
    assert "update the console" in console.told[-1].detail
    assert path.read_bytes() == before


def test_a_file_that_was_removed_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    console = Console(str(path))
    live(console, 0, 3)
    path.unlink()
    live(console, 3, 10)
    console.keeper.close()
    assert console.told[-1].state is RecordingState.ON
    assert "was removed at 19:00 UTC: all that was recorded before is gone" in console.told[-1].detail
