"""``shifts``: what is recorded."""

import sys
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from console.archive.recording.turns import zone
from console.archive.shelf.shelf import Shelf
from console.archive.spec import ArchiveSpec
from console.archive.store.errors import ArchiveError
from console.archive.store.opening import open_database
from console.archive.store.reading import trouble
from console.commands import exits
from console.domain.track import ShiftLine
from console.quantities import told
from console.session.clock import wall

WIDTH = 140
"""Signs in a line of the table where it is read by no terminal."""


class Line(Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """One shift as ``--json`` prints it. ``gaps_s`` is the time that is missing; ``ended`` is
    ``well``, ``unexpectedly`` or, for one that is being recorded, ``not_yet``. ``damaged``: some of it is known
    to be unreadable.
    """

    id: str
    agency: str
    name: str
    timezone: str
    since: datetime
    until: datetime
    imported: bool
    calls: int
    units: int
    size: int
    gaps_s: float
    held: bool
    held_because: str
    ended: str
    damaged: bool


def shifts(archive: ArchiveSpec, *, json: bool) -> int:
    """Print the shifts of ``archive``, newest first; exit 4 where it cannot be read."""
    screen = Console(stderr=True)
    try:
        with (
            Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress,
            open_database(archive.url, key=archive.key) as database,
        ):
            progress.add_task("reading the archive", total=None)
            found = Shelf(database).shifts(wall())
            broken = trouble(database)
    except ArchiveError as error:
        sys.stderr.write(f"smart-console: {error}\n")
        return exits.UNREADABLE
    if broken:
        sys.stderr.write(f"smart-console: {broken}\n")
    if json:
        sys.stdout.write(msgspec.json.encode([_line(shift) for shift in found]).decode() + "\n")
    elif found:
        out = Console() if sys.stdout.isatty() else Console(width=WIDTH)
        out.print(_table(found))
    elif not broken:
        sys.stdout.write("Nothing is recorded in this archive yet: record or import a shift first.\n")
    return exits.DONE


def _line(shift: ShiftLine) -> Line:
    return Line(
        id=shift.id,
        agency=shift.agency,
        name=shift.name,
        timezone=shift.timezone,
        since=shift.since,
        until=shift.until,
        imported=shift.imported,
        calls=shift.calls,
        units=shift.units,
        size=shift.size,
        gaps_s=shift.gaps.total_seconds(),
        held=shift.held,
        held_because=shift.held_because,
        ended="not_yet" if shift.going else "well" if shift.ended_well else "unexpectedly",
        damaged=shift.damaged,
    )


def _table(found: tuple[ShiftLine, ...]) -> Table:
    """Times are local to each shift's agency."""
    table = Table(box=SIMPLE, padding=(0, 1, 0, 0), title=f"Shifts {len(found)}", title_justify="left")
    table.add_column("shift", no_wrap=True)
    table.add_column("agency", no_wrap=True, overflow="ellipsis", max_width=28)
    for name in ("from", "to"):
        table.add_column(name, no_wrap=True)
    for name in ("calls", "units", "size", "missing"):
        table.add_column(name, no_wrap=True, justify="right")
    table.add_column("")
    for shift in found:
        place = zone(shift.timezone)
        table.add_row(
            Text(shift.id),
            Text(shift.agency),
            f"{shift.since.astimezone(place):%Y-%m-%d %H:%M}",
            f"{shift.until.astimezone(place):%Y-%m-%d %H:%M}",
            str(shift.calls),
            str(shift.units),
            told(shift.size),
            _length(shift.gaps),
            ", ".join(_words(shift)),
        )
    return table


def _words(shift: ShiftLine) -> list[str]:
    words = {
        "recording now": shift.going,
        "damaged": shift.damaged,
        "ended unexpectedly": not (shift.going or shift.ended_well),
        "imported": shift.imported,
        "held": shift.held,
    }
    return [word for word, true in words.items() if true]


def _length(gaps: timedelta) -> str:
    minutes = round(gaps.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}" if minutes else "<1 min" if gaps else ""
