"""What a person does in a replay: kept beside the recording, saved as soon as that can be done."""

from bisect import insort
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from operator import attrgetter
from threading import Lock

from msgspec import Struct
from sqlalchemy import func, insert, select

from console.archive.replay.unsaved import Done, Unsaved, row
from console.archive.store.database import Database, transaction
from console.archive.store.errors import ArchiveError, Gone
from console.archive.store.tables import overlay, parts
from console.domain.events import Acted

Later = Callable[[Callable[[], None]], object]
"""Runs something on a thread that may wait for a disk or a server."""

HERE = "Kept here meanwhile."

_at = attrgetter("at")


def at_once(work: Callable[[], None]) -> None:
    """On the thread that asks."""
    work()


class Place(Struct, frozen=True):
    """Where it is saved: with the shift of that id, as long as that begins with ``run``; another may be named so.

    ``writable`` opens the archive to write, without the right to record into it: a row here and there is written
    between those of whoever records. ``unsaved`` has what could not be written yet.
    """

    shift: str
    run: int
    writable: Callable[[], Database]
    unsaved: Unsaved | None = None


class Overlay:
    """The acts in replays of one shift. ``add`` shows at once; saving waits for nobody.

    ``now`` is the present, at which something was done. Threads may share it.
    """

    def __init__(self, place: Place, now: Callable[[], datetime], later: Later = at_once) -> None:
        self._place, self._now, self._later = place, now, later
        self._acts: list[Acted] = []
        self._unsaved: list[Done] = []
        self._aside: list[Done] = []
        self._database: Database | None = None
        self._refusal, self._kept = "", HERE
        self._lock, self._saving = Lock(), Lock()

    @property
    def trouble(self) -> str:
        """What is not saved, and why; empty while everything is."""
        unsaved, refusal = self._unsaved[:], self._refusal
        if not unsaved or not refusal:
            return ""
        since = unsaved[0][1]
        what = "One entry" if len(unsaved) == 1 else f"{len(unsaved)} entries"
        return f"{what} in this replay since {since:%H:%M} UTC not saved yet: {refusal}. {self._kept}"

    @property
    def run(self) -> int:
        """The run that its shift begins with."""
        return self._place.run

    @property
    def waiting(self) -> bool:
        """Whether something is not saved."""
        return bool(self._unsaved)

    def acts(self) -> tuple[Acted, ...]:
        """All of them, in order of the replayed moments."""
        with self._lock:
            return tuple(self._acts)

    def add(self, act: Acted) -> None:
        """Keep ``act``; it shows from its moment on."""
        with self._lock:
            insort(self._acts, act, key=_at)
            self._unsaved.append((act, self._now()))
        self._later(self.save)

    def found(self, read: Callable[[], list[Acted]]) -> None:
        """Take what is saved by now, as ``read`` tells it, and what waits to be; whatever ``read`` raises.

        What an earlier console could not save is among that, and is saved with the next.
        """
        with self._saving:
            waiting = self._left_behind()
            saved = read()
            with self._lock:
                here = [act for act, _ in self._unsaved]
                self._unsaved[:0] = [done for done in waiting if done[0] not in here and done[0] not in saved]
                self._acts = sorted([*saved, *(act for act, _ in self._unsaved)], key=_at)

    def save(self) -> None:
        """Write what is not written yet; where that cannot be done now, it stays here for the next time."""
        with self._saving:
            waiting = self._unsaved[:]
            if not waiting:
                return
            try:
                self._write(waiting)
            except ArchiveError as error:
                self._refuse(error, waiting)
                return
            with self._lock:
                del self._unsaved[: len(waiting)]
            self._refusal = ""
            self._drop()

    def close(self) -> str:
        """Save what is left and give the archive back; what could not be saved, in words."""
        self.save()
        with self._saving:
            self._give_back()
            if self._kept == HERE:
                self._kept = "There is no other place to keep it, so it is lost."
        return self.trouble

    def _left_behind(self) -> list[Done]:
        place = self._place
        try:
            return place.unsaved.kept(place.shift, place.run) if place.unsaved is not None else []
        except ArchiveError:
            return []

    def _refuse(self, error: ArchiveError, waiting: list[Done]) -> None:
        self._refusal = str(error)
        self._give_back()
        if isinstance(error, Gone):
            self._kept = "Shown here until this is closed."
            self._drop()
        elif self._place.unsaved is not None and waiting != self._aside:
            self._put_aside(self._place.unsaved, waiting)

    def _put_aside(self, unsaved: Unsaved, waiting: list[Done]) -> None:
        self._aside, self._kept = [], HERE
        with suppress(ArchiveError):
            unsaved.keep(self._place.shift, self._place.run, waiting)
            self._aside = waiting
            self._kept = (
                "Kept on this workstation meanwhile: saved once the shift is opened when that can be done."
            )

    def _drop(self) -> None:
        self._aside = []
        if self._place.unsaved is not None:
            with suppress(ArchiveError):
                self._place.unsaved.drop(self._place.shift, self._place.run)

    def _give_back(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _write(self, waiting: list[Done]) -> None:
        if self._database is None:
            self._database = self._place.writable()
        shift, there = self._place.shift, parts.c
        with transaction(self._database) as connection:
            wanted = select(there.run).where(there.shift == shift, there.run == self._place.run).limit(1)
            if connection.scalar(wanted) is None:
                raise Gone(f"the shift {shift} was removed from the archive, so nothing can be added to it")
            table = overlay.c
            last = connection.scalar(select(func.max(table.number)).where(table.shift == shift)) or 0
            connection.execute(
                insert(overlay), [row(shift, last + number, done) for number, done in enumerate(waiting, 1)]
            )
