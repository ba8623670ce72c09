"""After rows were removed: leaves nothing of them in the archive's files, and says what is left elsewhere."""

from typing import Final, Protocol, Self, cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from console.archive.store.database import Database, alone
from console.archive.store.errors import Full, Lost
from console.archive.store.tables import blocks, checkpoints, marks, overlay, parts, runs, shifts

TABLES: Final = tuple(table.name for table in (blocks, checkpoints, marks, overlay, parts, shifts, runs))

SAMPLES: Final = "pg_statistic"
"""Where PostgreSQL keeps values that it saw in the tables, for planning; what it had there is replaced first."""

WAIT_S, TRIES = 1, 20
"""For a table that another program uses: it waits as long behind us, so briefly and often."""

IN_JOURNAL: Final = (
    "another program reads this archive right now, so traces of the shift stay in its journal until the next "
    "recording ends: close that program, and record or purge again"
)
IN_COPY: Final = (
    "a copy from before an update (.bak) holds the shift and cannot be removed: remove it by hand"
)
BEYOND: Final = (
    "the server keeps copies outside its tables: in its write-ahead log until that is recycled (a superuser hurries "
    "this with SELECT pg_switch_wal(); CHECKPOINT), and in archived log, replicas and backups until these expire"
)


class Scripted(Protocol):
    """What both SQLite drivers have beyond the common interface."""

    def executescript(self, script: str) -> Self: ...

    def close(self) -> None: ...


def scrub(database: Database, tries: int = TRIES) -> str:
    """What of removed rows is left in the archive's own files, and how that goes too; empty where nothing is.

    On a server each table is written anew; who records there waits meanwhile, and keeps what happens in memory.
    """
    if database.kind == "postgresql":
        return _rewritten(database, tries)
    with alone(database) as connection:
        _give_back(connection)
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]
    copies = "" if _drop_copies(database) else IN_COPY
    return "; ".join(filter(None, (IN_JOURNAL if busy else "", copies)))


def _rewritten(database: Database, tries: int) -> str:
    left = [name for name in (*TABLES, SAMPLES) if not _rewrite(database, name, tries)]
    if not left:
        return ""
    return (
        "the server still has the removed rows in its files, for it is away, has no room, or another program uses "
        "them: have "
        + " ".join(f"VACUUM (FULL, ANALYZE) {name};" for name in left)
        + " run there by the database's owner"
    )


def _rewrite(database: Database, name: str, tries: int) -> bool:
    """Write a table anew, which takes the old files away; whether that was possible."""
    for _ in range(tries):
        try:
            with alone(database) as connection:
                return _vacuum(connection, name)
        except Full:
            return False
        except Lost as error:
            if not _in_use(error):
                return False
    return False


def _in_use(error: Lost) -> bool:
    """Whether only the wait for another program was over (lock_not_available)."""
    cause = error.__cause__
    return isinstance(cause, DBAPIError) and getattr(cause.orig, "sqlstate", "") == "55P03"


def _vacuum(connection: Connection, name: str) -> bool:
    found = connection.exec_driver_sql("SELECT pg_relation_filenode(%s::regclass)", (name,)).scalar()
    before = {
        setting: connection.exec_driver_sql(f"SHOW {setting}").scalar()
        for setting in ("lock_timeout", "statement_timeout")
    }
    try:
        connection.exec_driver_sql(f"SET lock_timeout = '{WAIT_S}s'")
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {name}")
    finally:
        for setting, value in before.items():
            connection.exec_driver_sql(f"SET {setting} = '{value}'")
    after = connection.exec_driver_sql("SELECT pg_relation_filenode(%s::regclass)", (name,)).scalar()
    return after != found  # where a right is missing the server only warns


def _give_back(connection: Connection) -> None:
    """Free pages go back to the disk, one with each step of the statement: only a script is stepped to its end."""
    cast("Scripted", connection.connection.cursor()).executescript("PRAGMA incremental_vacuum;").close()


def _drop_copies(database: Database) -> bool:
    path = database.path
    if path is None:
        return True
    try:
        for copy in [*path.parent.glob(f"{path.name}.v*.bak"), path.with_name(f"{path.name}.copying")]:
            copy.unlink(missing_ok=True)
    except OSError:
        return False
    return True
