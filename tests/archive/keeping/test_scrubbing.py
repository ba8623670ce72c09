"""A shift that is purged from a server is gone from its files; where it cannot be, that is told."""

from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from sqlalchemy import select

from console.archive.keeping.purging import purge
from console.archive.keeping.scrubbing import TABLES, scrub
from console.archive.spec import ArchiveSpec
from console.archive.store.database import transaction
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import marks, shifts
from console.commands.keeping import Wish, keep
from console.session.clock import steady
from tests.archive.conftest import Outage
from tests.archive.keeping import shifts as made
from tests.archive.keeping.test_purging import traces, words
from tests.domain.builders import NOON


def files(pg: str) -> bytes:
    """All that the server has on its disk but its write-ahead log, once it has written everything there."""
    with psycopg.connect(pg, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        (row,) = connection.execute("SHOW data_directory").fetchall()
    folder = Path(row[0])
    if not folder.is_dir():
        pytest.skip("the server's files are not on this workstation")
    return b"".join(
        file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "pg_wal" not in file.parts and "log" not in file.parts
    )


def test_nothing_of_a_purged_shift_is_left_in_a_server_s_files(pg: str) -> None:
    with open_database(pg, write=True) as database, claim(database, NOON):
        made.record(database, "kept", NOON, words(11))
        shift = made.record(database, "gone", NOON + made.HOUR, words(12))
        made.act(database, shift, b"trainee did this to twelve")
        with psycopg.connect(pg, autocommit=True) as connection:
            connection.execute("ANALYZE")  # as the server does by itself
        canaries = [*traces(database, shift, words(12))[:-2], b"trainee did this to twelve"]
        before = files(pg)
        assert [canary for canary in canaries if canary not in before] == []
        purged = purge(database, shift, "sam", NOON)
        after = files(pg)
        assert ([canary for canary in canaries if canary in after], purged.left) == ([], "")
        with transaction(database) as connection:
            assert list(connection.scalars(select(shifts.c.name))) == ["kept"]


def test_a_table_that_another_program_uses_is_waited_for(pg: str) -> None:
    with open_database(pg, write=True) as database, claim(database, NOON):
        shift = made.record(database, "gone", NOON)
        with open_database(pg) as reader, transaction(reader) as connection:
            connection.execute(select(marks)).all()
            found: list[str] = []
            purging = Thread(target=lambda: found.append(purge(database, shift, "sam", NOON).left))
            purging.start()
            Event().wait(2.5)
            assert purging.is_alive()
        purging.join(30)
        assert found == [""]


def test_a_table_that_cannot_be_written_anew_is_named(pg: str) -> None:
    with open_database(pg, write=True) as database, claim(database, NOON):
        made.record(database, "day", NOON)
        with psycopg.connect(pg) as other:
            other.execute("LOCK TABLE marks IN ACCESS SHARE MODE")
            left = scrub(database, tries=2)
        assert left.endswith("have VACUUM (FULL, ANALYZE) marks; run there by the database's owner")


def test_a_server_that_is_gone_is_not_waited_for(pg: str, outage: Outage) -> None:
    with open_database(pg, write=True) as database, claim(database, NOON):
        outage.begin()
        began = steady()
        left = scrub(database)
        assert steady() - began < 10
        assert all(f"VACUUM (FULL, ANALYZE) {name};" in left for name in TABLES)


def test_a_recorder_goes_on_beside_a_purge(pg: str) -> None:
    with open_database(pg, write=True) as recording, claim(recording, NOON):
        gone = made.record(recording, "gone", NOON, words(13))
        done: list[str] = []
        with open_database(pg, write=True) as beside:
            purging = Thread(target=lambda: done.append(purge(beside, gone, "sam", NOON).left))
            purging.start()
            names = [f"next {hour:02}" for hour in range(1, 13)]
            for hour, name in enumerate(names, start=1):
                made.record(recording, name, NOON + hour * made.HOUR)
            purging.join(30)
        with transaction(recording) as connection:
            assert list(connection.scalars(select(shifts.c.name).order_by(shifts.c.name))) == names
        assert done == [""]


def test_that_a_server_keeps_copies_elsewhere_is_told(pg: str, capsys: pytest.CaptureFixture[str]) -> None:
    with open_database(pg, write=True) as database, claim(database, NOON):
        shift = made.record(database, "gone", NOON)
    assert keep(ArchiveSpec(pg), Wish(purge=shift, yes=True)) == 0
    assert "write-ahead log" in capsys.readouterr().err
