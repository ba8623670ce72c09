"""The archive of this workstation as the windows see it: what is recorded, and a shift opened to be played."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from threading import Event, Lock
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from console.archive.spec import ArchiveSpec
from console.domain.track import Gap, ShiftLine, Track
from console.recorded import CannotRead, Opened
from console.session.source import Source

if TYPE_CHECKING:  # the databases are loaded when somebody asks for the past, never at the start
    from console.archive.replay.overlay import Overlay
    from console.archive.replay.tapes import Tapes
    from console.archive.shelf.shelf import Shelf
    from console.archive.store.database import Database


T = TypeVar("T")


class _Volume(Struct):
    """One opened shift. ``broken`` is what the check of every block found."""

    line: ShiftLine
    tapes: "Tapes"
    overlay: "Overlay"
    broken: tuple[Gap, ...] = ()


class Library:
    """Reads the archive of ``spec`` (`recorded.Shelf`); any thread may ask. ``now`` is the workstation's time."""

    def __init__(self, spec: ArchiveSpec, now: Callable[[], datetime]) -> None:
        self._spec, self._now = spec, now
        self._lock, self._stopping = Lock(), Event()
        self._database: Database | None = None
        self._shelf: Shelf | None = None
        self._volumes: dict[str, _Volume] = {}
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")

    def shifts(self) -> tuple[ShiftLine, ...]:
        """What is recorded, newest first."""
        return self._asked(lambda shelf: shelf.shifts(self._now()))

    def find(self, text: str) -> ShiftLine:
        """The shift that ``text`` means: an id, how one begins, or a word as ``latest``."""
        return self._asked(lambda shelf: shelf.find(text, self._now()))

    def open(self, shift: str) -> Opened:
        """The shift of that id; its blocks are checked, and boards made ahead, once it is on the screen."""
        return self._asked(partial(self._opened, shift))

    def look(self, shift: str) -> tuple[ShiftLine, Track, str]:
        """How the shift stands by now, and what of it cannot be had."""
        return self._asked(partial(self._looked, shift))

    def close(self) -> None:
        """Save what was done in replays and give the archive back."""
        self._stopping.set()
        self._aside.shutdown(cancel_futures=True)
        for volume in self._volumes.values():
            volume.overlay.close()
        if self._database is not None:
            self._database.close()

    def _opened(self, shift: str, shelf: "Shelf") -> Opened:
        from console.archive.replay.corrected import Corrected
        from console.archive.replay.layered import Layered
        from console.archive.replay.overlay import Overlay
        from console.archive.replay.replay import Replay
        from console.archive.replay.tapes import Tapes
        from console.archive.shelf.overlaid import acts
        from console.archive.store.database import transaction
        from console.archive.store.opening import open_database

        line, database = shelf.find(shift, self._now()), self._database
        assert database is not None
        tapes = Tapes(database, line.id)
        writable = partial(open_database, self._spec.url, key=self._spec.key, write=True, create=False)
        with transaction(database) as connection:
            done = acts(connection, line.id)
        overlay = Overlay(line.id, done, writable, self._now, self._later)
        self._volumes[line.id] = _Volume(line, tapes, overlay)
        self._later(partial(self._check, line.id))

        def corrected() -> Source:
            ends = self._asked(lambda _shelf: tapes.ends())
            return Layered(Corrected(Replay(tapes), ends), overlay.acts)

        return Opened(
            line, shelf.track(line), Layered(Replay(tapes), overlay.acts), corrected, overlay, tapes.first
        )

    def _looked(self, shift: str, shelf: "Shelf") -> tuple[ShiftLine, Track, str]:
        volume = self._volumes[shift]
        volume.tapes.try_again()
        if volume.overlay.trouble:
            volume.overlay.save()
        line = shelf.find(shift, self._now()) if volume.line.going else volume.line
        volume.line = line
        return line, shelf.track(line), volume.tapes.trouble or volume.overlay.trouble

    def _check(self, shift: str) -> None:
        """Read every block once, so that damage is known before it is met; then make boards ahead."""
        from console.archive.store.errors import ArchiveError

        volume = self._volumes[shift]
        try:
            self._asked(lambda shelf: shelf.verify(volume.line, self._stopping.is_set))
            volume.tapes.warm(self._stopping.is_set)
        except (CannotRead, ArchiveError):
            return  # the replay itself tells of it, and asks again

    def _later(self, work: Callable[[], None]) -> None:
        if not self._stopping.is_set():
            self._aside.submit(work)

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
