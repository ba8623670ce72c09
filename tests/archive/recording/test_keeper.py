"""What happens is in the archive: in its order, whole, and with the boards that it leads to."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.archive.store.tables import blocks, checkpoints, micros, parts, runs
from console.domain.events import Recorded
from console.domain.recording import RecordingState
from console.domain.state import advance, start
from tests.archive.recording.acts import answered, call, calls, described, moved
from tests.archive.recording.beside import Console, Held
from tests.domain.alarming import alarm_logs
from tests.domain.builders import NOON, at, logs

SECOND = timedelta(seconds=1)


def numbered(console: Console) -> dict[int, Recorded]:
    return dict(enumerate(console.events, 1))


def test_what_happened_is_held_whole_and_in_order(archives: tuple[str, str | None]) -> None:
    console = Console(*archives)
    for second in range(150):
        console.happen(moved, at=NOON + second * SECOND)
        console.work()
    console.keeper.close()
    held = Held(*archives)
    assert held.events() == numbered(console)
    assert held.boards()[len(console.events)] == advance(start(NOON), console.events, NOON + 149 * SECOND)


def test_a_minute_that_is_over_is_one_settled_block_with_a_board(tmp_path: Path) -> None:
    url = str(tmp_path / "a.db")
    console = Console(url)
    for second in range(70):
        console.happen(moved, at=NOON + second * SECOND)
        console.work()
    rows = Held(url).rows(blocks)
    assert [row.settled for row in rows] == [True, *[False] * 10]
    assert rows[0].until == micros(at(minutes=1))
    board = Held(url).boards()[rows[0].last]
    assert board == advance(start(NOON), console.events[: rows[0].last], at(minutes=1))


def test_boards_lean_on_a_whole_one_of_the_last_half_hour(tmp_path: Path) -> None:
    url = str(tmp_path / "a.db")
    console = Console(url)
    for minute in range(65):
        console.happen(answered, at=at(minutes=minute))
        console.work()
    rows = Held(url).rows(checkpoints)
    whole = [row.seen for row in rows if row.base is None]
    assert 3 <= len(whole) <= 4
    assert all(row.base in whole for row in rows if row.base is not None)


def test_it_is_known_up_to_when_nothing_happened(tmp_path: Path) -> None:
    url = str(tmp_path / "a.db")
    console = Console(url)
    console.work()
    console.work()
    console.clock.set(at(seconds=40))
    console.work()
    assert Held(url).rows(runs)[0].until == micros(at(seconds=40))


def test_a_run_that_ended_says_so_and_leaves_no_journal(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    console.happen(moved)
    console.work()
    console.keeper.close()
    assert Held(console.url).rows(runs)[0].ended == micros(NOON)
    assert not [file for file in tmp_path.iterdir() if file.name.endswith("-wal") and file.stat().st_size]


def test_that_it_records_is_told_once_and_is_in_the_recording(tmp_path: Path) -> None:
    console = Console(str(tmp_path / "a.db"))
    for _ in range(5):
        console.work()
    assert [recording.state for recording in console.told] == [RecordingState.ON]
    assert console.board.recording == console.told[0]
    assert len(Held(console.url).events()) == 2


@pytest.mark.parametrize("days", [-3_000, 3_000])
def test_a_sequence_that_starts_over_is_written_anew(archives: tuple[str, str | None], days: int) -> None:
    console = Console(*archives)
    console.happen(moved, described())
    console.work()
    announced = NOON + timedelta(days=days)
    console.sequence.restart(lambda: console.clock.set(announced))
    console.happen(calls(call("a")))
    console.work()
    console.keeper.close()
    held = Held(*archives)
    (run,) = held.rows(runs)
    assert run.began == micros(announced)
    assert [row.since for row in held.rows(parts)] == [micros(announced)]
    assert held.events(run.id) == numbered(console)


def test_a_console_that_opens_again_begins_another_run(archives: tuple[str, str | None]) -> None:
    for _ in range(2):
        console = Console(*archives)
        console.happen(moved)
        console.work()
        console.keeper.close()
        assert not console.told[0].detail
    assert len(Held(*archives).rows(runs)) == 2


def test_a_recording_that_broke_off_is_told_of_by_the_next(tmp_path: Path) -> None:
    url = str(tmp_path / "a.db")
    first = Console(url)
    first.happen(moved, at=at(minutes=1))
    first.work()
    first.keeper._leave()
    console = Console(url, began=at(minutes=8.5))
    console.work()
    assert console.told[0].state is RecordingState.ON
    assert console.told[0].detail == (
        "The previous recording ended unexpectedly at 19:01 UTC: 8 minutes are missing."
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=logs() | alarm_logs(), rounds=st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_any_pace_of_the_recorder_gives_the_same_log(
    tmp_path_factory: pytest.TempPathFactory, log: list[Recorded], rounds: list[int]
) -> None:
    console = Console(str(tmp_path_factory.mktemp("any") / "a.db"))
    waits = iter(rounds)
    for event in log:
        console.happen(lambda _moment, event=event: event, at=event.at)  # type: ignore[misc]
        if wait := next(waits, 0):
            console.work(wait)
    console.work()
    console.keeper.close()
    held = Held(console.url)
    assert held.events() == numbered(console)
    for seen, board in held.boards().items():
        assert board == advance(start(NOON), console.events[:seen], board.at)
