"""What can happen to a file while it is written: told as what it is, and writing goes on when it is over."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from console.archive.store.database import Database, alone, transaction
from console.archive.store.errors import ArchiveError, Full, Lost
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import audit
from tests.archive.conftest import RAW_KEY
from tests.archive.store.made import NOON, add, record


def count(database: Database) -> int:
    with transaction(database) as connection:
        return len(connection.execute(select(audit)).all())


def test_a_full_disk_is_told_and_writing_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with open_database(str(tmp_path / "shifts.db"), write=True) as database, claim(database, NOON):
        add(database)
        with alone(database) as connection:
            pages = connection.scalar(text("PRAGMA page_count"))
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))  # SQLite's own SQLITE_FULL
        with pytest.raises(Full, match="the disk is full"):
            add(database, "x" * 100_000)
        with alone(database) as connection:
            connection.execute(text("PRAGMA max_page_count = 100000"))
        add(database, "x" * 100_000)
        assert count(database) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are of Unix")
def test_a_disk_that_takes_no_more_bytes_is_told(tmp_path: Path) -> None:
    script = """
import resource, sys
from datetime import UTC, datetime
from console.archive.store.errors import Full
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from tests.archive.conftest import RAW_KEY
from tests.archive.store.made import NOON, add
with open_database(sys.argv[1], write=True) as database, claim(database, NOON):
    add(database)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
    try:
        add(database, "x" * 500_000)
    except Full as error:
        print("told:", error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    add(database, "x" * 500_000)
"""
    path = tmp_path / "shifts.db"
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(f"told: {path}: the disk")
    with open_database(str(path)) as reader:
        assert count(reader) == 2


def test_a_folder_that_was_removed_is_told_at_the_next_write(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "shifts.db"
    with open_database(str(path), write=True) as database, claim(database, NOON):
        if sys.platform == "win32":
            pytest.skip("Windows lets nobody remove a file in use")
        add(database)
        aside = path.parent.rename(tmp_path / "aside")
        with pytest.raises(Full, match="is gone or cannot be reached"):
            add(database)
        aside.rename(path.parent)
        add(database)
        assert count(database) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody replace a file in use")
def test_another_file_in_its_place_is_told(tmp_path: Path) -> None:
    path = tmp_path / "shifts.db"
    record(str(path))
    with open_database(str(path), write=True) as database, claim(database, NOON):
        shutil.copy(path, tmp_path / "copy.db")
        (tmp_path / "copy.db").replace(path)
        with pytest.raises(Full, match="another file has taken the place"):
            add(database)


def test_a_program_that_holds_the_file_is_told_as_a_loss(tmp_path: Path) -> None:
    path = str(tmp_path / "shifts.db")
    record(path)
    with open_database(path, write=True) as one, open_database(path, write=True) as other:
        with alone(other) as connection:
            connection.execute(text("PRAGMA busy_timeout = 50"))
        with transaction(one), pytest.raises(Lost, match="another program has held it"):
            add(other)
        add(other)
        assert count(one) == 2


@pytest.mark.parametrize("key", [None, RAW_KEY], ids=["plain", "encrypted"])
def test_a_page_that_was_overwritten_is_told_as_damage(tmp_path: Path, key: str | None) -> None:
    path = tmp_path / "shifts.db"
    record(str(path), key, words="x" * 50_000)
    with open_database(str(path), key=key) as reader, transaction(reader) as connection:
        root = connection.scalar(text("SELECT rootpage FROM sqlite_master WHERE name = 'audit'"))
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xee" * 4096)
    with (
        open_database(str(path), key=key) as reader,
        pytest.raises(ArchiveError, match="damaged or cut short"),
    ):
        count(reader)


def test_the_text_of_an_error_holds_nothing_that_was_written(tmp_path: Path) -> None:
    path = str(tmp_path / "shifts.db")
    record(path)
    with (
        open_database(path, write=True) as database,
        pytest.raises(ArchiveError) as told,
        transaction(database) as connection,
    ):
        connection.execute(insert(audit), [{"id": 1, "at": 1, "detail": "CANARY"}])
    assert "CANARY" not in f"{told.value!r} {told.value.__cause__}"
