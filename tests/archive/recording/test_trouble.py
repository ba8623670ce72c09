"""What the archive cannot take is held and written later; the board goes on, and people are told."""

import sqlite3
from pathlib import Path

import pytest

from console.archive.store.tables import runs
from console.domain.events import Recorded
from console.domain.recording import RecordingState
from console.domain.state import advance, start
from tests.archive.conftest import RAW_KEY, Outage
from tests.archive.recording.acts import call, calls, moved
from tests.archive.recording.beside import Console, Held
from tests.domain.builders import NOON, at

ON, PAUSED, READING, OFF = (
    RecordingState.ON,
    RecordingState.PAUSED,
    RecordingState.READING,
    RecordingState.OFF,
)


def states(console: Console) -> list[RecordingState]:
    return [recording.state for recording in console.told]


def numbered(console: Console) -> dict[int, Recorded]:
    return dict(enumerate(console.events, 1))


def live(console: Console, first: int, last: int) -> None:
    """Some seconds with an event each."""
    for second in range(first, last):
        console.happen(moved, calls(call(f"c{second}")), at=at(seconds=second))
        console.work()


def cap(console: Console, pages: int) -> None:
    """Let SQLite take no more pages than that, as a disk that is full."""
    desk = console.keeper._desk
    assert desk is not None
    with desk._held.database.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_holds_the_recording_up_and_it_goes_on_without_a_hole(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    live(console, 0, 3)
    cap(console, 1)
    live(console, 3, 130)
    assert states(console) == [ON, PAUSED]
    assert "Recording stopped at 19:00 UTC" in console.told[1].detail
    assert "full" in console.told[1].detail
    assert "free some space" in console.told[1].detail
    cap(console, 1 << 30)
    live(console, 130, 150)
    console.keeper.close()
    assert states(console) == [ON, PAUSED, ON]
    assert console.told[2].lost == 0
    assert Held(console.url).events() == numbered(console)


def test_what_finds_no_room_is_a_hole_with_a_board_behind_it(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"), room=40)
    live(console, 0, 3)
    cap(console, 1)
    live(console, 3, 70)
    cap(console, 1 << 30)
    live(console, 70, 90)
    console.keeper.close()
    lost = console.told[-1].lost
    assert states(console)[-1] is ON
    assert f"{lost} events" in console.told[-1].detail
    found = Held(console.url).events()
    missing = numbered(console).keys() - found.keys()
    assert len(missing) == lost
    assert found == {number: event for number, event in numbered(console).items() if number in found}
    boards = Held(console.url).boards()
    for last in (number for number in missing if number + 1 not in missing):
        assert boards[last] == advance(start(NOON), console.events[:last], boards[last].at)


def test_a_folder_that_is_taken_away_and_brought_back(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    console = Console(str(folder / "a.db"))
    live(console, 0, 3)
    folder.rename(tmp_path / "away")
    live(console, 3, 30)
    assert states(console) == [ON, PAUSED]
    assert "bring its folder back" in console.told[1].detail
    (tmp_path / "away").rename(folder)
    live(console, 30, 60)
    console.keeper.close()
    assert states(console) == [ON, PAUSED, ON]
    assert Held(console.url).events() == numbered(console)


def test_a_file_that_was_deleted_is_made_again_from_the_board(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    live(console, 0, 3)
    for file in tmp_path.iterdir():
        file.unlink()
    live(console, 3, 60)
    console.keeper.close()
    held = Held(console.url)
    (run,) = held.rows(runs)
    boards, events = held.boards(run.id), held.events(run.id)
    assert states(console)[-1] is ON
    assert min(boards) + 1 == min(events)
    assert events == {number: event for number, event in numbered(console).items() if number >= min(events)}


def test_a_server_that_is_lost_and_found_again(pg: str, outage: Outage) -> None:
    console = Console(pg)
    live(console, 0, 3)
    outage.begin()
    live(console, 3, 30)
    assert states(console) == [ON, PAUSED]
    outage.end()
    live(console, 30, 80)
    console.keeper.close()
    assert states(console) == [ON, PAUSED, ON]
    assert Held(console.url).events() == numbered(console)


def test_a_server_that_is_not_there_at_the_start_is_waited_for(pg: str, outage: Outage) -> None:
    outage.begin()
    console = Console(pg)
    live(console, 0, 5)
    assert states(console) == [PAUSED]
    outage.end()
    live(console, 5, 40)
    console.keeper.close()
    assert Held(console.url).events() == numbered(console)


def test_the_second_console_reads_and_goes_on_when_the_first_has_gone(
    archives: tuple[str, str | None],
) -> None:
    first, second = Console(*archives), Console(*archives)
    for console in (first, second):
        live(console, 0, 3)
    assert states(second) == [READING]
    assert "has been recording into this archive since 2026-11-19 19:" in second.told[0].detail
    assert second.told[0].place
    first.keeper.close()
    live(second, 3, 12)
    second.keeper.close()
    held = Held(*archives)
    assert states(second) == [READING, ON]
    assert held.events(1) == numbered(first)
    found = held.events(2)
    assert found
    assert found == {number: event for number, event in numbered(second).items() if number >= min(found)}
    assert held.boards(2)[min(found) - 1].seen == min(found) - 1


def test_a_newer_archive_is_left_as_it_is(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    console.work()
    console.keeper.close()
    with sqlite3.connect(tmp_path / "a.db") as changed:
        changed.execute("UPDATE facts SET value = '99' WHERE name = 'schema'")
    changed.close()
    before = (tmp_path / "a.db").read_bytes()
    newer = Console(console.url)
    live(newer, 0, 3)
    newer.keeper.close()
    assert states(newer) == [OFF]
    assert "update the console" in newer.told[0].detail
    assert (tmp_path / "a.db").read_bytes() == before


@pytest.mark.parametrize("key", [None, "0f" * 32])
def test_an_archive_of_another_key_is_left_as_it_is(tmp_path: Path, key: str | None) -> None:
    console = Console(str(tmp_path / "a.db"), RAW_KEY)
    live(console, 0, 3)
    console.keeper.close()
    before = (tmp_path / "a.db").read_bytes()
    wrong = Console(console.url, key)
    live(wrong, 0, 5)
    assert states(wrong) == [OFF]
    assert "key" in wrong.told[0].detail
    assert (tmp_path / "a.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database, but somebody's letter", b"x" * 8192])
def test_a_file_of_somebody_else_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.db").write_bytes(content)
    console = Console(str(tmp_path / "a.db"))
    live(console, 0, 3)
    assert states(console) == [OFF]
    assert (tmp_path / "a.db").read_bytes() == content


def test_a_folder_that_may_not_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "archive").write_bytes(b"")
    console = Console(str(tmp_path / "archive" / "a.db"))
    live(console, 0, 3)
    assert states(console) == [PAUSED]
    (tmp_path / "archive").unlink()
    live(console, 3, 30)
    console.keeper.close()
    assert Held(console.url).events() == numbered(console)


def test_events_that_were_dropped_on_the_way_are_made_up_for_by_the_board(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    live(console, 0, 3)
    before = len(console.events)
    console.sequence._taps[0]._limit = 4
    for second in range(3, 9):
        console.happen(moved, at=at(seconds=second))
    for _ in range(2):
        console.work()
    console.keeper.close()
    found = Held(console.url).events()
    hole = set(numbered(console)) - set(found)
    assert console.told[-1].lost == len(hole) > 0
    assert min(hole) == before + 1
    assert Held(console.url).boards()[max(hole)].seen == max(hole)
