"""The archive of this workstation as the windows see it: what is recorded, and a shift opened to be played."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, TypeVar

from console.archive.spec import ArchiveSpec
from console.domain.track import ShiftLine, Track
from console.recorded import CannotRead, Opened
from console.session.source import Source

if TYPE_CHECKING:  # the databases are loaded when somebody asks for the past, never at the start
    from console.archive.replay.overlay import Overlay
    from console.archive.replay.tapes import Tapes
    from console.archive.replay.volume import Volume
    from console.archive.shelf.shelf import Shelf
    from console.archive.store.database import Database


SHOWN_S = 1.5
"""After which an opened shift is on the screen: until then nothing else is read, it would hold the screen up."""

T = TypeVar("T")

OPEN = 2
"""How many shifts stay open: that on the screen, and the one that takes its place."""

_LOG = logging.getLogger(__name__)


class Library:
    """Reads the archive of ``spec`` (`recorded.Shelf`); any thread may ask. ``now`` is the workstation's time.

    What was done in a replay and cannot be saved is kept in ``folder``, if there is one.
    """

    def __init__(self, spec: ArchiveSpec, now: Callable[[], datetime], folder: Path | None = None) -> None:
        self._spec, self._now, self._folder = spec, now, folder
        self._lock, self._opening, self._stopping = Lock(), Lock(), Event()
        self._database: Database | None = None
        self._shelf: Shelf | None = None
        self._volumes: dict[str, Volume] = {}
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")
        self._saver = ThreadPoolExecutor(max_workers=1, thread_name_prefix="overlay")

    def shifts(self) -> tuple[ShiftLine, ...]:
        """What is recorded, newest first."""
        return self._asked(lambda shelf: shelf.shifts(self._now()))

    def open(self, shift: str) -> Opened:
        """The shift of that id; its blocks are checked, and boards made ahead, once it is on the screen."""
        return self._asked(partial(self._opened, shift))

    def look(self, shift: str) -> tuple[ShiftLine, Track, str]:
        """How the shift stands by now, and what of it cannot be had."""
        volume = self._volumes.get(shift)
        if volume is None:
            raise CannotRead(f"The shift {shift} is not open any more: open it again.")
        try:
            return self._asked(partial(self._looked, volume))
        except CannotRead as error:
            raise CannotRead(volume.trouble or str(error)) from error

    def close(self) -> None:
        """Save what was done in replays and give the archive back."""
        self._stopping.set()
        self._aside.shutdown(cancel_futures=True)
        self._saver.shutdown()
        for volume in self._volumes.values():
            _close(volume)
        if self._database is not None:
            self._database.close()

    def _opened(self, shift: str, shelf: "Shelf") -> Opened:
        from console.archive.replay.tapes import Tapes

        line, database = shelf.find(shift, self._now()), self._database
        assert database is not None
        tapes = Tapes(database, line.id)
        volume = self._put(database, line, tapes)
        volume.remember()
        if volume.overlay.waiting:
            self._save(volume.overlay.save)
        self._later(partial(self._check, volume))
        return Opened(
            line,
            volume.told(shelf.track),
            volume.recorded(),
            partial(self._corrected, volume),
            volume.overlay,
            tapes.first,
            tapes.opening(),
        )

    def _put(self, database: "Database", line: ShiftLine, tapes: "Tapes") -> "Volume":
        """The shift, opened; its entries are those of every replay of it. Of the others few stay open."""
        from console.archive.replay.volume import Volume

        with self._opening:
            before = self._volumes.pop(line.id, None)
            same = before is not None and before.overlay.run == tapes.run
            overlay = before.overlay if before is not None and same else self._overlay(line.id, tapes.run)
            self._volumes[line.id] = volume = Volume(database, line, tapes, overlay)
            left = [self._volumes[name] for name in [*self._volumes][:-OPEN]]
            left = [other for other in left if other.gone or not other.overlay.waiting]
            for other in left:
                del self._volumes[other.line.id]
        if before is not None and not same:
            left.append(before)
        for other in left:
            self._save(partial(_close, other))
        return volume

    def _overlay(self, shift: str, run: int) -> "Overlay":
        from console.archive.replay.overlay import Overlay, Place
        from console.archive.replay.unsaved import Unsaved
        from console.archive.store.opening import open_database

        spec = self._spec
        writable = partial(open_database, spec.url, key=spec.key, write=True, create=False)
        unsaved = Unsaved(self._folder, spec.url, spec.key) if self._folder is not None else None
        return Overlay(Place(shift, run, writable, unsaved), self._now, self._save)

    def _corrected(self, volume: "Volume") -> Source:
        return self._asked(lambda _shelf: volume.corrected())

    def _looked(self, volume: "Volume", shelf: "Shelf") -> tuple[ShiftLine, Track, str]:
        for other in [*self._volumes.values()]:
            if other.overlay.trouble:
                other.overlay.save()
        volume.look(self._now())
        if not volume.gone:
            if volume.line.going:
                volume.line = shelf.find(volume.line.id, self._now())
            volume.told(shelf.track)
        return volume.line, volume.track, volume.trouble

    def _check(self, volume: "Volume") -> None:
        """Read every block once, so that damage is known before it is met; then make boards ahead."""
        from console.archive.store.errors import ArchiveError

        if self._stopping.wait(SHOWN_S):
            return
        try:
            self._asked(lambda shelf: shelf.verify(volume.line, self._stopping.is_set))
            volume.checked = True
            volume.warm(self._stopping.is_set)
        except (CannotRead, ArchiveError):
            return  # the replay itself tells of it, and asks again

    def _later(self, work: Callable[[], None]) -> None:
        if not self._stopping.is_set():
            self._aside.submit(work)

    def _save(self, work: Callable[[], object]) -> None:
        """Beside the checks, which may take minutes; what comes too late for it is saved by `close`."""
        if not self._stopping.is_set():
            self._saver.submit(work)

    def _asked(self, question: "Callable[[Shelf], T]") -> T:
        """The answer of the archive, which is opened when it is first asked. Raises `CannotRead`."""
        from console.archive.shelf.shelf import NoSuchShift
        from console.archive.store.errors import ArchiveError

        try:
            return question(self._read())
        except (ArchiveError, NoSuchShift) as error:
            raise CannotRead(str(error)) from error

    def _read(self) -> "Shelf":
        from console.archive.shelf.shelf import Shelf
        from console.archive.store.opening import open_database

        with self._lock:
            if self._shelf is None:
                self._database = open_database(self._spec.url, key=self._spec.key, create=False)
                self._shelf = Shelf(self._database)
            return self._shelf


def _close(volume: "Volume") -> None:
    """What could not be saved is told: nobody is there any more who could see it."""
    if told := volume.overlay.close():
        _LOG.warning("%s: %s", volume.line.id, told)
