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

_SECOND = timedelta(seconds=1)


class Wanted(Struct, frozen=True):
    """What a person asks for: the file's format and zone where it is not to be guessed, and by which definitions."""

    pack: Definitions
    format: str | None = None
    zone: ZoneInfo | None = None


class Opened(Struct, frozen=True):
    """A file that was read, with the starts of its watches; ``how`` says by which format, zone and definitions."""

    name: str
    record: Record
    how: bytes
    starts: Sequence[datetime]

    @property
    def rejected(self) -> Sequence[Problem]:
        """The rows that say nothing of any call."""
        return [problem for problem in self.record.problems if problem.values is not None]


class Brought(Struct, frozen=True):
    """One watch that is in the archive; ``shift`` is ``None`` where it was there before with the same rows.

    ``beside`` are shifts of the same watch that are there with other rows.
    """

    start: datetime
    shift: str | None
    beside: tuple[str, ...] = ()


def opened(path: Path, wanted: Wanted, told: Told | None = None) -> Opened:
    """Read the file. Raises `ShiftFileError`, and `LayoutError` for a format that cannot be used."""
    record = read(path, wanted.zone, wanted.format, told)
    how = msgspec.json.encode((record.layout, record.zone.key, wanted.pack.name, wanted.pack.version))
    return Opened(path.name, record, how, starts(record))


def bring_all(
    database: Database, file: Opened, pack: Definitions, by: Callable[[str], Bringer]
) -> Iterator[Brought]:
    """Write each watch in turn; what was given out is in the archive for good. ``by`` says who brings it, and when.

    A watch whose rows are there, also of another file, is passed over; one of which a file tells more than the one
    before did goes beside that. Raises as `transaction` does; what was brought before stays.
    """
    there = known(database)
    for watch in watches(file.record):
        key = f"import {_mark(file, watch)} {watch.start:%Y-%m-%dT%H:%MZ}"
        if key in there:
            yield Brought(watch.start, None)
            continue
        past = past_shift(watch, file.record.layout.agency.short, pack, _until(watch, file.starts))
        entered = bring(database, key, past, by(file.name))
        yield Brought(watch.start, entered.shift, entered.beside) if entered else Brought(watch.start, None)


def _mark(file: Opened, watch: Watch) -> str:
    """It differs where what the file says of the watch does, or how that is read."""
    encode = msgspec.msgpack.Encoder().encode
    mark = blake2b(file.how, digest_size=16)
    told = {id(row) for rows in watch.call_rows for row in rows}
    mark.update(encode(watch.call_rows))
    mark.update(encode([row for rows in watch.unit_rows for row in rows if id(row) not in told]))
    return mark.hexdigest()


def _until(watch: Watch, begins: Sequence[datetime]) -> datetime:
    """The end of the watch; where no other follows, of the last of its calls."""
    return watch.end if watch.end in begins else max(watch.end, watch.last + _SECOND)
