"""Rows with values that no console writes: that shift is listed as damaged, and nothing else is different."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.shelf.shelf import NoSuchShift, Shelf
from console.archive.store.database import Database, transaction
from console.archive.store.opening import open_database
from console.archive.store.reading import trouble
from console.domain.events import Noted
from console.domain.track import Gap, GapKind
from tests.archive.replay.recorded import Writing, archive, shown
from tests.domain.builders import at

DAY = 24 * 60
FIRST, SECOND = "2026-11-19", "2026-11-20"
NOTES = [Noted(at(minute), f"{minute}", "me") for minute in (0.5, 1.5, 2.5)]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Two days, one run each."""
    with archive(tmp_path) as opened:
        for began in (0, DAY):
            writing = Writing(opened, at(began))
            notes = [Noted(at(began + 0.5 + minute), f"{minute}", "me") for minute in range(3)]
            writing.all(notes, at(began + 3), minute=60)
            writing.log.end(at(began + 3))
        yield opened


def _change(database: Database, statement: str) -> None:
    with transaction(database) as connection:
        connection.execute(text(statement))


IMPOSSIBLE = [
    *(
        f"UPDATE shifts SET {column} = {value} WHERE id = '{SECOND}'"
        for column, value in (
            ("since", 1 << 62),
            ("since", "'noon'"),
            ("until", -5),
            ("until", "x'00'"),
            ("timezone", "x'fffe'"),
            ("calls", "'many'"),
            ("name", "x'ff'"),
        )
    ),
    f"DELETE FROM shifts WHERE id = '{SECOND}'",
    *(
        f"UPDATE parts SET {column} = {value} WHERE run = 2"
        for column, value in (
            ("since", 1 << 62),
            ("until", 1 << 55),
            ("until", "x'00'"),
            ("run", 9),
            ("first", "'one'"),
        )
    ),
]


@pytest.mark.parametrize("statement", IMPOSSIBLE)
def test_a_shift_with_an_impossible_row_is_listed_as_damaged_and_replayed(
    database: Database, statement: str
) -> None:
    board = shown(Replay(Tapes(database, SECOND)), at(DAY + 3))
    _change(database, statement)
    lines = {line.id: line.damaged for line in Shelf(database).shifts()}
    assert lines == {FIRST: False, SECOND: True}
    assert shown(Replay(Tapes(database, SECOND)), at(DAY + 3)) == board


@pytest.mark.parametrize(
    "statement",
    [
        *(f"UPDATE runs SET {column} = {1 << 62} WHERE id = 2" for column in ("began", "until", "ended")),
        "DELETE FROM runs WHERE id = 2",
        f"UPDATE blocks SET since = {1 << 62} WHERE run = 2 AND first = 2",
        f"UPDATE checkpoints SET at = {1 << 62} WHERE run = 2",
        "UPDATE facts SET value = 'zz' WHERE name = 'schema'",
        "DELETE FROM facts",
        f"UPDATE writer SET beat = {1 << 62}",
        "UPDATE blocks SET body = 'text' WHERE run = 2 AND first = 2",
        "UPDATE blocks SET digest = 'text' WHERE run = 2 AND first = 2",
    ],
)
def test_whatever_stands_in_a_row_both_days_are_listed_and_the_other_is_as_it_was(
    database: Database, statement: str
) -> None:
    board = shown(Replay(Tapes(database, FIRST)), at(3))
    _change(database, statement)
    assert [line.id for line in Shelf(database).shifts(at(DAY + 4))] == [SECOND, FIRST]
    assert shown(Replay(Tapes(database, FIRST)), at(3)) == board
    assert shown(Replay(Tapes(database, SECOND)), at(DAY + 3)).at == at(DAY + 3)
    with open_database(str(database.path)) as again:
        assert len(Shelf(again).shifts()) == 2


@pytest.mark.parametrize("column", ["since", "until"])
def test_a_block_at_another_time_is_damaged(database: Database, column: str) -> None:
    _change(database, f"UPDATE blocks SET {column} = {column} + 1000000 WHERE run = 1 AND first = 2")
    shelf = Shelf(database)
    assert shelf.verify(shelf.find(FIRST)) == (Gap(at(1), at(2), GapKind.DAMAGED),)


def test_a_board_at_another_time_is_passed_over(database: Database) -> None:
    board = shown(Replay(Tapes(database, FIRST)), at(2.2))
    _change(database, "UPDATE checkpoints SET at = at - 90000000 WHERE run = 1 AND seen = 2")
    assert shown(Replay(Tapes(database, FIRST)), at(2.2)) == board


def test_who_names_no_shift_of_a_damaged_archive_is_told_of_the_damage(database: Database) -> None:
    _change(database, f"UPDATE shifts SET since = {1 << 62}")
    with pytest.raises(NoSuchShift, match="is damaged"):
        Shelf(database).find("2027")
    assert "shifts --rescue" in trouble(database)
