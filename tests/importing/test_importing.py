"""From a file into an archive: each watch one shift, whole or not at all, and never twice."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.archive.recording.past import Bringer
from console.archive.shelf.index import block_lines, parts_of
from console.archive.store.database import Database, transaction
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import audit, micros, runs, shifts
from console.domain.definitions import NO_DEFINITIONS
from console.importing.importing import Brought, Wanted, bring_all, opened
from console.importing.telling import Progressed, told
from tests.importing.files import THREE_WATCHES, local, row, written

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
WANTED = Wanted(NO_DEFINITIONS)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Database]:
    with claim(open_database(str(tmp_path / "shifts.db"), write=True), NOW) as held:
        yield held.database


def by(origin: str) -> Bringer:
    return Bringer("supervisor", NOW, origin, "1.0")


def bring(archive: Database, path: Path, who: Callable[[str], Bringer] = by) -> list[Brought]:
    return list(bring_all(archive, opened(path, WANTED), NO_DEFINITIONS, who))


def ids(archive: Database) -> list[str]:
    with transaction(archive) as connection:
        return sorted(connection.scalars(shifts.select().with_only_columns(shifts.c.id)))


def test_each_watch_in_which_a_call_was_received_becomes_a_shift(archive: Database, tmp_path: Path) -> None:
    bring(archive, written(tmp_path))
    assert ids(archive) == ["sffd-2018-01-19", "sffd-2018-01-20", "sffd-2018-01-22"]


def test_a_shift_says_whose_it_is_and_how_much_happened(archive: Database, tmp_path: Path) -> None:
    bring(archive, written(tmp_path))
    with transaction(archive) as connection:
        found = connection.execute(shifts.select().where(shifts.c.id == "sffd-2018-01-19")).one()
    assert (found.agency, found.name, found.timezone, found.kind) == (
        "San Francisco Fire Department", "Watch of 19 Jan 2018", "America/Los_Angeles", "import",
    )  # fmt: skip
    assert (found.since, found.until) == (
        micros(local("2018-01-19T08:00")),
        micros(local("2018-01-20T08:00")),
    )
    assert (found.calls, found.units) == (3, 2)


def test_the_blocks_of_a_shift_hold_every_event_once(archive: Database, tmp_path: Path) -> None:
    bring(archive, written(tmp_path))
    with transaction(archive) as connection:
        (part,) = parts_of(connection, "sffd-2018-01-19")
        lines = block_lines(connection, part.run, 0)
    assert [line.first for line in lines] == [1, *(line.last + 1 for line in lines[:-1])]
    assert (lines[-1].last, lines[-1].until) == (part.last, part.until)
    assert all(line.settled for line in lines)


def test_the_last_watch_goes_on_until_its_last_call_is_closed(archive: Database, tmp_path: Path) -> None:
    late = row("9", "M1", 19, "23:00", "", "23:01", "", "", "", "", "").replace(
        ",,Code 2", ",2018-01-20T09:30:00,Code 2"
    )
    bring(archive, written(tmp_path, late))
    with transaction(archive) as connection:
        (part,) = parts_of(connection, "sffd-2018-01-19")
    assert part.until == local("2018-01-20T09:30:01")


def test_bringing_a_file_twice_adds_nothing(archive: Database, tmp_path: Path) -> None:
    path = written(tmp_path)
    bring(archive, path)
    again = bring(archive, path)
    assert [brought.shift for brought in again] == [None] * 3
    assert len(ids(archive)) == 3


def test_another_file_of_the_same_watch_is_another_shift(archive: Database, tmp_path: Path) -> None:
    bring(archive, written(tmp_path))
    bring(archive, written(tmp_path, THREE_WATCHES[0], name="corrected.csv"))
    assert "sffd-2018-01-19-2" in ids(archive)


def test_of_a_file_that_has_grown_only_the_watches_that_have_grown_are_added(
    archive: Database, tmp_path: Path
) -> None:
    bring(archive, written(tmp_path, *THREE_WATCHES[:5], name="january.csv"))
    more = row("6", "M1", 20, "12:00", "", "12:01", "", "", "", "", "12:30")
    file = opened(written(tmp_path, *THREE_WATCHES, more, name="grown.csv"), WANTED)
    done = Progressed(of=3)
    for brought in bring_all(archive, file, NO_DEFINITIONS, by):
        done.add(brought)
    assert told(file, done)[1:4] == [
        "  watches: 2 new, 1 already there",
        "  shifts: sffd-2018-01-20-2, sffd-2018-01-22",
        "  of watches that are there with other rows: 1 (sffd-2018-01-20-2 beside sffd-2018-01-20)",
    ]


def test_an_import_that_was_stopped_goes_on_after_the_watches_that_are_in(
    archive: Database, tmp_path: Path
) -> None:
    path = written(tmp_path)
    begun = bring_all(archive, opened(path, WANTED), NO_DEFINITIONS, by)
    first = next(begun).shift
    assert ids(archive) == [first]
    assert [brought.shift for brought in bring(archive, path)] == [None, "sffd-2018-01-20", "sffd-2018-01-22"]


def test_a_watch_that_breaks_off_while_it_is_written_leaves_nothing(
    archive: Database, tmp_path: Path
) -> None:
    def interrupted(origin: str) -> Bringer:
        return Bringer("supervisor", None, origin)  # type: ignore[arg-type]  # found out with the last row

    with pytest.raises(TypeError):
        bring(archive, written(tmp_path), interrupted)
    with transaction(archive) as connection:
        assert list(connection.execute(runs.select())) == []
    assert ids(archive) == []


def test_who_brought_what_is_written_down(archive: Database, tmp_path: Path) -> None:
    bring(archive, written(tmp_path))
    with transaction(archive) as connection:
        found = [(row.who, row.act, row.subject, row.detail) for row in connection.execute(audit.select())]
    assert found[0] == ("supervisor", "import", "sffd-2018-01-19", "calls.csv")
    assert len(found) == 3


def test_the_report_names_reasons_and_lines_but_nothing_that_a_row_says(
    archive: Database, tmp_path: Path
) -> None:
    bad = [row("", "M1", 19, "10:00"), row("7", "", 19, "10:00"), row("8", "", 19, "10:00")]
    odd = row("9", "M1", 19, "13:00", "", "13:10").replace("2018-01-19T13:10:00", "SECRET")
    file = opened(written(tmp_path, *THREE_WATCHES, *bad, odd), WANTED)
    done = Progressed(of=3)
    for brought in bring_all(archive, file, NO_DEFINITIONS, by):
        done.add(brought)
    assert told(file, done) == [
        "calls.csv: 10 rows, 6 calls, 3 units (America/Los_Angeles)",
        "  watches: 3 new, 0 already there",
        "  shifts: sffd-2018-01-19, sffd-2018-01-20, sffd-2018-01-22",
        "  rejected rows: 3",
        "    2 x no unit_id (lines 9, 10)",
        "    1 x no call_number (line 8)",
        "  left out of rows that are in: 1",
        "    1 x dispatch_dttm is no date and time (line 11)",
    ]
