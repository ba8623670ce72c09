"""A SQLite file, plain or encrypted: how it is made, looked at before anything may touch it, and connected."""

import errno
import os
import re
import sqlite3
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import cast

from msgspec import Struct
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

from console.archive.store.errors import ArchiveError, Damaged, refuse
from console.archive.store.grips import grip

PLAIN = b"SQLite format 3\0"
PAGE = 4096
"""What an encrypted file is a whole number of."""

ALONE = "console_alone"
"""The execution option of a connection whose statements stand at once, without a transaction."""

BUSY_S = 5.0
"""How long a statement waits for another program's."""

_ALWAYS = ("foreign_keys = OFF", "temp_store = MEMORY", "trusted_schema = OFF", "cell_size_check = ON")
_READING = ("query_only = ON", "writable_schema = ON")  # with both SQLite reads a file that was cut short
_LASTING = "mode=ro&immutable=1"  # without the files that readers share
_CROWDED = (10, 13, 14)  # IOERR, FULL, CANTOPEN: https://www.sqlite.org/rescode.html
_WRITING = ("synchronous = FULL", "secure_delete = ON")

_RAW = re.compile(r"[0-9A-Fa-f]{64}")


class File(Struct, frozen=True):
    """A file and how it is opened. ``key`` is a raw key (64 hexadecimal digits) or a passphrase.

    A ``broken`` one is read as far as it goes, though it be shorter than it says; one ``without_journal``
    as if no write-ahead log lay beside it.
    """

    path: Path
    key: str | None
    write: bool
    broken: bool = False
    without_journal: bool = False

    def __repr__(self) -> str:
        return f"File({str(self.path)!r})"


def make(path: Path) -> None:
    """An empty file that only its owner may read, in such a folder; an existing file stays as it is."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():  # of one that is there no descriptor may be closed: see `grips`
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise ArchiveError(
            f"{path} cannot be made ({error.strerror}): choose another place for the archive, or have "
            "the right to write there given to this user"
        ) from error


def refuse_unopenable(file: File) -> None:
    """Raises `ArchiveError` where the file is not there, not to be read, no archive, or does not fit the key."""
    try:
        with grip(file.path) as held:
            size, head = held.head(len(PLAIN))
        if file.write and not os.access(file.path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except FileNotFoundError as error:
        raise ArchiveError(
            f"there is no archive at {file.path}: record or import a shift first, or see that the path is right"
        ) from error
    except OSError as error:
        right = "read and write" if file.write else "read"
        raise ArchiveError(
            f"{file.path} cannot be opened ({error.strerror}): have the right to {right} it given to this user"
        ) from error
    _refuse_misfit(file, head, size)


def _refuse_misfit(file: File, head: bytes, size: int) -> None:
    if size == 0:
        if not file.write:
            refuse(f"{file.path} is empty: nothing has been recorded there yet")
    elif file.key is not None and head == PLAIN:
        refuse(f"{file.path} is not encrypted, but a key is set: leave the key out, or name another file")
    elif head != PLAIN and size % PAGE and (file.write or size < PAGE) and not file.broken:
        refuse(f"{file.path} is no archive, or one that was cut short: see that the path is right")
    elif size % PAGE and file.write and not journaled(file.path):
        raise Damaged(
            f"{file.path} was cut short: keep a copy of it, and restore a backup or try `shifts --rescue NEW.db`"
        )
    elif file.key is None and head != PLAIN:
        refuse(f"{file.path} is encrypted, and no key is set: set its key (or it is no archive at all)")


def engine(file: File) -> Engine:
    """What connects to the file: never making it, and unable to change it unless it was opened to write."""
    driver = _driver(file)
    made = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: _connect(driver, file),
        poolclass=QueuePool,
        pool_size=1 if file.write else 4,
        max_overflow=0 if file.write else 12,
        hide_parameters=True,
    )
    _begin_itself(made, "BEGIN IMMEDIATE" if file.write else "BEGIN")
    _keep_hold(made, file.path)
    return made


def _keep_hold(made: Engine, path: Path) -> None:
    """As long as there is a connection no other descriptor of the file is closed: see `grips`."""

    @event.listens_for(made, "connect")
    def take(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        with suppress(OSError):  # gone already: the next transaction tells
            record.info["grip"] = grip(path)

    @event.listens_for(made, "close")
    def leave(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        if (held := record.info.pop("grip", None)) is not None:
            held.close()


def _begin_itself(made: Engine, how: str) -> None:
    """The driver would begin late and only for some statements: a reader's board would be of two moments."""

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(ALONE):
            connection.exec_driver_sql(how)


def _driver(file: File) -> ModuleType:
    if file.key is None:
        return sqlite3
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise ArchiveError(
            "a key is set, but SQLCipher is not installed here: run `pip install sqlcipher3`, or leave the key out"
        ) from error
    return cast("ModuleType", dbapi2)


def _connect(driver: ModuleType, file: File) -> DBAPIConnection:
    if file.write:
        return _connected(driver, file, "mode=rw")
    lasting = file.without_journal or _unchanging(file.path)
    connection = _connected(driver, file, _LASTING if lasting else "mode=ro")
    if lasting or not _crowded_out(driver, connection) or journaled(file.path):
        return connection
    connection.close()
    return _connected(driver, file, _LASTING)


def _crowded_out(driver: ModuleType, connection: DBAPIConnection) -> bool:
    """Whether there is no room, or no right, for what SQLite's readers share beside the file."""
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT count(*) FROM sqlite_schema")
    except driver.Error as error:
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _CROWDED
    finally:
        cursor.close()
    return False


def journaled(path: Path) -> bool:
    """Whether a write-ahead log beside the file holds anything, without which the file is not whole."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _connected(driver: ModuleType, file: File, how: str) -> DBAPIConnection:
    connection: DBAPIConnection = driver.connect(
        f"{file.path.as_uri()}?{how}",
        uri=True,
        timeout=BUSY_S,
        isolation_level=None,  # a transaction begins where we say so
        check_same_thread=False,
    )
    try:
        _set_up(connection.cursor(), file)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(cursor: DBAPICursor, file: File) -> None:
    if file.key is not None:
        cursor.execute("PRAGMA cipher_log_level = NONE")  # it would print to the terminal
        cursor.execute(f"PRAGMA key = {_quoted(file.key)}")
    for pragma in (*_ALWAYS, *(_WRITING if file.write else _READING)):
        cursor.execute(f"PRAGMA {pragma}")
        cursor.fetchall()
    cursor.close()


def _quoted(key: str) -> str:
    return f"\"x'{key}'\"" if _RAW.fullmatch(key) else "'" + key.replace("'", "''") + "'"


def _unchanging(path: Path) -> bool:
    """On a disk that nobody can write SQLite cannot make the files that its readers share, and needs none."""
    if not hasattr(os, "statvfs"):
        return False
    left = path.with_name(path.name + "-wal").exists()
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY) and not left
