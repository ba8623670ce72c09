"""The window of ``replay``: a recorded shift on the screen, without any source."""

import sys
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from console.archive.spec import ArchiveSpec
from console.commands import desktop, exits
from console.domain.track import ShiftLine
from console.recorded import CannotRead
from console.ui.shots import Shots

SILENT_S = 5.0


class Wanted(Struct, frozen=True):
    """What of a shift is shown first: from ``at``, or where its recording begins; standing, or ``speed`` times."""

    shift: ShiftLine
    at: datetime | None = None
    speed: float | None = None
    corrected: bool = False


def open_window(archive: ArchiveSpec, wanted: Wanted, pictures: Shots | None) -> int:
    """Show it until the window is closed; exit 4 where the shift cannot be read.

    Without a display pictures are taken, in this folder where none were asked for.
    """
    if desktop.offscreen() and pictures is None:
        sys.stderr.write("no display here: pictures of the replay go to this folder\n")
        pictures = desktop.shots(Path(), SILENT_S, None, None, None)
    library = desktop.library(archive)
    try:
        opened = library.open(wanted.shift.id)
    except CannotRead as error:
        library.close()
        sys.stderr.write(f"smart-console: {error}\n")
        return exits.UNREADABLE
    from console import app

    begin = app.Replayed(opened, wanted.at or opened.opening, wanted.speed, wanted.corrected)
    state = app.replay(begin, library, pictures)
    return exits.NO if state is None else exits.DONE
