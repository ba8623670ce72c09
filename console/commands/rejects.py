"""The rows that an import left out, in a file of their own: which file and line, why, and all of the row."""

import csv
import os
from collections.abc import Sequence
from pathlib import Path

from console.importing.importing import Opened
from console.settings import SettingsError

_ABOUT = ("file", "line", "reason")


class Rejects:
    """Gathers rejected rows and writes them as CSV; without a ``path`` they go nowhere."""

    def __init__(self, path: Path | None, files: Sequence[Path]) -> None:
        self._path = path
        self._files: list[Opened] = []
        if path is None:
            return
        if path.resolve() in {file.resolve() for file in files}:
            raise SettingsError(f"--rejected {path} is one of the files to import: give it another name")
        self._write()

    def add(self, file: Opened) -> None:
        """Take the rejected rows of ``file``."""
        if self._path is not None:
            self._files.append(file)

    def close(self) -> None:
        """Write them all."""
        if self._path is not None:
            self._write()

    def _write(self) -> None:
        assert self._path is not None
        columns = tuple(dict.fromkeys(name for file in self._files for name in file.record.columns))
        try:
            with open(self._path, "w", encoding="utf-8", newline="", opener=_private) as out:
                writer = csv.DictWriter(out, (*_ABOUT, *columns))
                writer.writeheader()
                for file in self._files:
                    writer.writerows(self._rows(file))
        except OSError as error:
            raise SettingsError(
                f"--rejected {self._path} cannot be written ({error.strerror}): give another name or folder"
            ) from error

    @staticmethod
    def _rows(file: Opened) -> list[dict[str, object]]:
        return [
            {
                **dict(zip(file.record.columns, problem.values or (), strict=False)),
                "file": file.name,
                "line": problem.line,
                "reason": problem.reason,
            }
            for problem in file.rejected
        ]


def _private(name: str, flags: int) -> int:
    """Rows may name callers: nobody else may read them."""
    return os.open(name, flags, 0o600)
