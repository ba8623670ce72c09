"""One console writes an archive; the next one is told who, and may write as soon as the first is gone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from socket import gethostname
from threading import Event

import psycopg
import pytest
from sqlalchemy import insert

from console.archive.store.database import Database, transaction
from console.archive.store.errors import ArchiveError, Lost, Taken
from console.archive.store.lock import NUMBER, Claim, claim, owner
from console.archive.store.opening import open_database
from console.archive.store.tables import audit
from tests.archive.conftest import Outage
from tests.archive.store.made import NOON, Archive, add

LATER = NOON + timedelta(hours=2)

ANOTHER = """
import sys
from tests.archive.store.made import NOON, add
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
url, key = sys.argv[1], sys.argv[2] or None
with open_database(url, key=key, write=True) as database, claim(database, NOON):
    add(database, "acknowledged")
    print("writes", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_console(url: str, key: str | None) -> Iterator[subprocess.Popen[str]]:
    """A process that writes the archive until it is killed or its input ends."""
    command = [sys.executable, "-c", ANOTHER, url, key or ""]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writes\n"
        yield process
        process.kill()


def test_a_second_console_is_told_who_writes_and_can_read(archives: Archive) -> None:
    url, key = archives
    with another_console(url, key) as process, open_database(url, key=key, write=True) as second:
        with pytest.raises(Taken) as taken:
            claim(second, LATER)
        with open_database(url, key=key) as reader:
            by = owner(reader)
    assert (taken.value.host, taken.value.pid, taken.value.since) == (gethostname(), process.pid, NOON)
    assert f"process {process.pid}" in str(taken.value)
    assert "since 2026-05-01 12:00 UTC" in str(taken.value)
    assert by is not None
    assert by.pid == process.pid


def test_a_killed_console_leaves_the_archive_free_and_its_last_write_in_it(archives: Archive) -> None:
    url, key = archives
    with another_console(url, key) as process:
        process.kill()
        process.wait()
    with open_database(url, key=key, write=True) as database, _claimed_soon(database) as mine:
        by = owner(database)
        mine.beat(LATER + timedelta(minutes=1))
        beating = owner(database)
    assert by is not None
    assert beating is not None
    assert (by.pid, by.since, by.beat) == (os.getpid(), LATER, LATER)
    assert (beating.since, beating.beat) == (LATER, LATER + timedelta(minutes=1))


def test_who_writes_is_told_while_a_write_goes_on(archives: Archive) -> None:
    url, key = archives
    with (
        open_database(url, key=key, write=True) as database,
        claim(database, NOON),
        open_database(url, key=key, write=True) as second,
        transaction(database) as connection,
    ):
        connection.execute(insert(audit).values(at=1))
        with pytest.raises(Taken, match=f"process {os.getpid()}"):
            claim(second, LATER)


def test_of_consoles_that_start_at_once_one_writes(archives: Archive) -> None:
    url, key = archives
    with ThreadPoolExecutor(6) as pool:
        writing = [claimed for claimed in pool.map(_try_to_claim, [url] * 6, [key] * 6) if claimed]
        assert len(writing) == 1
        writing[0].free()


def _try_to_claim(url: str, key: str | None) -> Claim | None:
    database = open_database(url, key=key, write=True)
    try:
        return claim(database, NOON)
    except Taken:
        database.close()
        return None


def test_a_freed_archive_is_free_at_once(archives: Archive) -> None:
    url, key = archives
    for _ in range(5):
        with open_database(url, key=key, write=True) as database, claim(database, NOON):
            add(database)
            with open_database(url, key=key, write=True) as second, pytest.raises(Taken):
                claim(second, LATER)


def test_a_database_opened_to_read_cannot_be_claimed(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database, claim(database, NOON):
        pass
    with open_database(url, key=key) as reader, pytest.raises(ArchiveError, match="open it to write"):
        claim(reader, NOON)


def test_nobody_has_written_an_archive_that_is_new(archives: Archive) -> None:
    url, key = archives
    with open_database(url, key=key, write=True) as database:
        assert owner(database) is None


def test_after_an_outage_the_writer_still_holds_the_archive(pg: str, outage: Outage) -> None:
    with open_database(pg, write=True) as database, claim(database, NOON):
        outage.begin()
        with pytest.raises(Lost):
            add(database)
        outage.end()
        add(database)
        with open_database(pg, write=True) as second, pytest.raises(Taken):
            claim(second, LATER)


def test_a_writer_that_was_replaced_during_an_outage_is_told(pg: str, outage: Outage) -> None:
    with open_database(pg, write=True) as database, claim(database, NOON):
        outage.begin()
        outage.end()
        with open_database(pg, write=True) as second, claim(second, LATER):
            with pytest.raises(Lost):
                add(database)  # the broken connection
            with pytest.raises(Taken) as taken:
                add(database)
        assert taken.value.since == LATER
        add(database)  # the other one is gone


def test_a_server_that_still_holds_the_lost_connection_is_waited_for(pg: str, outage: Outage) -> None:
    with open_database(pg, write=True) as database, claim(database, NOON):
        outage.begin()
        outage.end()
        with psycopg.connect(pg, autocommit=True) as left:  # as the server sees a console whose network went
            left.execute("SELECT pg_advisory_lock(%s)", (NUMBER,))
            with pytest.raises(Lost):
                add(database)  # the broken connection
            with pytest.raises(Lost, match="still holds this console's lost connection"):
                add(database)
        _until_let_go(database)
        add(database)


def _until_let_go(database: Database) -> None:
    """The server sees within some milliseconds that a connection is closed."""
    for _ in range(100):
        with suppress(Lost):
            return add(database)
        Event().wait(0.05)
    return None


def _claimed_soon(database: Database) -> Claim:
    """A server sees within some milliseconds that a process is gone, a file's lock goes with it."""
    for _ in range(100 if database.path is None else 0):
        with suppress(Taken):
            return claim(database, LATER)
        Event().wait(0.05)
    return claim(database, LATER)
