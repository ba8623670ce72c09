"""Small archives to test with."""

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, text, update

from console.archive.store.database import Database, transaction
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.tables import audit, facts

Archive = tuple[str, str | None]
"""The address and the key, as the fixture `archives` gives them."""

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def record(url: str, key: str | None = None, words: str = "") -> None:
    """An archive of the present version with one row in it."""
    with (
        open_database(url, key=key, write=True) as database,
        claim(database, NOON),
        transaction(database) as connection,
    ):
        connection.execute(insert(audit).values(at=1, detail=words))


def add(database: Database, words: str = "") -> None:
    """One more row."""
    with transaction(database) as connection:
        connection.execute(insert(audit).values(at=1, detail=words))


def of_version_1(url: str, key: str | None) -> None:
    """An archive as version 1 made it, whose marks had no label, with one mark in it."""
    with (
        open_database(url, key=key, write=True) as database,
        claim(database, NOON),
        transaction(database) as connection,
    ):
        connection.execute(text("ALTER TABLE marks DROP COLUMN label"))
        columns = {"run": 1, "seen": 7, "at": 9, "kind": "'alarm'", "subject": "'C-12'"}
        values = ", ".join(str(value) for value in columns.values())
        connection.execute(text(f"INSERT INTO marks ({', '.join(columns)}) VALUES ({values})"))
        call_it(connection, "1")


def call_it(connection: Connection, version: str) -> None:
    """Let the archive say that it has this version."""
    connection.execute(update(facts).where(facts.c.name == "schema").values(value=version))
