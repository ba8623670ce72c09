"""An opened archive, and the one way to change or read it: a transaction that says what went wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Literal, Self

from msgspec import Struct
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from console.archive.store.errors import Full
from console.archive.store.failures import told
from console.archive.store.files import ALONE, File

Kind = Literal["sqlite", "postgresql"]


class Salvage:
    """A file that may be damaged: how it is opened for whatever can be read, and what was found when that was done."""

    def __init__(self, file: File) -> None:
        self.file, self.lock = file, RLock()
        self.found: Mended | None = None
        self.cut = False


class Mended(Struct, frozen=True):
    """The rows of a damaged file that can be read, without bodies, in a database in memory.

    ``damaged`` are the shifts that lack something; ``broken`` is the file, for the bodies; ``stamp`` is of when
    it was read.
    """

    rows: "Database"
    broken: "Database"
    damaged: frozenset[str]
    stamp: tuple[int, ...]


class Database(Struct, frozen=True):
    """An opened archive; ``name`` is what people may read of its address, ``path`` the file of SQLite.

    A ``write`` database has one connection: one thread uses it at a time. Close it when done. ``salvage`` is what
    `reading` needs where the file is damaged.
    """

    kind: Kind
    engine: Engine
    name: str
    write: bool
    path: Path | None = None
    encrypted: bool = False
    inode: tuple[int, int] = (0, 0)
    salvage: Salvage | None = None

    def close(self) -> None:
        """Give the database back; it may be closed twice."""
        self.engine.dispose()
        if self.salvage is not None and self.salvage.found is not None:
            self.salvage.found.rows.close()
            self.salvage.found.broken.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def transaction(database: Database) -> Iterator[Connection]:
    """All that is done with the connection happens together, or not at all where an error leaves it.

    Raises `Full` where nothing can be written and `Lost` where the database is gone; after either the same
    database may be tried again. Raises `ArchiveError` for damage.
    """
    with _telling(database), database.engine.begin() as connection:
        yield connection


@contextmanager
def alone(database: Database) -> Iterator[Connection]:
    """For what no transaction may hold, as VACUUM: each statement stands at once. Raises as `transaction` does."""
    with _telling(database), database.engine.connect() as connection:
        if database.kind == "sqlite":
            yield connection.execution_options(**{ALONE: True})
        else:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def _telling(database: Database) -> Iterator[None]:
    _refuse_removed(database)
    try:
        yield
    except (SQLAlchemyError, database.engine.dialect.loaded_dbapi.Error) as error:
        trouble = told(error, database.kind, database.name)
        if trouble.afresh:
            database.engine.dispose()
        raise trouble.error from error


def inode_of(path: Path) -> tuple[int, int]:
    """Which file ``path`` is: a file that took its place has another."""
    found = path.stat()
    return found.st_dev, found.st_ino


def _refuse_removed(database: Database) -> None:
    """SQLite goes on writing into a removed file without a word: nothing of it would be found later."""
    if database.path is None:
        return
    try:
        here = inode_of(database.path)
    except OSError as error:
        database.engine.dispose()
        raise Full(
            f"{database.name} is gone or cannot be reached ({error.strerror}): bring its folder back"
        ) from error
    if here != database.inode:
        database.engine.dispose()
        raise Full(f"another file has taken the place of {database.name}: open the archive again")
