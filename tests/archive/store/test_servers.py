"""A PostgreSQL archive: what is told when it cannot be opened, when it goes, and never a password."""

import socket
from collections.abc import Iterator
from contextlib import closing
from time import monotonic

import pytest
from sqlalchemy import make_url, text

from console.archive.store.database import Database, transaction
from console.archive.store.errors import ArchiveError, Full, Lost
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from tests.archive.conftest import Outage
from tests.archive.store.made import NOON, add, record

SECRET = "s3cret"


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


def refusal(url: str, **options: bool | str) -> ArchiveError:
    with pytest.raises(ArchiveError) as refused:
        open_database(url, **options)  # type: ignore[arg-type]  # passed on
    return refused.value


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"postgresql://u:{SECRET}@127.0.0.1:1/d", "nothing answers there"),
        (f"postgresql://u:{SECRET}@host.invalid/d", "there is no such host"),
        (f"postgresql://u:{SECRET}@/d?host=/nowhere", "no server runs on this workstation"),
        (f"postgresql://u:{SECRET}:x@h:{SECRET}/d", "cannot be read"),
        (f"postgresql://u:{SECRET}@host", "names no database"),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_without_the_password(url: str, told: str) -> None:
    error = refusal(url, write=True)
    assert told in str(error)
    assert SECRET not in f"{error!r} {error.__cause__!r}"
    assert not isinstance(error, Lost)


def test_a_server_that_says_nothing_is_given_up_after_three_seconds(silent: int) -> None:
    since = monotonic()
    assert "does not answer within 3 s" in str(refusal(f"postgresql://u:{SECRET}@127.0.0.1:{silent}/d"))
    assert monotonic() - since < 5


def test_a_database_that_does_not_exist_is_told(pg: str) -> None:
    url = make_url(pg).set(database="nosuch").render_as_string(hide_password=False)
    assert "knows no such database or user" in str(refusal(url))


def test_a_key_has_no_meaning_on_a_server(pg: str) -> None:
    assert "a key encrypts a file" in str(refusal(pg, key="x"))


def test_what_a_server_says_it_has_written_is_on_its_disk(pg: str) -> None:
    with open_database(pg, write=True) as database, transaction(database) as connection:
        assert connection.scalar(text("SHOW synchronous_commit")) == "on"


def test_a_lost_server_is_told_and_taken_up_again_when_it_is_back(pg: str, outage: Outage) -> None:
    with open_database(pg, write=True) as database, claim(database, NOON):
        add(database)
        outage.begin()
        for _ in range(3):  # the connection that breaks, then those that do not come about
            with pytest.raises(Lost, match="does not answer"):
                add(database)
        outage.end()
        add(database)
        with transaction(database) as connection:
            assert connection.scalar(text("SELECT count(*) FROM audit")) == 2


def test_a_server_that_goes_within_a_transaction_is_lost(pg: str, outage: Outage) -> None:
    record(pg)
    with open_database(pg) as reader, pytest.raises(Lost):
        _read_during(outage, reader)


@pytest.mark.parametrize(
    ("state", "made"),
    [("53100", Full), ("25006", Full), ("42501", Full), ("53300", Lost), ("XX001", ArchiveError)],
)
def test_what_the_server_reports_is_told_in_words(pg: str, state: str, made: type[ArchiveError]) -> None:
    raising = text(f"DO $$ BEGIN RAISE EXCEPTION 'CANARY' USING ERRCODE='{state}'; END $$")
    with (
        open_database(pg, write=True) as database,
        pytest.raises(ArchiveError) as told,
        transaction(database) as connection,
    ):
        connection.execute(raising)
    assert type(told.value) is made
    assert "CANARY" not in str(told.value)


def _read_during(outage: Outage, reader: Database) -> None:
    with transaction(reader) as connection:
        outage.begin()
        connection.execute(text("SELECT 1"))
