"""The recorder removes what is too old, and never what it is writing."""

from datetime import timedelta
from pathlib import Path

from console.archive.store.tables import shifts
from tests.archive.recording.acts import moved
from tests.archive.recording.beside import Console, Held
from tests.domain.builders import NOON


def test_shifts_that_are_too_old_go_while_the_newest_is_recorded(tmp_path: Path) -> None:
    url, day = str(tmp_path / "a.db"), timedelta(days=1)
    for days in (100, 30, 0):
        console = Console(url, began=NOON - days * day, keep=90 * day)
        for hours in (0, 1):
            console.happen(moved, at=NOON - days * day + timedelta(hours=hours))
            console.work(3600)
        console.happen(moved, at=NOON - days * day + timedelta(hours=25))
        for _ in range(2):
            console.work(3600)
        console.keeper.close()
    assert [row.id for row in Held(url).rows(shifts)] == [
        "2026-10-20",
        "2026-10-21",
        "2026-11-19",
        "2026-11-20",
    ]


def test_without_bounds_everything_stays(tmp_path: Path) -> None:
    url = str(tmp_path / "a.db")
    for days in (1_000, 0):
        console = Console(url, began=NOON - timedelta(days=days))
        console.happen(moved)
        console.work()
        console.keeper.close()
    assert len(Held(url).rows(shifts)) == 2
