"""The records of a CSV file, also of one in which a quote is not closed: that takes its own line, and no other."""

import csv
import io
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from console.simulator.shift import ShiftFileError

Numbered = tuple[int, list[str]]
"""The line on which a record starts, and its values."""


class Records:
    """Those below the heading of ``text``, which has ``width`` columns."""

    def __init__(self, path: Path, text: str, delimiter: str, width: int) -> None:
        self._path, self._text, self._delimiter, self._width = path, text, delimiter, width

    def each(self, reader: Any, torn: list[Numbered]) -> Iterator[Numbered]:
        """One after the other from where ``reader`` stands; into ``torn`` go the lines whose quotes are not closed.

        Raises `ShiftFileError` at what is no CSV.
        """
        start, skipped = reader.line_num + 1, 0
        while True:
            try:
                values = next(reader, None)
            except csv.Error as error:
                if skipped + reader.line_num <= start:
                    raise self._no_csv(start, error) from error
                values = []
                broken = True
            else:
                if values is None:
                    return
                last = skipped + reader.line_num
                broken = last > start and self._torn(start, last)
            if broken:
                torn.append((start, self._alone(start, self._lines[start - 1])))
                reader, skipped = self._reader(islice(self._lines, start, None)), start
            elif values:
                yield start, values
            start = skipped + reader.line_num + 1

    def _torn(self, start: int, last: int) -> bool:
        """Whether the record of these lines is several: whole rows in it, or quotes that close nothing."""
        lines = self._lines[start - 1 : last]
        try:
            for _ in self._reader(lines, strict=True):
                pass
        except csv.Error:
            return True
        return any(self._whole(number, line) for number, line in enumerate(lines[1:], start + 1))

    def _whole(self, number: int, line: str) -> bool:
        return not line.count('"') % 2 and len(self._alone(number, line)) == self._width

    def _alone(self, number: int, line: str) -> list[str]:
        try:
            return next(self._reader([line]), [])
        except csv.Error as error:
            raise self._no_csv(number, error) from error

    @cached_property
    def _lines(self) -> Sequence[str]:
        return list(io.StringIO(self._text, newline=""))

    def _reader(self, lines: Any, *, strict: bool = False) -> Any:
        return csv.reader(lines, delimiter=self._delimiter, strict=strict)

    def _no_csv(self, line: int, error: csv.Error) -> ShiftFileError:
        return ShiftFileError(f"{self._path} is not CSV from line {line} on ({error}): mend that line")
