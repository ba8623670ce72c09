"""Reads an archive, and of a damaged file what can still be read; whoever asks need not care which."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from msgspec.structs import replace
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    StaticPool,
    Table,
    create_engine,
    func,
    inspect,
    literal,
    select,
)

from console.archive.store.database import Database, Mended, Salvage, alone, inode_of, transaction
from console.archive.store.errors import ArchiveError, Damaged, Full, Lost, NewerArchive, refuse
from console.archive.store.files import PAGE, File, engine
from console.archive.store.mending import Row, mend
from console.archive.store.salvage import PLACE, Rows
from console.archive.store.tables import audit, blocks, checkpoints, metadata
from console.archive.store.values import raw

T = TypeVar("T")

TOGETHER = 512
"""Rows without their bodies that are read at once."""

SOME = 5
"""Damaged shifts that are named."""

_LARGE = (blocks, checkpoints)
"""Whose bodies stay where they are, and whose rows know their place in the file."""


def ask(database: Database, query: Callable[[Connection], T]) -> T:
    """What ``query`` finds; where the file is damaged, among the rows that can still be read.

    Raises `ArchiveError`, of which `Lost` and `Full` as `transaction` does.
    """
    try:
        with transaction(database) as connection:
            return query(connection)
    except (Lost, Full, NewerArchive):
        raise
    except ArchiveError as error:
        if database.salvage is None:
            raise
        return _ask_mended(database.salvage, query, error)


def body(database: Database, table: Table, here: ColumnElement[bool]) -> tuple[object, object] | None:
    """The digest and the body of the row that is ``here``, as they stand there; ``None`` for no such row.

    Raises as `ask` does.
    """
    try:
        with transaction(database) as connection:
            return _sealed(connection, table, here)
    except (Lost, Full, NewerArchive):
        raise
    except ArchiveError as error:
        if database.salvage is None:
            raise
        wanted = select(PLACE).select_from(table).where(here)
        place = _ask_mended(database.salvage, lambda connection: connection.scalar(wanted), error)
        if place is None:
            return None
        with alone(mended(database.salvage).broken) as connection:
            return _sealed(connection, table, literal(place) == PLACE)


def damaged(database: Database) -> frozenset[str] | None:
    """The shifts that lack something, as far as anything damaged was met; ``None`` as long as nothing was."""
    salvage = database.salvage
    if salvage is None or (salvage.found is None and not salvage.cut):
        return None
    return frozenset() if salvage.found is None else salvage.found.damaged


def trouble(database: Database) -> str:
    """That the archive is damaged, and what to do; empty as long as no damage was met."""
    lacking = damaged(database)
    if lacking is None:
        return ""
    some = ", ".join(sorted(lacking)[-SOME:]) + (" ..." if len(lacking) > SOME else "")
    what = f"some of {some} cannot be read any more" if lacking else "a part of it cannot be read any more"
    return (
        f"{database.name} is damaged: {what}, the rest can. Keep a copy of it, and restore a backup or take "
        "what is left into a new archive with `shifts --rescue NEW.db`"
    )


def look_whole(database: Database) -> None:
    """Remember it where the file ends before it says that it does. Raises as `transaction` does, but not for that."""
    salvage, path = database.salvage, database.path
    if salvage is None or path is None:
        return
    try:
        with alone(database) as connection:
            connection.exec_driver_sql("PRAGMA writable_schema = OFF")
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").all()
            connection.exec_driver_sql("PRAGMA writable_schema = ON")
    except Damaged:
        salvage.cut = True
    if path.stat().st_size % PAGE and not any(_stamp(salvage.file)[2:3]):
        salvage.cut = True


def mended(salvage: Salvage) -> Mended:
    """The rows that can still be read, read anew where the file was changed. Raises `ArchiveError`."""
    with salvage.lock:
        stamp = _stamp(salvage.file)
        if salvage.found is None or salvage.found.stamp != stamp:
            fresh = _salvaged(salvage.file, stamp)
            if salvage.found is not None:
                salvage.found.rows.close()
                salvage.found.broken.close()
            salvage.found = fresh
        return salvage.found


def _ask_mended(salvage: Salvage, query: Callable[[Connection], T], error: ArchiveError) -> T:
    with salvage.lock:
        try:
            rows = mended(salvage).rows
        except (Lost, Full):
            raise
        except ArchiveError:
            raise error from None
        with transaction(rows) as connection:
            return query(connection)


def _sealed(connection: Connection, table: Table, here: ColumnElement[bool]) -> tuple[object, object] | None:
    row = connection.execute(select(raw(table.c.digest), raw(table.c.body)).where(here)).first()
    return None if row is None else (row.digest, row.body)


def _stamp(file: File) -> tuple[int, ...]:
    found = list[int]()
    for name in (file.path.name, f"{file.path.name}-wal"):
        with suppress(OSError):
            told = file.path.with_name(name).stat()
            found += [told.st_size, told.st_mtime_ns]
    return tuple(found)


def _salvaged(file: File, stamp: tuple[int, ...]) -> Mended:
    file = replace(file, write=False, broken=True)
    broken = Database(
        "sqlite", engine(file), str(file.path), write=False, path=file.path, inode=inode_of(file.path)
    )
    try:
        tables = {table.name: _read(broken, table) for table in _tables(broken)}
        lacking = mend(tables)
        rows = _in_memory(broken.name, tables)
    except ArchiveError:
        broken.close()
        raise
    return Mended(rows, broken, lacking, stamp)


def _tables(broken: Database) -> list[Table]:
    wanted = [table for table in metadata.sorted_tables if table is not audit]
    with alone(broken) as connection:
        there = set(inspect(connection).get_table_names())
    if not there.issuperset(table.name for table in wanted):
        refuse(f"{broken.name} is no archive, or so damaged that nothing in it can be found")
    # Parts before blocks: of a shift that is being recorded there are then no fewer events than it says.
    return sorted(wanted, key=lambda table: table in _LARGE)


def _read(broken: Database, table: Table) -> list[Row]:
    columns = [raw(column) for column in table.c if not (table in _LARGE and column.name == "body")]
    if table in _LARGE:
        columns.append(func.length(table.c.body).label("body"))
    return list(Rows(broken, select(PLACE, *columns), TOGETHER).found())


def _in_memory(name: str, tables: dict[str, list[Row]]) -> Database:
    made = create_engine("sqlite://", creator=_memory, poolclass=StaticPool, hide_parameters=True)
    rows = Database("sqlite", made, name, write=False)
    with transaction(rows) as connection:
        metadata.create_all(connection)
        for table in metadata.sorted_tables:
            _fill(connection, table, tables.get(table.name, []))
    return rows


def _memory() -> sqlite3.Connection:
    """Instead of a body a row has its length there."""
    made = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    made.create_function("length", 1, lambda body: body if isinstance(body, int) else len(body or b""))
    return made


def _fill(connection: Connection, table: Table, found: list[Row]) -> None:
    nothing: Row = {column.name: _nothing(column) for column in table.c}
    names = [*nothing, *([PLACE.name] if table in _LARGE else [])]
    quoted, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    if found:
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO {table.name} ({quoted}) VALUES ({places})",  # noqa: S608  # names of our own
            [tuple(row.get(name, nothing.get(name)) for name in names) for row in found],
        )


def _nothing(column: Column[Any]) -> object:
    return None if column.nullable else column.type.python_type()
