"""Takes out of a damaged file what can still be read, row by row, into a new archive."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from msgspec import Struct
from sqlalchemy import Table, insert, inspect, select

from console.archive.codec.digest import matching
from console.archive.store.database import Database, alone, transaction
from console.archive.store.errors import ArchiveError, refuse
from console.archive.store.files import File, refuse_unopenable
from console.archive.store.opening import opened_file
from console.archive.store.places import path_of, served
from console.archive.store.reading import mended
from console.archive.store.salvage import PLACE, Row, Rows
from console.archive.store.tables import blocks, facts, metadata, moment, parts, runs, shifts, writer
from console.archive.store.values import fits, raw

TOGETHER = 64
"""Rows that are written in one transaction: a body is some hundred kilobytes at most."""


class Rescued(Struct, frozen=True):
    """How many rows came over by table, and the tables of which some could not be read."""

    rows: dict[str, int]
    damaged: tuple[str, ...]


def rescue(url: str, key: str | None, into: Database) -> Rescued:
    """Copies what can be read of the damaged file at ``url`` into a new archive that was claimed.

    A block or a board comes over whole or not at all. The damaged file is not changed. Raises `ArchiveError`
    where its first pages are gone, and `Full` as every writing does.
    """
    if served(url) or into.path is None:
        refuse("only a file can be rescued, and only into a file: a server has backups of its own")
    file = File(path_of(url), key, write=False, broken=True)
    refuse_unopenable(file)
    with opened_file(file) as broken:
        copied = {table.name: _copied(broken, table, into) for table in _tables(broken)}
        with suppress(ArchiveError):  # then there is nothing to complete them from
            _complete(broken, into)
    return Rescued(
        {name: rows for name, (rows, _) in copied.items()},
        tuple(name for name, (_, whole) in copied.items() if not whole),
    )


def _tables(broken: Database) -> list[Table]:
    """What the file has of the tables that hold a recording; facts and the writer are the new archive's own."""
    with alone(broken) as connection:
        there = set(inspect(connection).get_table_names())
    if facts.name not in there:
        refuse(f"{broken.name} is no archive, or so damaged that nothing in it can be found")
    return [table for table in metadata.sorted_tables if table.name in there and table not in {facts, writer}]


def _copied(broken: Database, table: Table, into: Database) -> tuple[int, bool]:
    """How many rows came over, and whether these are all that there were."""
    with alone(broken) as connection:
        there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    rows = Rows(broken, select(PLACE, *(raw(column) for column in table.c if column.name in there)), TOGETHER)
    read = written = 0
    for batch in _batched(_sound(rows, table)):
        read += len(batch)
        with transaction(into) as connection:
            written += connection.execute(insert(table).prefix_with("OR IGNORE"), batch).rowcount
    return written, rows.whole and written == read


def _complete(broken: Database, into: Database) -> None:
    """What is lost of runs, shifts and parts, and stands in other rows."""
    assert broken.salvage is not None, "a file has it"
    rows = mended(broken.salvage).rows
    for table in (runs, shifts, parts):
        with transaction(rows) as connection:
            found = [dict(row) for row in connection.execute(select(table)).mappings()]
        if found:
            with transaction(into) as connection:
                connection.execute(insert(table).prefix_with("OR IGNORE"), found)


def _sound(rows: Rows, table: Table) -> Iterator[Row]:
    """Those of fitting values whose digest matches: where a page is lacking SQLite may read zeros."""
    for row in rows.found():
        if all(fits(table.c[name], row[name]) for name in row if name != PLACE.name) and _matches(table, row):
            yield row
        else:
            rows.whole = False


def _matches(table: Table, row: Row) -> bool:
    if "digest" not in table.c:
        return True
    first, last = (row["first"], row["last"]) if table is blocks else (row["seen"], row["seen"])
    times = [moment(row[name]) for name in ("since", "until", "at") if name in row]
    return matching(row["digest"], (row["run"], first, last), row["body"], times)


def _batched(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, TOGETHER)):
        yield [{name: value for name, value in row.items() if name != PLACE.name} for row in batch]
