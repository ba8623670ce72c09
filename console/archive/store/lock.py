"""One console writes an archive: a lock that the system frees when its owner ends, however it ends."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from socket import gethostname
from types import TracebackType
from typing import Final, Self

from filelock import FileLock, Timeout
from msgspec import Struct
from sqlalchemy import Connection, delete, event, func, insert, inspect, select, update
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

from console.archive.store.database import Database, alone, transaction
from console.archive.store.errors import ArchiveError, Full, Lost, Taken, refuse
from console.archive.store.grips import grip
from console.archive.store.tables import micros, moment, writer
from console.archive.store.versions import migrate

NUMBER: Final = 0x5348494654
"""Of the lock on a PostgreSQL server, whose locks are each of one database: the letters SHIFT."""


class Owner(Struct, frozen=True):
    """Who writes, or wrote last: ``since`` when, and ``beat`` when it last said so."""

    host: str
    pid: int
    since: datetime
    beat: datetime


class Claim:
    """The right to write an archive, until it is freed or the process ends; the owner beats now and then."""

    def __init__(self, database: Database, me: Owner, unlock: Callable[[], None]) -> None:
        self.database = database
        self._me, self._unlock = me, unlock

    def beat(self, now: datetime) -> None:
        """Says that the owner still writes. Raises `Full`, `Lost`, and `Taken` where another took its place."""
        with transaction(self.database) as connection:
            row = writer.c
            mine = (row.host == self._me.host, row.pid == self._me.pid, row.since == micros(self._me.since))
            if not connection.execute(update(writer).where(*mine).values(beat=micros(now))).rowcount:
                raise _taken(_signed(connection))

    def free(self) -> None:
        """Let another console write; the database is closed with it."""
        self._unlock()
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.free()


def claim(database: Database, now: datetime, made_by: str = "") -> Claim:
    """Become the one writer of a database opened to ``write``, and make or update its tables.

    Raises `Taken` where another console writes: this one may then read. Raises `ArchiveError` as `migrate` does.
    """
    if not database.write:
        refuse(f"{database.name} was opened to be read: open it to write")
    me = Owner(gethostname(), os.getpid(), now, now)
    unlock = _lock_server(database, me) if database.path is None else _lock_file(database, database.path)
    try:
        migrate(database, now, made_by)
        with transaction(database) as connection:
            _sign(connection, me)
    except BaseException:
        unlock()
        raise
    return Claim(database, me, unlock)


def owner(database: Database) -> Owner | None:
    """Who writes, or wrote last; ``None`` where nobody ever did."""
    with alone(database) as connection:  # asks for no lock, which the one who writes would hold
        if not inspect(connection).has_table(writer.name):
            return None
        return _signed(connection)


def _signed(connection: Connection) -> Owner | None:
    row = connection.execute(select(writer)).first()
    return None if row is None else Owner(row.host, row.pid, moment(row.since), moment(row.beat))


def _owner_if_told(database: Database) -> Owner | None:
    try:
        return owner(database)
    except ArchiveError:  # that another one writes is the news
        return None


def _sign(connection: Connection, me: Owner) -> None:
    connection.execute(delete(writer))
    values = {"id": 1, "host": me.host, "pid": me.pid, "since": micros(me.since), "beat": micros(me.beat)}
    connection.execute(insert(writer).values(values))


def _lock_file(database: Database, path: Path) -> Callable[[], None]:
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise _taken(_owner_if_told(database)) from None
    except OSError as error:
        raise Full(
            f"{lock.lock_file} cannot be made ({error.strerror}): have the right to write there given to this user"
        ) from error

    try:
        file = grip(path)  # the lock beside it may be removed, and the file may have another name
    except OSError as error:
        lock.release()
        raise Full(
            f"{path} is gone or cannot be reached ({error.strerror}): bring its folder back"
        ) from error
    if not file.lock():
        file.close()
        lock.release()
        raise _taken(_owner_if_told(database))

    def unlock() -> None:
        database.close()
        file.close()
        lock.release()

    return unlock


def _lock_server(database: Database, me: Owner) -> Callable[[], None]:
    """Each connection, the first one and those after a loss, takes the lock before anything is written by it."""

    def lock(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("SELECT pg_try_advisory_lock(%s)", (NUMBER,))
        refused = None if cursor.fetchall()[0][0] else _refused(cursor, me)
        connection.commit()
        if refused:
            connection.close()
            raise refused

    def unlock() -> None:
        event.remove(database.engine, "connect", lock)
        with suppress(ArchiveError), alone(database) as connection:
            connection.execute(select(func.pg_advisory_unlock_all()))

    database.engine.dispose()
    event.listen(database.engine, "connect", lock)
    return unlock


def _refused(cursor: DBAPICursor, me: Owner) -> ArchiveError:
    cursor.execute("SELECT to_regclass('writer') IS NOT NULL")
    if not cursor.fetchall()[0][0]:
        return _taken(None)
    cursor.execute("SELECT host, pid, since, beat FROM writer")
    rows = [Owner(host, pid, moment(since), moment(beat)) for host, pid, since, beat in cursor.fetchall()]
    if any((by.host, by.pid, by.since) == (me.host, me.pid, me.since) for by in rows):
        return Lost("the server still holds this console's lost connection: it lets go within some seconds")
    return _taken(rows[0] if rows else None)


def _taken(by: Owner | None) -> Taken:
    return Taken(by.host, by.pid, by.since) if by else Taken()
