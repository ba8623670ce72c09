"""A damaged file: what can still be read of it comes over into a new archive, as it was."""

import os
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text

from console.archive.codec.digest import digest
from console.archive.shelf.shelf import Shelf
from console.archive.store.database import transaction
from console.archive.store.errors import ArchiveError
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.rescue import Rescued, rescue
from console.archive.store.tables import blocks, marks, parts, runs
from tests.archive.conftest import RAW_KEY
from tests.archive.store.made import NOON, record

KEYS = pytest.mark.parametrize("key", [None, RAW_KEY], ids=["plain", "encrypted"])
COUNT = 300


def block(number: int) -> dict[str, object]:
    body = bytes([number % 251]) * (20 * number)
    sealed = digest(1, number, number, body)
    return {"run": 1, "first": number, "last": number, "since": 0, "until": 0, "digest": sealed, "body": body}


def recorded(path: Path, key: str | None) -> None:
    """Three hundred blocks, the later the larger, and a mark beside each."""
    with (
        open_database(str(path), key=key, write=True) as database,
        claim(database, NOON),
        transaction(database) as connection,
    ):
        connection.execute(insert(runs).values(id=1, key="a", kind="live", began=0, until=0))
        for number in range(1, COUNT + 1):
            connection.execute(insert(blocks).values(block(number)))
            connection.execute(insert(marks).values(run=1, seen=number, at=0, label=f"mark {number}"))


def rescued(path: Path, key: str | None) -> tuple[Rescued, list[int], list[int]]:
    """What was told, and which blocks and marks came over; each of them was compared."""
    new = path.with_name("new.db")
    with open_database(str(new), key=key, write=True) as into, claim(into, NOON):
        told = rescue(str(path), key, into)
        with transaction(into) as connection:
            found = connection.execute(select(blocks).order_by(blocks.c.first)).mappings().all()
            seen = connection.execute(select(marks.c.seen, marks.c.label).order_by(marks.c.id)).all()
    wrong = [row["first"] for row in found if not block(row["first"]).items() <= row.items()]
    assert wrong == []
    assert [number for number, label in seen if label != f"mark {number}"] == []
    return told, [row["first"] for row in found], [number for number, _ in seen]


@KEYS
def test_all_of_a_sound_file_comes_over(tmp_path: Path, key: str | None) -> None:
    recorded(tmp_path / "shifts.db", key)
    told, found, seen = rescued(tmp_path / "shifts.db", key)
    assert (found, seen, told.damaged) == ([*range(1, COUNT + 1)], [*range(1, COUNT + 1)], ())
    assert told.rows["blocks"] == COUNT


@KEYS
@pytest.mark.parametrize(("part", "least"), [(0.3, 120), (0.6, 200), (0.9, 270)])
def test_of_a_file_that_was_cut_short_what_stands_before_the_cut_comes_over(
    tmp_path: Path, key: str | None, part: float, least: int
) -> None:
    path = tmp_path / "shifts.db"
    recorded(path, key)
    os.truncate(path, int(path.stat().st_size * part))
    told, found, _ = rescued(path, key)
    assert "blocks" in told.damaged
    assert least <= len(found) < COUNT
    assert found == [*range(1, len(found) + 1)]


@KEYS
def test_one_page_that_was_overwritten_costs_the_blocks_it_holds_and_no_others(
    tmp_path: Path, key: str | None
) -> None:
    path = tmp_path / "shifts.db"
    recorded(path, key)
    whole = path.read_bytes()
    pages = len(whole) // 4096
    for page in (pages // 4, pages // 2, pages - 2):
        path.write_bytes(whole[: page * 4096] + b"\xee" * 4096 + whole[(page + 1) * 4096 :])
        for left in tmp_path.glob("new.db*"):
            left.unlink()
        _, found, seen = rescued(path, key)
        assert len(found) >= COUNT - 100
        assert len(seen) >= COUNT - 100


def test_the_damaged_file_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    recorded(path, None)
    os.truncate(path, path.stat().st_size // 2)
    before = path.read_bytes()
    rescued(path, None)
    assert path.read_bytes() == before


def test_a_run_that_begins_after_a_rescue_has_a_number_of_its_own(tmp_path: Path) -> None:
    recorded(tmp_path / "shifts.db", None)
    rescued(tmp_path / "shifts.db", None)
    with open_database(str(tmp_path / "new.db"), write=True) as new, transaction(new) as connection:
        connection.execute(insert(runs).values(key="b", kind="live", began=0, until=0))
        assert connection.scalars(text("SELECT id FROM runs ORDER BY id")).all() == [1, 2]


def test_a_run_and_a_shift_that_are_lost_are_made_of_what_tells_of_them(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    recorded(path, None)
    with open_database(str(path), write=True) as database, transaction(database) as connection:
        connection.execute(insert(parts).values(shift="day", run=1, first=1, last=COUNT, since=5, until=9))
        connection.execute(delete(runs))
    rescued(path, None)
    with open_database(str(tmp_path / "new.db")) as new:
        assert [(line.id, line.damaged) for line in Shelf(new).shifts()] == [("day", False)]


def test_a_row_of_other_types_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    recorded(path, None)
    with open_database(str(path), write=True) as database, transaction(database) as connection:
        connection.execute(text("UPDATE blocks SET body = 'text' WHERE first = 7"))
        connection.execute(text("UPDATE blocks SET settled = 'text' WHERE first = 8"))
        connection.execute(text("UPDATE marks SET at = x'00' WHERE id = 9"))
    told, found, seen = rescued(path, None)
    assert (told.damaged, len(found), len(seen)) == (("blocks", "marks"), COUNT - 2, COUNT - 1)


def test_a_file_without_its_beginning_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    path.write_bytes(b"SQLite format 3\0" + b"\xee" * 8176)
    record(str(tmp_path / "new.db"))
    with open_database(str(tmp_path / "new.db"), write=True) as into, pytest.raises(ArchiveError):
        rescue(str(path), None, into)
