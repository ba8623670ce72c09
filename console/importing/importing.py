"""Brings the watches of a file of past calls into an archive, each as one shift, each whole or not at all."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from console.archive.recording.past import Bringer, bring, known
from console.archive.store.database import Database
from console.domain.definitions import Definitions
from console.importing.events import past_shift
from console.simulator.past.rows import Problem, Record, Told, read
from console.simulator.past.watches import Watch, starts, watches
from console.simulator.shift import ShiftFileError

_SECOND = timedelta(seconds=1)


class Wanted(Struct, frozen=True):
    """What a person asks for: the file's format and zone where it is not to be guessed, and by which definitions."""

    pack: Definitions
    format: str | None = None
    zone: ZoneInfo | None = None


class Opened(Struct, frozen=True):
    """A file that was read, with the starts of its watches; ``mark`` differs where its text, format or zone does."""

    name: str
    record: Record
    mark: str
    starts: Sequence[datetime]

    @property
    def rejected(self) -> Sequence[Problem]:
        """The rows that say nothing of any call."""
        return [problem for problem in self.record.problems if problem.values is not None]


class Brought(Struct, frozen=True):
    """One watch that is in the archive; ``shift`` is ``None`` where it was there before."""

    start: datetime
    shift: str | None


def opened(path: Path, wanted: Wanted, told: Told | None = None) -> Opened:
    """Read the file. Raises `ShiftFileError`, and `LayoutError` for a format that cannot be used."""
    record = read(path, wanted.zone, wanted.format, told)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ShiftFileError(f"{path} cannot be read any more: {error.strerror}; check the disk") from error
    how = msgspec.json.encode((record.layout, record.zone.key, wanted.pack.name, wanted.pack.version))
    mark = blake2b(content, digest_size=16)
    mark.update(how)
    return Opened(path.name, record, mark.hexdigest(), starts(record))


def bring_all(
    database: Database, file: Opened, pack: Definitions, by: Callable[[str], Bringer]
) -> Iterator[Brought]:
    """Write each watch in turn; what was given out is in the archive for good. ``by`` says who brings it, and when.

    Raises as `transaction` does; what was brought before stays, and is passed over the next time.
    """
    there = known(database, [_key(file, start) for start in file.starts])
    for watch in watches(file.record):
        key = _key(file, watch.start)
        shift = None
        if key not in there:
            past = past_shift(watch, file.record.layout.agency.short, pack, _until(watch, file.starts))
            shift = bring(database, key, past, by(file.name))
        yield Brought(watch.start, shift)


def _key(file: Opened, start: datetime) -> str:
    return f"import {file.mark} {start:%Y-%m-%dT%H:%MZ}"


def _until(watch: Watch, begins: Sequence[datetime]) -> datetime:
    """The end of the watch; where no other follows, of the last of its calls."""
    return watch.end if watch.end in begins else max(watch.end, watch.last + _SECOND)
