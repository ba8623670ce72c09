"""The writer's lock is of the file, whatever it is called."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from console.archive.store.database import transaction
from console.archive.store.errors import Taken
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import writer
from tests.archive.store.made import NOON, Archive
from tests.archive.store.test_lock import another_console

LATER = NOON + timedelta(hours=2)


def test_a_file_is_one_archive_by_whatever_name(tmp_path: Path) -> None:
    url, other = tmp_path / "a.db", tmp_path / "elsewhere.db"
    with another_console(str(url), None) as process:
        other.hardlink_to(url)
        with open_database(str(other), write=True) as second:
            with pytest.raises(Taken):
                claim(second, LATER)
            process.kill()
            process.wait()
            claim(second, LATER).free()


def test_a_removed_lock_file_admits_nobody(tmp_path: Path) -> None:
    url = tmp_path / "a.db"
    with another_console(str(url), None) as process:
        Path(f"{url}.lock").unlink()
        with open_database(str(url), write=True) as second:
            with pytest.raises(Taken) as taken:
                claim(second, LATER)
            assert taken.value.pid == process.pid
            process.kill()
            process.wait()
            claim(second, LATER).free()


def test_within_a_process_a_removed_lock_file_admits_nobody(tmp_path: Path) -> None:
    url = tmp_path / "a.db"
    with open_database(str(url), write=True) as first, claim(first, NOON):
        Path(f"{url}.lock").unlink()
        with open_database(str(url), write=True) as second, pytest.raises(Taken):
            claim(second, LATER)


def test_a_writer_whose_place_another_took_is_told_when_it_beats(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON) as mine:
        with transaction(database) as connection:
            connection.execute(update(writer).values(host="b", pid=7))
        with pytest.raises(Taken, match="the console on b") as taken:
            mine.beat(LATER)
        with transaction(database) as connection:
            connection.execute(delete(writer))
        with pytest.raises(Taken):
            mine.beat(LATER)
    assert taken.value.pid == 7
