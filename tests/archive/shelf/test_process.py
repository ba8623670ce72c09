"""A shift is not going on whose recorder has ended, however lately it gave a sign of life."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from socket import gethostname
from threading import Event

import pytest
from sqlalchemy import update

from console.archive.shelf.process import gone
from console.archive.shelf.shelf import Shelf
from console.archive.store.database import Database, transaction
from console.archive.store.tables import writer
from tests.archive.replay.recorded import Writing, archive
from tests.domain.builders import at


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with archive(tmp_path) as opened:
        yield opened


@pytest.fixture
def ended() -> int:
    """The number of a process that was."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.mark.skipif(
    sys.platform == "win32", reason="a process of Windows cannot be asked for by its number alone"
)
def test_a_recorder_that_was_killed_a_second_ago_records_no_more(database: Database, ended: int) -> None:
    Writing(database).all([], at(0.5))
    with transaction(database) as connection:
        connection.execute(update(writer).values(pid=ended))
    line = Shelf(database).shifts(at(0.6))[0]
    assert (line.going, line.ended_well) == (False, False)


def test_a_recorder_elsewhere_is_judged_by_its_signs_of_life(database: Database, ended: int) -> None:
    Writing(database).all([], at(0.5))
    with transaction(database) as connection:
        connection.execute(update(writer).values(pid=ended, host="elsewhere"))
    assert Shelf(database).shifts(at(0.6))[0].going


@pytest.mark.parametrize("pid", [0, -1, 1 << 70, "x", None, os.getpid()])
def test_a_number_that_is_none_says_nothing(pid: object) -> None:
    assert not gone(gethostname(), pid)


@pytest.mark.skipif(sys.platform != "linux", reason="where /proc tells")
def test_a_process_that_nobody_waited_for_has_ended_too() -> None:
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.read()
        for _ in range(100):
            if gone(gethostname(), process.pid):
                break
            Event().wait(0.05)
        assert gone(gethostname(), process.pid)
        assert process.wait() == 0
