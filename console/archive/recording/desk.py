"""The archive that is being recorded into, from its opening to its closing."""

import os
from datetime import datetime
from importlib.metadata import version
from socket import gethostname
from uuid import uuid4

from sqlalchemy import select

from console.archive.keeping.retaining import Sweep
from console.archive.recording.course import Course
from console.archive.recording.entries import Run
from console.archive.recording.log import Log
from console.archive.spec import ArchiveSpec
from console.archive.store import servers
from console.archive.store.database import Database, inode_of, transaction
from console.archive.store.errors import ArchiveError
from console.archive.store.lock import Claim, claim
from console.archive.store.opening import open_database
from console.archive.store.places import path_of, served
from console.archive.store.tables import moment, runs

NAME = "smart-console"


class Desk:
    """One writer's place at the archive; ``broken_off`` is when the run before ended that did not end well."""

    def __init__(self, held: Claim, broken_off: datetime | None) -> None:
        self._held = held
        self.broken_off = broken_off
        self.log = Log(held.database, Run(uuid4().hex, gethostname(), os.getpid(), version(NAME)))
        self.begun = False

    @property
    def shared(self) -> bool:
        """Whether others follow it live."""
        return self._held.database.path is None

    def begin(self, course: Course) -> None:
        """Begin the run, or begin it again."""
        course.begin(self.log)
        self.begun = True

    def sign(self, wall: datetime) -> None:
        """Say that this writer is alive."""
        self._held.beat(wall)

    def sweep(self, sweep: Sweep, steady: float, wall: datetime) -> None:
        """Let shifts go that are older, or more, than is to be kept."""
        sweep.work(self._held.database, steady, wall)

    @property
    def removed(self) -> bool:
        """Whether the file is not there any more, but its folder is: then another one has to be made."""
        path = self._held.database.path
        if path is None:
            return False
        try:
            return inode_of(path) != self._held.database.inode
        except OSError:
            return path.parent.is_dir() and not path.exists()

    def close(self) -> None:
        """Let others write."""
        self._held.free()


def place_of(url: str) -> str:
    """What people may read of an archive's address; empty where it is none."""
    try:
        return servers.name(servers.address(url)) if served(url) else str(path_of(url))
    except ArchiveError:
        return ""


def sit_down(spec: ArchiveSpec, wall: datetime) -> Desk:
    """Open the archive to write. Raises `Taken` where another console does, else as `open_database`."""
    database = open_database(spec.url, key=spec.key, write=True)
    try:
        held = claim(database, wall, f"{NAME} {version(NAME)}")
    except BaseException:
        database.close()
        raise
    try:
        return Desk(held, _broken_off(database))
    except BaseException:
        held.free()
        raise


def _broken_off(database: Database) -> datetime | None:
    """Up to when the newest run reaches, unless it ended as it should."""
    with transaction(database) as connection:
        newest = connection.execute(
            select(runs.c.until, runs.c.ended)
            .where(runs.c.kind == "live")
            .order_by(runs.c.id.desc())
            .limit(1)
        ).first()
    return None if newest is None or newest.ended is not None else moment(newest.until)
