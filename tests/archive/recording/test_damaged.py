"""Today is always recorded: a damaged archive is set aside whole, and another begun in its place."""

import os
import sqlite3
from pathlib import Path

import pytest

from console.archive.recording.care import LOOK_S
from console.archive.store.files import PAGE
from console.archive.store.tables import runs
from console.domain.recording import RecordingState
from tests.archive.conftest import RAW_KEY
from tests.archive.recording.acts import call, calls, moved
from tests.archive.recording.beside import Console, Held
from tests.domain.builders import at

KEYS = pytest.mark.parametrize("key", [None, RAW_KEY], ids=["plain", "encrypted"])
ON = RecordingState.ON


def live(console: Console, first: int, last: int) -> None:
    for second in range(first, last):
        console.happen(moved, calls(call(f"c{second}")), at=at(seconds=second))
        console.work()


def earlier(path: Path, key: str | None = None) -> Path:
    """An archive with a shift in it."""
    console = Console(str(path), key)
    live(console, 0, 90)
    console.keeper.close()
    return path


def zero(path: Path, first: int, pages: int = 1) -> None:
    with path.open("r+b") as file:
        file.seek(first * PAGE)
        file.write(bytes(pages * PAGE))


def aside(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.damaged-*.db"))


def recorded_today(path: Path, key: str | None = None) -> Console:
    console = Console(str(path), key)
    live(console, 0, 5)
    console.keeper.close()
    return console


@KEYS
@pytest.mark.parametrize("left", [0.3, 0.5, 0.9])
def test_an_archive_that_was_cut_short_is_set_aside(tmp_path: Path, key: str | None, left: float) -> None:
    path = earlier(tmp_path / "shifts.db", key)
    os.truncate(path, int(path.stat().st_size * left) // PAGE * PAGE)
    before = path.read_bytes()
    console = recorded_today(path, key)
    (kept,) = aside(tmp_path)
    assert kept.read_bytes() == before
    assert [told.state for told in console.told] == [ON]
    assert f"was found damaged at 19:00 UTC: it was set aside as {kept}" in console.told[0].detail
    assert f"--archive {kept} --rescue NEW.db" in console.told[0].tip
    assert Held(str(path), key).events() == dict(enumerate(console.events, 1))


@KEYS
def test_a_page_that_is_not_whole_is_damage(tmp_path: Path, key: str | None) -> None:
    path = earlier(tmp_path / "shifts.db", key)
    os.truncate(path, path.stat().st_size - 100)
    console = recorded_today(path, key)
    assert len(aside(tmp_path)) == 1
    assert Held(str(path), key).events() == dict(enumerate(console.events, 1))


def test_whatever_page_is_lost_today_is_recorded_and_can_be_listed(tmp_path: Path) -> None:
    path = earlier(tmp_path / "shifts.db")
    sound = path.read_bytes()
    for page in range(1, len(sound) // PAGE):
        path.write_bytes(sound)
        zero(path, page)
        console = recorded_today(path)
        run = Held(str(path)).rows(runs)[-1]
        assert Held(str(path)).events(run.id) == dict(enumerate(console.events, 1)), page
        with sqlite3.connect(path) as looked_at:
            assert aside(tmp_path) or looked_at.execute("PRAGMA quick_check").fetchone() == ("ok",)
        looked_at.close()
        for file in tmp_path.iterdir():
            file.unlink()


def test_a_first_page_of_nothing_is_damage_too(tmp_path: Path) -> None:
    path = earlier(tmp_path / "shifts.db")
    zero(path, 0)
    recorded_today(path)
    assert len(aside(tmp_path)) == 1


def test_what_was_set_aside_twice_in_a_minute_is_both_there(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    for _ in range(2):
        earlier(path)
        os.truncate(path, 5 * PAGE)
        recorded_today(path)
    assert len(aside(tmp_path)) == 2


@KEYS
@pytest.mark.parametrize("settled", [5, 70], ids=["the log is young", "the log is old"])
def test_damage_under_a_running_recorder_is_noticed_and_nothing_of_the_board_is_lost(
    tmp_path: Path, key: str | None, settled: int
) -> None:
    path = earlier(tmp_path / "shifts.db", key)
    console = Console(str(path), key)
    live(console, 0, settled)
    zero(path, 1, path.stat().st_size // PAGE - 1)
    live(console, settled, settled + int(LOOK_S) + 5)
    (kept,) = aside(tmp_path)
    assert console.told[-1].state is ON
    assert str(kept) in console.told[-1].detail
    live(console, settled + int(LOOK_S) + 5, settled + int(LOOK_S) + 9)
    console.keeper.close()
    held = Held(str(path), key)
    boards, events = held.boards(), held.events()
    assert min(boards) + 1 == min(events)
    assert boards[min(boards)].calls
    assert events == {n: event for n, event in enumerate(console.events, 1) if n >= min(events)}
    assert len(events) > 2 * 4


def test_a_recorder_that_ends_on_a_damaged_file_writes_the_last_of_it_anew(tmp_path: Path) -> None:
    path = earlier(tmp_path / "shifts.db")
    console = Console(str(path))
    live(console, 0, 3)
    console.happen(moved)
    for page in range(path.stat().st_size // PAGE):
        zero(path, page)
    console.steady += LOOK_S
    console.keeper.close()
    assert len(aside(tmp_path)) == 1
    assert Held(str(path)).boards()[len(console.events)].seen == len(console.events)


def test_another_console_s_archive_is_not_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    first, second = Console(str(path)), Console(str(path))
    live(first, 0, 3)
    zero(path, 1, 3)
    live(second, 0, 3)
    assert not aside(tmp_path)
    assert second.told[-1].state is RecordingState.READING
    first.keeper.close()


def test_where_nothing_can_be_set_aside_recording_waits(tmp_path: Path) -> None:
    path = earlier(tmp_path / "shifts.db")
    os.truncate(path, 5 * PAGE)
    lock = tmp_path / "shifts.db.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    console = Console(str(path))
    live(console, 0, 3)
    assert console.told[-1].state is RecordingState.PAUSED
    lock.rmdir()
    live(console, 3, 40)
    console.keeper.close()
    assert console.told[-1].state is ON
    assert Held(str(path)).events() == dict(enumerate(console.events, 1))
