"""Opening a file: what is made and how, what is refused, and that a reader and a refusal change nothing."""

import os
import re
import stat
import sys
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, text

from console.archive.store.database import Database, alone, transaction
from console.archive.store.errors import ArchiveError, Damaged, Full
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.reading import trouble
from console.archive.store.tables import audit, blocks
from tests.archive.conftest import RAW_KEY
from tests.archive.store.made import NOON, Archive, add, record

KEYS = pytest.mark.parametrize("key", [None, RAW_KEY], ids=["plain", "encrypted"])


def test_what_is_written_is_read_by_another_opening(archives: Archive) -> None:
    url, key = archives
    row = {"run": 1, "first": 1, "last": 9, "since": 0, "until": 5, "events": 9, "rows": 3}
    sealed = {"digest": b"\0d", "body": b"\xff" * 9000}
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        with transaction(database) as connection:
            connection.execute(insert(blocks).values({**row, **sealed}))
        with open_database(url, key=key) as reader, transaction(reader) as connection:
            read = dict(connection.execute(select(blocks)).one()._mapping)
    assert read == {**row, **sealed, "settled": False}


def test_a_transaction_reads_one_moment_while_the_writer_goes_on(tmp_path: Path) -> None:
    url = str(tmp_path / "shifts.db")
    record(url)
    with open_database(url) as reader, transaction(reader) as connection:
        before = connection.execute(select(audit)).all()
        record(url)
        assert connection.execute(select(audit)).all() == before


def test_a_reader_cannot_write(archives: Archive) -> None:
    url, key = archives
    record(url, key)
    with open_database(url, key=key) as reader, pytest.raises(Full, match="read"):
        add(reader)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists instead of modes")
def test_only_the_owner_can_read_what_is_made(tmp_path: Path) -> None:
    path = tmp_path / "made" / "shifts.db"
    with open_database(str(path), write=True) as database, claim(database, NOON):
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    names = {"shifts.db", "shifts.db-wal", "shifts.db-shm", "shifts.db.lock"}
    assert (stat.S_IMODE(path.parent.stat().st_mode), modes) == (0o700, dict.fromkeys(names, 0o600))


@KEYS
def test_a_file_is_durable_and_overwrites_what_is_deleted(tmp_path: Path, key: str | None) -> None:
    asked = ["journal_mode", "synchronous", "secure_delete", "busy_timeout", "foreign_keys", "auto_vacuum"]
    record(str(tmp_path / "shifts.db"), key)
    with (
        open_database(str(tmp_path / "shifts.db"), key=key, write=True) as database,
        alone(database) as connection,
    ):
        found = [connection.scalar(text(f"PRAGMA {name}")) for name in asked]
    assert found == ["wal", 2, 1, 5000, 0, 2]


def test_deleted_words_are_not_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    record(str(path), words="CANARY" * 500)
    with open_database(str(path), write=True) as database:
        with transaction(database) as connection:
            connection.execute(delete(audit))
        with alone(database) as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        held = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert b"CANARY" not in held


@KEYS
def test_a_reader_changes_no_byte(tmp_path: Path, key: str | None) -> None:
    path = tmp_path / "shifts.db"
    record(str(path), key)
    before, when = path.read_bytes(), path.stat().st_mtime_ns
    with open_database(str(path), key=key) as reader, transaction(reader) as connection:
        connection.execute(select(audit)).all()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, when)


def test_a_missing_archive_is_told_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none" / "shifts.db"
    with pytest.raises(ArchiveError, match="there is no archive at"):
        open_database(str(path))
    with pytest.raises(ArchiveError, match="there is no archive at"):
        open_database(str(path), write=True, create=False)
    assert not path.parent.exists()


def test_an_archive_with_nothing_recorded_is_told_to_its_reader(archives: Archive) -> None:
    url, key = archives
    open_database(url, key=key, write=True).close()
    with pytest.raises(ArchiveError, match="nothing has been recorded"):
        open_database(url, key=key)


@pytest.mark.parametrize("name", ["a b.db", "50%.db", "what?.db", "no#1.db", "ähm.db"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and "?" in name:
        pytest.skip("no such names on Windows")
    record(f"sqlite:///{tmp_path / name}")
    assert (tmp_path / name).stat().st_size


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    record("sqlite:///~/kept/shifts.db")
    assert (tmp_path / "kept" / "shifts.db").exists()


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (b"Call,Received\n1,14:02\n", "is no archive, or one that was cut short"),
        (bytes(range(256)) * 32, "is encrypted, and no key is set"),
        (b"SQLite format 3\0" + b"\x01" * 8176, "damaged"),
        (b"", "is empty"),
    ],
    ids=["text", "noise", "a header alone", "nothing"],
)
def test_what_is_no_archive_is_refused(tmp_path: Path, held: bytes, told: str) -> None:
    path = tmp_path / "shifts.db"
    path.write_bytes(held)
    with pytest.raises(ArchiveError, match=told):
        open_database(str(path))
    assert path.read_bytes() == held


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "bookmarks.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE bookmarks (url TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="belongs to another program"):
        open_database(str(path), write=True)
    assert path.read_bytes() == before


@KEYS
@pytest.mark.parametrize("left", [8192, 8192 + 100])
def test_a_file_that_was_cut_short_is_told_and_left(tmp_path: Path, key: str | None, left: int) -> None:
    path = tmp_path / "shifts.db"
    record(str(path), key, words="x" * 20_000)
    os.truncate(path, left)
    with pytest.raises(ArchiveError, match=r"cut short|damaged"):
        open_database(str(path), key=key, write=True)
    with open_database(str(path), key=key) as database:
        assert "is damaged" in trouble(database)
    assert path.stat().st_size == left


def test_nothing_is_written_into_a_file_whose_last_page_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    record(str(path))
    os.truncate(path, path.stat().st_size - 100)
    with pytest.raises(Damaged, match="cut short"):
        open_database(str(path), write=True)
    with open_database(str(path)) as database:
        assert "is damaged" in trouble(database)


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit on what a process may write")
@KEYS
def test_on_a_full_disk_an_archive_can_still_be_read(tmp_path: Path, key: str | None) -> None:
    import resource

    path = tmp_path / "shifts.db"
    record(str(path), key)
    assert not (tmp_path / "shifts.db-wal").exists()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))  # SQLite is told as by a full disk
    try:
        with open_database(str(path), key=key) as database, transaction(database) as connection:
            found = connection.scalar(select(func.count()).select_from(audit))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert found == 1


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=re.escape(f"{tmp_path} cannot be")):
        open_database(str(tmp_path), write=True)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("")
    with pytest.raises(ArchiveError, match="cannot be made"):
        open_database(str(tmp_path / "kept" / "shifts.db"), write=True)


def test_an_error_inside_a_transaction_leaves_nothing_of_it(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        with pytest.raises(KeyError):
            _add_and_fail(database)
        with transaction(database) as connection:
            assert connection.execute(select(audit)).all() == []


def _add_and_fail(database: Database) -> None:
    with transaction(database) as connection:
        connection.execute(insert(audit).values(at=1))
        raise KeyError
