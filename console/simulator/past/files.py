"""The rows of a CSV or JSON file, each with the line it starts on and its values in the order of the columns."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct

from console.simulator.past.layout import FileLayout
from console.simulator.past.records import Numbered, Records
from console.simulator.shift import ShiftFileError

MOST_HEADING = 20
"""Lines that the names of the columns may take: those of a spreadsheet have breaks."""


class Table(Struct, frozen=True):
    """``rows`` can be gone through once; a row that is too short lacks its last columns. ``lines`` are all.

    ``torn`` gathers meanwhile what of rows is left whose quotes are not closed.
    """

    columns: tuple[str, ...]
    rows: Iterator[Numbered]
    lines: int
    torn: list[Numbered] = []


def table(path: Path, written: FileLayout) -> Table:
    """The file as a table. Raises `ShiftFileError`, also while its rows are gone through."""
    try:
        text = path.read_bytes().decode("utf-8-sig" if written.encoding == "utf-8" else written.encoding)
    except OSError as error:
        raise ShiftFileError(f"{path} cannot be opened: {error.strerror}; check the name") from error
    except UnicodeDecodeError as error:
        where = f"byte {error.start}"
        raise ShiftFileError(
            f"{path} is not {written.encoding.upper()} text ({where}): save it as UTF-8"
        ) from error
    except LookupError as error:
        raise ShiftFileError(f"encoding {written.encoding!r} is not known: write utf-8 or cp1252") from error
    if not text.strip():
        raise ShiftFileError(f"{path} is empty: look whether it was exported whole, and export it again")
    if text.lstrip()[:1] in ("[", "{"):
        return _json(path, text)
    return _csv(path, text, written.delimiter)


def _csv(path: Path, text: str, delimiter: str) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise ShiftFileError(f"{path} is not CSV from line 1 on ({error})") from error
    if reader.line_num > MOST_HEADING:
        raise ShiftFileError(
            f"{path}: a quote in line 1, which names the columns, is not closed: mend that line"
        )
    torn: list[Numbered] = []
    rows = Records(path, text, delimiter, len(header)).each(reader, torn)
    return Table(tuple(name.strip() for name in header), rows, text.count("\n") + 1, torn)


def _json(path: Path, text: str) -> Table:
    objects = list(_objects(path, text))
    columns = tuple(dict.fromkeys(chain.from_iterable(fields for _, fields in objects)))
    rows = ((line, [_text(fields.get(name)) for name in columns]) for line, fields in objects)
    return Table(columns, rows, text.count("\n") + 1)


def _text(value: Any) -> str:
    """What CSV would say; an object stays JSON."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return json.dumps(value)
    text = str(value)
    # half of a surrogate pair is no text that can be kept
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _objects(path: Path, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON list, each with the line it starts on."""
    decoder = json.JSONDecoder()
    line, seen = 1, 0
    at = text.find("{")
    while at >= 0:
        line += text.count("\n", seen, at)
        try:
            fields, end = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            raise ShiftFileError(f"{path} is not JSON from line {line} on: download it again") from error
        yield line, fields
        line += text.count("\n", at, end)
        seen, at = end, text.find("{", end)
