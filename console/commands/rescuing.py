"""``shifts --rescue``: what can still be read of a damaged archive, in a new one."""

import sys
from importlib.metadata import version
from pathlib import Path

from console.archive.spec import ArchiveSpec
from console.archive.store.errors import ArchiveError
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.archive.store.rescue import Rescued, rescue
from console.commands import exits
from console.session.clock import wall
from console.settings import SettingsError


def rescue_into(archive: ArchiveSpec, new: Path) -> int:
    """Copy it to ``new``; exit 1 where some of it could not be read, 4 where nothing could.

    The damaged file stays as it is. Raises `SettingsError` where ``new`` is there already.
    """
    if new.exists():
        raise SettingsError(f"--rescue {new}: it is there already: name a file that is not")
    try:
        with (
            open_database(str(new), key=archive.key, write=True) as database,
            claim(database, wall(), version("smart-console")),
        ):
            found = rescue(archive.url, archive.key, database)
    except ArchiveError as error:
        sys.stderr.write(f"smart-console: {error}\n")
        return exits.UNREADABLE
    return _told(found, new)


def _told(found: Rescued, new: Path) -> int:
    counts = ", ".join(f"{rows} {name}" for name, rows in found.rows.items() if rows)
    sys.stdout.write(f"taken into {new}: {counts or 'nothing'}\n")
    if found.damaged:
        sys.stderr.write(f"some of these could not be read: {', '.join(found.damaged)}\n")
    return exits.NO if found.damaged else exits.DONE
