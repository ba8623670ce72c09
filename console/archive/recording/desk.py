"""The archive that is being recorded into, from its opening to its closing."""

import os
from contextlib import suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from socket import gethostname
from uuid import uuid4

from sqlalchemy import select

from console.archive.keeping.retaining import Sweep
from console.archive.recording.course import Course
from console.archive.recording.ends import Progress
from console.archive.recording.entries import Run
from console.archive.recording.log import Log
from console.archive.spec import ArchiveSpec
from console.archive.store import servers
from console.archive.store.aside import Aside, journal_of, ruined, set_aside, set_journals_aside, sole
from console.archive.store.database import Database, inode_of, transaction
from console.archive.store.errors import ArchiveError, Taken
from console.archive.store.examining import examine, refuse_cut
from console.archive.store.files import File
from console.archive.store.lock import Claim, claim
from console.archive.store.opening import open_database
from console.archive.store.places import path_of, served
from console.archive.store.sitting import Sitting, stranger_beside
from console.archive.store.tables import moment, runs

NAME = "smart-console"

OPENING_S = 1.0
"""For how long a file is looked at before anything is written into it."""

NOTHING = (0, 0)


class Desk:
    """One writer's place at the archive.

    ``broken_off`` is when the run before ended that did not end well, ``replaced`` another file's log that lay
    beside this one.
    """

    def __init__(self, held: Claim, file: File | None, replaced: Aside | None) -> None:
        self._held, self._file = held, file
        self._sitting = Sitting(held.database) if file else None
        self._journal = NOTHING
        self.broken_off = _broken_off(held.database)
        self.replaced = replaced
        self.log = Log(held.database, Run(uuid4().hex, gethostname(), os.getpid(), version(NAME)))
        self.begun = False

    @property
    def shared(self) -> bool:
        """Whether others follow it live."""
        return self._held.database.path is None

    @property
    def database(self) -> Database:
        """The archive, as it is recorded into."""
        return self._held.database

    def progress(self, before: Progress) -> Progress:
        """What was written here, and ``before``."""
        log = self.log
        written = before.events + log.events, before.blocks + log.blocks, before.bytes + log.bytes
        return Progress(log.number, log.shift, *written)

    def begin(self, course: Course) -> None:
        """Begin the run, or begin it again."""
        course.begin(self.log)
        self.begun = True

    def sign(self, wall: datetime) -> None:
        """Say that this writer is alive, and that the log beside the file is its own."""
        self._held.beat(wall)
        if self._sitting and self._file:
            self._sitting.sign()
            self._journal = _inode(journal_of(self._file.path))

    def examine(self, within_s: float) -> None:
        """Raises `Damaged` where the file does not hold together; a server looks after its own."""
        if self._file:
            examine(self._file, within_s)

    def sweep(self, sweep: Sweep, steady: float, wall: datetime) -> None:
        """Let shifts go that are older, or more, than is to be kept."""
        sweep.work(self._held.database, steady, wall)

    @property
    def removed(self) -> bool:
        """Whether the file is not there any more, but its folder is: then another one has to be made."""
        path = self._held.database.path
        return path is not None and path.parent.is_dir() and _inode(path) != self._held.database.inode

    def abandon(self, wall: datetime) -> bool:
        """Leave a file that was removed; whether another is in its place, which gets nothing of the log."""
        path = self._held.database.path
        assert path is not None
        self.close()
        with suppress(ArchiveError, OSError), sole(path):  # else it is seen when the file is opened
            if _inode(journal_of(path)) == self._journal:
                set_journals_aside(path, wall)
        return path.exists()

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
    """Open the archive to write. Raises `Taken` where another console does, `Damaged`, else as `open_database`."""
    file = None if served(spec.url) else File(path_of(spec.url), spec.key, write=True)
    replaced = _freed(file, wall) if file else None
    database = open_database(spec.url, key=spec.key, write=True)
    try:
        if file:
            refuse_cut(file)
        held = claim(database, wall, f"{NAME} {version(NAME)}")
    except BaseException:
        database.close()
        raise
    try:
        desk = Desk(held, file, replaced)
        desk.sign(wall)
        desk.examine(OPENING_S)
    except BaseException:
        held.free()
        raise
    return desk


def _freed(file: File, wall: datetime) -> Aside | None:
    """Set the log of another file aside, before it is replayed onto this one."""
    if not journal_of(file.path).exists():
        return None
    with suppress(Taken), sole(file.path):
        if stranger_beside(file):
            return set_journals_aside(file.path, wall)
    return None


def begin_anew(spec: ArchiveSpec, error: Exception, wall: datetime, *, known: bool) -> Aside | None:
    """Set the archive aside where ``error`` says that it is damaged, for another to be made; raises as `set_aside`.

    A ``known`` one was written by this recorder.
    """
    if served(spec.url):
        return None
    file = File(path_of(spec.url), spec.key, write=True)
    return set_aside(file.path, _inode(file.path), wall) if ruined(file, error, known=known) else None


def _inode(path: Path) -> tuple[int, int]:
    """`NOTHING` where it is not there."""
    try:
        return inode_of(path)
    except OSError:
        return NOTHING


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
