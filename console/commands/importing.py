"""``import``: past shifts from open-data and CAD export files into the archive."""

import gc
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from rich.console import Console
from rich.progress import Progress

from console.archive.recording.past import Bringer
from console.archive.spec import ArchiveSpec
from console.archive.store.database import Database
from console.archive.store.errors import ArchiveError
from console.archive.store.lock import claim
from console.archive.store.opening import open_database
from console.commands import exits
from console.commands.connect import definitions, usual
from console.commands.rejects import Rejects
from console.domain.definitions import Definitions
from console.importing.importing import Opened, Wanted, bring_all, opened
from console.importing.telling import Progressed, told
from console.session.clock import wall
from console.settings import AgencySettings, SettingsError, load
from console.simulator.past.layout import LayoutError
from console.simulator.shift import ShiftFileError


class Asked(Struct, frozen=True):
    """What the verb was asked for; ``rejected`` is where the rows that are left out shall go."""

    files: tuple[Path, ...]
    archive: ArchiveSpec
    wanted: Wanted
    rejected: Path | None = None


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(
            f"--tz {name!r} is no known time zone: give one such as America/Denver"
        ) from error


def wanted(config: Path | None, layout: str | None, tz: str | None) -> Wanted:
    """How files are to be read, by the configuration's definitions. Raises `SettingsError`, `DefinitionError`."""
    return Wanted(_pack(config), layout, _zone(tz))


def _pack(config: Path | None) -> Definitions:
    file = config or usual()
    if config is None and not file.exists():
        return definitions(AgencySettings(), Path())
    return definitions(load(file).agency, file.parent)


def bring(asked: Asked) -> int:
    """Import each file; exit 4 where one cannot be read or the archive cannot be used, 1 where it was stopped."""
    rejects = Rejects(asked.rejected, asked.files)
    try:
        with _uncollected(), claim(_writable(asked.archive), wall(), _version()) as held:
            good = [_file(held.database, path, asked.wanted, rejects) for path in asked.files]
    except ArchiveError as error:
        _warn(str(error))
        return exits.UNREADABLE
    except LayoutError as error:
        raise SettingsError(f"--format: {error}") from error
    except KeyboardInterrupt:
        _warn("stopped; what is in stays: run the same command again to go on")
        return exits.NO
    finally:
        rejects.close()
    return exits.DONE if all(good) else exits.UNREADABLE


def _writable(archive: ArchiveSpec) -> Database:
    return open_database(archive.url, key=archive.key, write=True)


def _file(database: Database, path: Path, how: Wanted, rejects: Rejects) -> bool:
    """Whether the file could be read; what became of it is told in any case."""
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        try:
            file = _read(path, how, progress)
        except ShiftFileError as error:
            _warn(str(error))
            return False
        rejects.add(file)
        done = Progressed(of=len(file.starts))
        task = progress.add_task(f"importing {path.name}", total=done.of)
        try:
            for brought in bring_all(database, file, how.pack, _bringer):
                done.add(brought)
                progress.advance(task)
        finally:
            progress.stop()
            sys.stdout.write("\n".join(told(file, done)) + "\n")
            sys.stdout.flush()
    return True


def _read(path: Path, how: Wanted, progress: Progress) -> Opened:
    task = progress.add_task(f"reading {path.name}", total=None)
    try:
        return opened(path, how, lambda line, lines: progress.update(task, completed=line, total=lines))
    finally:
        progress.remove_task(task)


def _bringer(origin: str) -> Bringer:
    return Bringer(getpass.getuser(), wall(), origin, _version())


def _version() -> str:
    return version("smart-console")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles, which there are none of in rows: it takes a tenth of an import (measured)."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _warn(line: str) -> None:
    sys.stderr.write(f"smart-console: {line}\n")
    sys.stderr.flush()
