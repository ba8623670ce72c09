"""Reads past calls from a file into unit rows: one unit's part in one call each.

What cannot be read is left out, counted and named with its line, never guessed.
"""

from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from console.simulator.past.files import Table, table
from console.simulator.past.layout import FileLayout, Layout, LayoutError, fitting, recognized
from console.simulator.past.layout import layout as layout_of
from console.simulator.past.reading import Problem, Reader
from console.simulator.past.unitrow import UnitRow
from console.simulator.shift import ShiftFileError

__all__ = ["Problem", "Record", "UnitRow", "read"]

TORN = "a quote is not closed: the row is left out"

_TOLD_EVERY = 2_000

Told = Callable[[int, int], None]
"""Called now and then with the lines that are read, and how many there are."""


class Record(Struct, frozen=True):
    """A file's good rows and its problems; ``columns`` are the file's own, ``lines`` the rows it holds."""

    rows: tuple[UnitRow, ...]
    problems: tuple[Problem, ...]
    zone: ZoneInfo
    layout: Layout
    columns: tuple[str, ...] = ()
    lines: int = 0


def read(
    path: Path, zone: ZoneInfo | None = None, named: str | None = None, told: Told | None = None
) -> Record:
    """Read the file of the format ``named``, or of the shipped one that its columns are of.

    Its stamps are of ``zone``, else of the format's. Raises `ShiftFileError`, `LayoutError`.
    """
    chosen = layout_of(named) if named else None
    found = table(path, chosen.file if chosen else FileLayout())
    if chosen is None:
        chosen = recognized(path, found.columns)
    else:
        fitting(path, found.columns, chosen)
    local = zone or _zone(chosen, named)
    record = _read(found, Reader(chosen, found.columns, local), told)
    if not record.rows:
        raise ShiftFileError(f"{path} holds no row that can be read; {_first(record.problems)}")
    return record


def _read(found: Table, reader: Reader, told: Told | None) -> Record:
    rows: list[UnitRow] = []
    count = 0
    for line, values in found.rows:
        rows += reader.rows(line, values)
        count += 1
        if told is not None and not count % _TOLD_EVERY:
            told(line, found.lines)
    if told is not None:
        told(found.lines, found.lines)
    torn = [Problem(line, TORN, tuple(values)) for line, values in found.torn]
    problems = sorted([*reader.problems, *torn], key=attrgetter("line")) if torn else reader.problems
    return Record(tuple(rows), tuple(problems), reader.zone, reader.layout, found.columns, count + len(torn))


def _zone(chosen: Layout, named: str | None) -> ZoneInfo:
    if not chosen.agency.timezone:
        raise LayoutError(
            f"format {named}: it names no timezone: write one there, or give --tz America/Denver"
        )
    return ZoneInfo(chosen.agency.timezone)


def _first(problems: tuple[Problem, ...]) -> str:
    return f"line {problems[0].line}: {problems[0].reason}" if problems else "it is empty"
