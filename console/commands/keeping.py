"""``shifts --hold``, ``--release`` and ``--purge``: what is kept of the past, and what is removed from it."""

import getpass
import sys

import typer
from msgspec import Struct

from console.archive.keeping.holding import Kept, hold, release
from console.archive.keeping.purging import Purged, purge
from console.archive.keeping.scrubbing import BEYOND
from console.archive.shelf.finding import NoSuchShift
from console.archive.shelf.shelf import Shelf
from console.archive.spec import ArchiveSpec
from console.archive.store.database import Database
from console.archive.store.errors import ArchiveError, Taken
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.commands import exits
from console.domain.track import ShiftLine
from console.quantities import told
from console.session.clock import wall
from console.settings import SettingsError


class Wish(Struct, frozen=True):
    """What is to be done to the shift that ``hold``, ``release`` or ``purge`` names; one of them is."""

    hold: str | None = None
    because: str | None = None
    release: str | None = None
    purge: str | None = None
    yes: bool = False


def wanted(
    hold: str | None, because: str | None, release: str | None, purge: str | None, yes: bool
) -> Wish | None:
    """What the options ask for; ``None`` where they only ask for the list. Raises `SettingsError`."""
    named = [name for name in (hold, release, purge) if name is not None]
    if len(named) > 1:
        raise SettingsError("--hold, --release and --purge exclude each other: give one of them")
    if because is not None and hold is None:
        raise SettingsError("--because goes with --hold SHIFT")
    if hold is not None and not (because or "").strip():
        raise SettingsError('--hold needs a reason: give --because "what it is held for"')
    if yes and purge is None:
        raise SettingsError("--yes goes with --purge SHIFT")
    return Wish(hold, because, release, purge, yes) if named else None


def keep(archive: ArchiveSpec, wish: Wish) -> int:
    """Do what is wished; exit 1 where that is refused, 4 where the archive cannot be used.

    Raises `SettingsError` where no one shift is meant.
    """
    try:
        with open_database(archive.url, key=archive.key, write=True, create=False) as database:
            return _done(database, wish)
    except NoSuchShift as error:
        raise SettingsError(str(error)) from error
    except Kept as error:
        return _refused(str(error), exits.NO)
    except ArchiveError as error:
        return _refused(str(error), exits.UNREADABLE)


def _done(database: Database, wish: Wish) -> int:
    who, now = getpass.getuser(), wall()
    line = Shelf(database).find(wish.hold or wish.release or wish.purge or "", now)
    if wish.hold is not None:
        hold(database, line.id, who, wish.because or "", now)
        _say(f"{line.id} is held: it stays until the hold is released")
    elif wish.release is not None:
        release(database, line.id, who, now)
        _say(f"{line.id} is not held any more: it goes when it is old enough, or when somebody purges it")
    elif not _sure(line, wish):
        return exits.NO
    else:
        _tell(line, _purged(database, line.id, who), database)
    return exits.DONE


def _purged(database: Database, shift: str, who: str) -> Purged:
    """A file is purged by its only writer; a server does that beside a recorder, which must not have the shift."""
    try:
        with claim(database, wall()):
            return purge(database, shift, who, wall(), recording=False)
    except Taken as error:
        if database.kind == "sqlite":
            raise Kept(
                f"{error}. A shift can be purged from a file while nobody records into it: close that console, "
                "and try again"
            ) from error
        return purge(database, shift, who, wall())


def _sure(line: ShiftLine, wish: Wish) -> bool:
    """Whether a person means it."""
    if wish.yes or line.held:  # what is held will be refused with its reason
        return True
    what = f"{line.id} ({line.agency}, {line.since:%Y-%m-%d %H:%M} to {line.until:%H:%M} UTC, {line.calls} calls)"
    if not sys.stdin.isatty():
        raise SettingsError(f"{what} would be removed for good: say --yes where nobody can be asked")
    return typer.confirm(f"Remove {what} for good?", err=True)


def _tell(line: ShiftLine, purged: Purged, database: Database) -> None:
    _say(f"{line.id} is removed, {told(purged.bytes)}")
    for left in (purged.left, BEYOND if database.kind == "postgresql" else ""):
        if left:
            sys.stderr.write(f"smart-console: {left}\n")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _refused(why: str, code: int) -> int:
    sys.stderr.write(f"smart-console: {why}\n")
    return code
