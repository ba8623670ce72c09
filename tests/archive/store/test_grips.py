"""Nobody in this process takes SQLite's own locks away."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from console.archive.store.database import transaction
from console.archive.store.errors import Taken
from console.archive.store.grips import grip
from console.archive.store.lock import claim, owner
from console.archive.store.opening import open_database
from console.archive.store.tables import audit
from tests.archive.store.made import NOON, add

BESIDE = """
import sys
from tests.archive.store.made import add
from console.archive.store.opening import open_database
with open_database(sys.argv[1], write=True, create=False) as database:
    add(database, "held")
"""


def test_who_looks_into_the_file_beside_its_writer_takes_no_lock_away(tmp_path: Path) -> None:
    url = str(tmp_path / "a.db")
    with open_database(url, write=True) as database, claim(database, NOON):
        add(database)
        with open_database(url) as reader:
            assert owner(reader) is not None
        with open_database(url, write=True) as second, pytest.raises(Taken):
            claim(second, NOON)
        subprocess.run([sys.executable, "-c", BESIDE, url], check=True)
        assert Path(f"{url}-wal").exists()  # else what is written from now on would be lost with it
        add(database, "written afterwards")
        with open_database(url) as reader, transaction(reader) as connection:
            assert "written afterwards" in connection.scalars(select(audit.c.detail)).all()


def test_a_file_is_let_go_with_its_last_user(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"one")
    with grip(path) as first:
        with grip(path) as second:
            second.close()
            assert second.inode == first.inode
        path.unlink()
        path.write_bytes(b"another")
        with grip(path) as other:
            assert other.head(3) == (7, b"ano")
            assert other.inode != first.inode
        assert first.head(9) == (3, b"one")
