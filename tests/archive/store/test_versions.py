"""Versions of the archive: an older one is copied and brought up to date, a newer one is left as it is."""

import shutil
import stat
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from console.archive.store.database import Database, transaction
from console.archive.store.errors import ArchiveError, NewerArchive
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import facts, marks, metadata
from console.archive.store.versions import MIGRATIONS, VERSION
from tests.archive.conftest import RAW_KEY
from tests.archive.store.made import NOON, Archive, call_it, of_version_1, record

KEYS = pytest.mark.parametrize("key", [None, RAW_KEY], ids=["plain", "encrypted"])


def shape(database: Database) -> dict[str, set[tuple[str, bool]]]:
    with transaction(database) as connection:
        seen = inspect(connection)
        names = seen.get_table_names()
        return {name: {(c["name"], c["nullable"]) for c in seen.get_columns(name)} for name in names}


def test_every_earlier_version_has_a_way_to_the_present() -> None:
    assert sorted(MIGRATIONS) == list(range(1, VERSION))


def test_a_new_archive_says_what_it_is(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON, "SMART Console 1.0"):
        with transaction(database) as connection:
            told = dict(connection.execute(select(facts.c.name, facts.c.value)).all())
        assert set(shape(database)) == set(metadata.tables)
    assert told == {
        "schema": str(VERSION),
        "made_at": "2026-05-01T12:00:00+00:00",
        "made_by": "SMART Console 1.0",
    }


def test_an_older_archive_comes_to_the_shape_of_a_new_one_with_all_it_held(
    archives: Archive, tmp_path: Path
) -> None:
    url, key = archives
    of_version_1(url, key)
    record(str(tmp_path / "new.db"))
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        with transaction(database) as connection:
            mark = connection.execute(select(marks)).one()
        with open_database(str(tmp_path / "new.db")) as new:
            assert shape(database) == shape(new)
    assert (mark.seen, mark.subject, mark.label) == (7, "C-12", "")


def test_a_reader_of_an_older_archive_asks_for_the_writer(archives: Archive) -> None:
    url, key = archives
    of_version_1(url, key)
    with pytest.raises(ArchiveError, match=r"has version 1, this console reads 2.*opened once"):
        open_database(url, key=key)


@KEYS
def test_an_older_file_is_kept_beside_with_what_its_log_holds(tmp_path: Path, key: str | None) -> None:
    path = tmp_path / "shifts.db"
    of_version_1(str(tmp_path / "made.db"), key)
    with open_database(str(tmp_path / "made.db"), key=key, write=True) as left:
        with transaction(left) as connection:
            connection.execute(text("UPDATE marks SET subject = 'in the log'"))
        _as_after_a_crash(tmp_path / "made.db", path)
    with open_database(str(path), key=key, write=True) as database, claim(database, NOON):
        pass
    kept = tmp_path / "shifts.db.v1.bak"
    with open_database(str(kept), key=key, write=True) as old, transaction(old) as connection:
        assert connection.scalar(text("SELECT value FROM facts WHERE name = 'schema'")) == "1"
        assert connection.scalar(text("SELECT subject FROM marks")) == "in the log"
    if sys.platform != "win32":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_copy_that_is_there_already_is_not_overwritten(tmp_path: Path) -> None:
    path, kept = tmp_path / "shifts.db", tmp_path / "shifts.db.v1.bak"
    kept.write_text("mine")
    of_version_1(str(path), None)
    record(str(path))
    assert kept.read_text() == "mine"
    assert (tmp_path / "shifts.db.v1.2.bak").stat().st_size


def test_an_update_that_fails_leaves_the_older_version_whole(archives: Archive) -> None:
    url, key = archives
    of_version_1(url, key)
    with open_database(url, key=key, write=True) as database:
        with transaction(database) as connection:  # so that adding it fails
            connection.execute(text("ALTER TABLE marks ADD COLUMN label TEXT"))
        before = shape(database)
        with pytest.raises(ArchiveError, match="refused"):
            claim(database, NOON)
        with transaction(database) as connection:
            version = connection.scalar(select(facts.c.value).where(facts.c.name == "schema"))
        assert (version, shape(database)) == ("1", before)
        with pytest.raises(ArchiveError, match="refused"):  # and the lock is free again
            claim(database, NOON)


@KEYS
@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
def test_a_newer_archive_is_refused_without_a_byte_changed(
    tmp_path: Path, key: str | None, write: bool
) -> None:
    path = tmp_path / "shifts.db"
    with open_database(str(tmp_path / "made.db"), key=key, write=True) as made, claim(made, NOON):
        with transaction(made) as connection:
            call_it(connection, "99")
        _as_after_a_crash(tmp_path / "made.db", path)  # what says 99 stands in the write-ahead log alone
    files = {each: each.read_bytes() for each in (path, tmp_path / "shifts.db-wal")}
    with pytest.raises(NewerArchive, match="has version 99, this console knows up to 2: update the console"):
        open_database(str(path), key=key, write=write)
    assert {each: each.read_bytes() for each in files} == files


@KEYS
@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
def test_a_newer_archive_is_left_without_a_file_beside_it(
    tmp_path: Path, key: str | None, write: bool
) -> None:
    path = tmp_path / "made.db"
    with open_database(str(path), key=key, write=True) as made, claim(made, NOON), transaction(made) as held:
        call_it(held, "99")
    newer = tmp_path / "newer" / "shifts.db"
    newer.parent.mkdir()
    newer.write_bytes(path.read_bytes())
    with pytest.raises(NewerArchive):
        open_database(str(newer), key=key, write=write)
    assert [each.name for each in newer.parent.iterdir()] == ["shifts.db"]


@pytest.mark.parametrize("write", [False, True], ids=["read", "write"])
def test_a_newer_archive_on_a_server_is_refused(pg: str, write: bool) -> None:
    record(pg)
    with open_database(pg, write=True) as database, transaction(database) as connection:
        call_it(connection, "99")
    with pytest.raises(NewerArchive):
        open_database(pg, write=write)


def test_a_version_that_is_no_number_is_refused(archives: Archive) -> None:
    url, key = archives
    record(url, key)
    with open_database(url, key=key, write=True) as database, transaction(database) as connection:
        call_it(connection, "two")
    with pytest.raises(ArchiveError, match="so it is damaged"):
        open_database(url, key=key, write=True)


def _as_after_a_crash(made: Path, path: Path) -> None:
    """The files as a power cut leaves them: what was written last is in the log alone."""
    shutil.copy(made, path)
    shutil.copy(f"{made}-wal", f"{path}-wal")
