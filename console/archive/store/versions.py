"""The version of an archive's tables: a newer one is refused untouched, an older one is brought up to date."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, inspect, select, text, update

from console.archive.store.database import Database, alone, transaction
from console.archive.store.errors import Damaged, Full, NewerArchive, refuse
from console.archive.store.tables import facts, metadata
from console.archive.store.values import IMPOSSIBLE

VERSION: Final = 2
"""What this program writes and reads."""


def _label_marks(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE marks ADD COLUMN label TEXT DEFAULT '' NOT NULL"))


MIGRATIONS: Final[dict[int, Callable[[Connection], None]]] = {1: _label_marks}
"""From which version each one leads to the next."""


def version_of(connection: Connection) -> int | None:
    """The version of the archive; ``None`` for an empty database. Raises `ArchiveError` for any other.

    `Damaged` where it is an archive that lacks its version.
    """
    tables = set(inspect(connection).get_table_names())
    if facts.name in tables:
        value = connection.scalar(select(facts.c.value).where(facts.c.name == "schema"))
        if value is not None and value.isdecimal():
            return int(value)
        if tables.issuperset(metadata.tables):
            raise Damaged(IMPOSSIBLE)  # an archive's, but that it says so no more
    elif not (tables if connection.dialect.name == "sqlite" else tables & set(metadata.tables)):
        return None
    return refuse("this database belongs to another program: name an empty one for the archive")


def refuse_newer(version: int | None) -> None:
    """Raises `NewerArchive` where this program does not know the version."""
    if version is not None and version > VERSION:
        raise NewerArchive(
            f"the archive has version {version}, this console knows up to {VERSION}: update the console. "
            "The archive has not been touched"
        )


def refuse_unready(version: int | None) -> None:
    """Raises `ArchiveError` where a reader cannot use the version: it may change nothing."""
    refuse_newer(version)
    if version is None:
        refuse("nothing has been recorded in this archive yet: record or import a shift first")
    if version < VERSION:
        refuse(
            f"the archive has version {version}, this console reads {VERSION}: let the console that records "
            "into it be updated and opened once; that brings the archive up to date"
        )


def migrate(database: Database, now: datetime, made_by: str = "") -> None:
    """Makes the tables, or brings an older archive up to date, all or nothing; only the writer may.

    An older file is first copied beside itself, as ``shifts.db.v1.bak``. Raises `ArchiveError`.
    """
    if database.path is not None:
        _lay_out(database)
    with transaction(database) as connection:
        version = version_of(connection)
        refuse_newer(version)
        if version is None:
            _make(connection, now, made_by)
    if version is not None and version < VERSION:
        if database.path is not None:
            _copy(database, database.path, version)
        with transaction(database) as connection:
            _update(connection, version)


def _lay_out(database: Database) -> None:
    """What a file keeps once it was said; by the writer alone, as each of these waits for all others."""
    with alone(database) as connection:
        if not connection.scalar(
            text("PRAGMA page_count")
        ):  # purged pages can then be given back to the disk
            connection.execute(text("PRAGMA auto_vacuum = INCREMENTAL"))
        connection.execute(text("PRAGMA journal_mode = WAL"))


def _make(connection: Connection, now: datetime, made_by: str) -> None:
    metadata.create_all(connection)
    values = {"schema": str(VERSION), "made_at": now.isoformat(), "made_by": made_by}
    connection.execute(insert(facts), [{"name": name, "value": value} for name, value in values.items()])


def _update(connection: Connection, version: int) -> None:
    for known in range(version, VERSION):
        MIGRATIONS[known](connection)
    connection.execute(update(facts).where(facts.c.name == "schema").values(value=str(VERSION)))


def _copy(database: Database, path: Path, version: int) -> None:
    """The file as it is, with what still stands in its write-ahead log, encrypted as it is."""
    kept, part = _free_name(path, version), path.with_name(f"{path.name}.copying")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with alone(database) as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(part),))
        part.replace(kept)
    except OSError as error:
        raise Full(
            f"{path} has version {version} and cannot be copied before it is brought up to date "
            f"({error.strerror}): see that this user may write in its folder, and that there is room"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _free_name(path: Path, version: int) -> Path:
    """Of a copy that is there already nothing is lost."""
    names = [f"{path.name}.v{version}.bak", *(f"{path.name}.v{version}.{n}.bak" for n in range(2, 100))]
    return next(found for name in names if not (found := path.with_name(name)).exists())
