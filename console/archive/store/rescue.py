"""Takes out of a damaged file what can still be read, row by row, into a new archive."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from msgspec import Struct
from sqlalchemy import BigInteger, Select, Table, insert, inspect, literal_column, select

from console.archive.codec.digest import digest
from console.archive.store.database import Database, alone, transaction
from console.archive.store.errors import ArchiveError, refuse
from console.archive.store.files import File, refuse_unopenable
from console.archive.store.opening import opened_file
from console.archive.store.places import path_of, served
from console.archive.store.tables import blocks, facts, metadata, writer

AHEAD = 1 << 24
"""Of so many rows in a row that cannot be read the rest is given up."""

TOGETHER = 64
"""Rows that are written in one transaction: a body is some hundred kilobytes at most."""


END = (1 << 63) - 1
PLACE = literal_column("rowid", BigInteger)
"""Where a row stands in its table."""

Row = dict[str, Any]


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
    rows = _Rows(broken, select(PLACE, *(column for column in table.c if column.name in there)))
    read = written = 0
    for batch in _batched(rows.sound(table)):
        read += len(batch)
        with transaction(into) as connection:
            written += connection.execute(insert(table).prefix_with("OR IGNORE"), batch).rowcount
    return written, rows.whole and written == read


class _Rows:
    """The rows of one table that can be read; ``whole`` tells afterwards whether it was all of them."""

    def __init__(self, broken: Database, query: Select[Any]) -> None:
        self._broken, self._query = broken, query
        self.whole = True

    def sound(self, table: Table) -> Iterator[Row]:
        """Those found whose digest matches: where a page is lacking SQLite may read zeros."""
        for row in self.found():
            if _matches(table, row):
                yield row
            else:
                self.whole = False

    def found(self) -> Iterator[Row]:
        """Forward; over what cannot be read in steps that double, and then back to where it begins to be readable."""
        last, step = 0, 0
        while step <= AHEAD:
            try:
                row = self._one(last + step, END)
            except ArchiveError:
                self.whole, step = False, max(1, step * 2)
                continue
            if step > 1:
                yield from self._back(last, END if row is None else row[PLACE.name])
            if row is None:
                return
            yield row
            last, step = row[PLACE.name], 0

    def _back(self, after: int, before: int) -> Iterator[Row]:
        while True:
            try:
                row = self._one(after, before, backward=True)
            except ArchiveError:
                return
            if row is None:
                return
            yield row
            before = row[PLACE.name]

    def _one(self, after: int, before: int, *, backward: bool = False) -> Row | None:
        """The first row, or the last one, between two places."""
        query = self._query.where(after < PLACE, before > PLACE).limit(1)
        with alone(self._broken) as connection:
            row = connection.execute(query.order_by(PLACE.desc() if backward else PLACE)).mappings().first()
        if row is not None and not after < row[PLACE.name] < before:
            refuse("the order of its rows is lost")  # nothing but zeros, say
        return None if row is None else dict(row)


def _matches(table: Table, row: Row) -> bool:
    if "digest" not in table.c:
        return True
    first, last = (row["first"], row["last"]) if table is blocks else (row["seen"], row["seen"])
    return isinstance(row["body"], bytes) and digest(row["run"], first, last, row["body"]) == row["digest"]


def _batched(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, TOGETHER)):
        yield [{name: value for name, value in row.items() if name != PLACE.name} for row in batch]
