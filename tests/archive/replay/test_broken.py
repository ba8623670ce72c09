"""A damaged file: every day that the damage does not touch is listed and replayed, and the damage is told."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.shelf.shelf import Shelf
from console.archive.store.database import Database
from console.archive.store.files import PAGE
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.reading import trouble
from console.domain.events import Noted, Recorded
from console.domain.state import State
from console.domain.track import GapKind
from tests.archive.conftest import RAW_KEY
from tests.archive.replay.recorded import Writing, shown
from tests.domain.builders import NOON

DAYS, NOTES = 6, 12
HOUR = timedelta(hours=1)
IDS = {f"2026-11-{19 + day}" for day in range(DAYS)}


def _notes(day: int) -> list[Recorded]:
    dice, began = random.Random(day), NOON + 24 * HOUR * day
    return [
        Noted(began + timedelta(minutes=5 * number), dice.randbytes(2000).hex(), "me")
        for number in range(NOTES)
    ]


@pytest.fixture(scope="module", params=[None, RAW_KEY], ids=["plain", "encrypted"])
def recorded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[bytes, str | None]:
    """The bytes of an archive of some days, and its key."""
    path = tmp_path_factory.mktemp("days") / "shifts.db"
    with claim(open_database(str(path), key=request.param, write=True), NOON) as mine:
        for day in range(DAYS):
            began = NOON + 24 * HOUR * day
            writing = Writing(mine.database, began)
            writing.all(_notes(day), began + HOUR, minute=600)
            writing.log.end(began + HOUR)
    return path.read_bytes(), request.param


@contextmanager
def _opened(tmp_path: Path, content: bytes, key: str | None) -> Iterator[Database]:
    path = tmp_path / "shifts.db"
    for name in ("shifts.db-wal", "shifts.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    path.write_bytes(content)
    with open_database(str(path), key=key) as database:
        yield database


def _seen(database: Database) -> dict[str, State | None]:
    """Each listed day's board at its end, and none where it cannot be shown."""
    lines = {line.id: line for line in Shelf(database).shifts()}
    return {name: _board(database, name) if name in lines else None for name in sorted(IDS)}


def _board(database: Database, shift: str) -> State | None:
    try:
        return shown(Replay(tapes := Tapes(database, shift)), tapes.until)
    except ValueError:
        return None


def test_one_page_of_zeros_takes_no_other_day_with_it(
    tmp_path: Path, recorded: tuple[bytes, str | None]
) -> None:
    content, key = recorded
    with _opened(tmp_path, content, key) as database:
        whole = _seen(database)
        assert trouble(database) == ""
    lost, told, pages = 0, 0, len(content) // PAGE
    for page in range(1, pages, 3):
        torn = content[: page * PAGE] + bytes(PAGE) + content[(page + 1) * PAGE :]
        with _opened(tmp_path, torn, key) as database:
            seen = _seen(database)
            lost += sum(seen[name] != whole[name] for name in IDS)
            told += bool(trouble(database))
    assert lost <= 0.05 * DAYS * pages / 3
    assert told > 0


def test_a_file_that_was_cut_short_shows_what_stands_before_the_cut(
    tmp_path: Path, recorded: tuple[bytes, str | None]
) -> None:
    content, key = recorded
    for less in (100, PAGE, 8 * PAGE):
        with _opened(tmp_path, content[:-less], key) as database:
            assert {line.id for line in Shelf(database).shifts()} == IDS
            assert sum(board is not None for board in _seen(database).values()) == DAYS
            assert "is damaged" in trouble(database)


def test_what_a_lost_page_takes_of_a_day_is_a_damaged_gap(
    tmp_path: Path, recorded: tuple[bytes, str | None]
) -> None:
    content, key = recorded
    found = 0
    for page in range(1, len(content) // PAGE, 3):
        torn = content[: page * PAGE] + bytes(PAGE) + content[(page + 1) * PAGE :]
        with _opened(tmp_path, torn, key) as database:
            shelf = Shelf(database)
            for line in shelf.shifts():
                if line.damaged:
                    found += any(gap.kind is GapKind.DAMAGED for gap in shelf.track(line).gaps)
    assert found > DAYS
