"""How a file of past calls is laid out: which column is which field, how times are written, whose calls they are."""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, Struct

from console.domain.vocabulary import Program
from console.resources import path
from console.simulator.past.moments import of_the_day
from console.simulator.past.stages import STAGES, Stage
from console.simulator.shift import ShiftFileError

ISO = "iso"

Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Short = Annotated[str, Meta(pattern=r"^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$")]
Separator = Annotated[str, Meta(min_length=1, max_length=1)]


class LayoutError(ValueError):
    """A layout cannot be used; the text says where, what is wrong and what to do."""


class AgencyLayout(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose calls they are. ``short`` begins the names of the shifts; ``watch_begins`` is a local time of day."""

    name: str
    short: Short
    timezone: str = ""
    watch_begins: Clock = "00:00"
    notice: str = ""

    @property
    def begins(self) -> time:
        """The local time of day at which a watch begins and the one before ends."""
        return time.fromisoformat(self.watch_begins)


class FileLayout(Struct, frozen=True, forbid_unknown_fields=True):
    """How the text is written; only for CSV."""

    delimiter: Separator = ","
    encoding: str = "utf-8"


class Columns(Struct, frozen=True, forbid_unknown_fields=True):
    """The column of each field that is no moment; ``place`` holds latitude and longitude together."""

    call: str
    unit: str = ""
    kind: str = ""
    nature: str = ""
    priority: str = ""
    disposition: str = ""
    address: str = ""
    area: str | tuple[str, ...] = ()
    lat: str = ""
    lon: str = ""
    place: str = ""


class Times(Struct, frozen=True, forbid_unknown_fields=True):
    """How moments are written: ``iso`` or formats of strptime; times of day count from the column ``date``."""

    formats: tuple[str, ...] = (ISO,)
    date: str = ""
    date_formats: tuple[str, ...] = (ISO,)


class Packed(Struct, frozen=True, forbid_unknown_fields=True):
    """One column with the moments at which several units reached ``stage``: ``M1 12:03;M2 12:05``."""

    column: str
    stage: Stage
    between: Separator = ";"
    within: Separator = " "


class Layout(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole layout, as its TOML file says."""

    import_version: Literal[1]
    agency: AgencyLayout
    columns: Columns
    stamps: dict[Stage, str]
    file: FileLayout = FileLayout()
    times: Times = Times()
    packed: tuple[Packed, ...] = ()
    priorities: dict[str, int] = {}
    programs: dict[str, Program] = {}

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which a file is not of this layout."""
        stamps = (self.stamps.get("received"), self.stamps.get("dispatch"), self.stamps.get("available"))
        wanted = (self.columns.call, self.columns.unit, *stamps, self.times.date)
        return tuple(name for name in (*wanted, *(one.column for one in self.packed)) if name)


def parse(text: str) -> Layout:
    """The layout in ``text``. Raises `LayoutError`."""
    try:
        layout = msgspec.convert(tomllib.loads(text), Layout)
    except tomllib.TOMLDecodeError as error:
        raise LayoutError(f"not TOML: {error}; mend that line") from error
    except msgspec.ValidationError as error:
        raise LayoutError(f"{error}; imports/GUIDE.md lists every key") from error
    wrong = next(_wrong(layout), None)
    if wrong:
        raise LayoutError(wrong)
    return msgspec.structs.replace(
        layout, stamps={stage: layout.stamps[stage] for stage in STAGES if stage in layout.stamps}
    )


def _wrong(layout: Layout) -> Iterator[str]:
    if "received" not in layout.stamps:
        yield "[stamps] names no column for `received`: without it no call has a time"
    if layout.columns.unit and layout.packed:
        yield "[columns] unit and [[packed]] exclude each other: rows are one for each unit, or one for each call"
    if layout.agency.timezone:
        yield from _no_zone(layout.agency.timezone)
    if any(not 0 <= number <= 99 for number in layout.priorities.values()):
        yield "[priorities] holds a number that is not from 0 to 99"
    if not layout.times.date and any(of_the_day(form) for form in layout.times.formats):
        yield "[times] has a format without a day: name the column that it counts from as `date`"


def _no_zone(name: str) -> Iterator[str]:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield f"[agency] timezone {name!r} is not known: write one like America/Denver"


def shipped() -> dict[str, Path]:
    """The layouts that ship with the console, by name."""
    return {file.stem: file for file in sorted(path("imports").glob("*.toml"))}


def layout(named: str) -> Layout:
    """The layout that ``named`` is: one that ships, or a TOML file. Raises `LayoutError`."""
    file = shipped().get(named)
    if file is None:
        file = Path(named).expanduser()
        if not file.suffix and not file.exists():
            raise LayoutError(
                f"there is no format {named!r}: name a TOML file, or one of {', '.join(shipped())}"
            )
    try:
        return parse(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise LayoutError(
            f"{file} cannot be read ({type(error).__name__}): check the path and that it is UTF-8"
        ) from error
    except LayoutError as error:
        raise LayoutError(f"{file}: {error}") from error


def recognized(file: Path, columns: Iterable[str]) -> Layout:
    """The shipped layout that ``columns`` are of. Raises `ShiftFileError`."""
    found = set(columns)
    for name in shipped():
        known = layout(name)
        if found.issuperset(known.needed):
            return known
    usual = layout("datasf").needed
    missing = [name for name in usual if name not in found]
    raise ShiftFileError(
        f"{file} has no column {', '.join(missing)}: expected is DataSF's nuek-vuh3 (fire department calls for "
        "service), as SODA JSON or as CSV with those names, or another file with --format"
    )


def fitting(file: Path, columns: Iterable[str], chosen: Layout) -> None:
    """Raises `ShiftFileError` unless ``columns`` hold what ``chosen`` needs."""
    found = list(columns)
    missing = [name for name in chosen.needed if name not in found]
    if missing:
        raise ShiftFileError(
            f"{file} has no column {', '.join(missing)}, which its format names; line 1 has: "
            f"{', '.join(found[:40]) or 'nothing'}"
        )
