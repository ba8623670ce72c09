"""What a person does in a replay: kept beside the recording, saved as soon as that can be done."""

from bisect import insort
from collections.abc import Callable
from datetime import datetime
from operator import attrgetter
from threading import Lock

import msgspec
from sqlalchemy import func, insert, select

from console.archive.shelf.overlaid import acts as saved_acts
from console.archive.store.database import Database, transaction
from console.archive.store.errors import ArchiveError
from console.archive.store.tables import micros, overlay
from console.domain.events import Acted

Later = Callable[[Callable[[], None]], object]
"""Runs something on a thread that may wait for a disk or a server."""

_at = attrgetter("at")


def at_once(work: Callable[[], None]) -> None:
    """On the thread that asks."""
    work()


class Overlay:
    """The acts in replays of one shift. ``add`` shows at once; saving waits for nobody.

    ``writable`` opens the archive to write, without the right to record into it: a row here and there is written
    between those of whoever records. ``now`` is the present, at which something was done. Threads may share it.
    """

    def __init__(
        self,
        shift: str,
        acts: list[Acted],
        writable: Callable[[], Database],
        now: Callable[[], datetime],
        later: Later = at_once,
    ) -> None:
        self._shift, self._writable, self._now, self._later = shift, writable, now, later
        self._acts = sorted(acts, key=_at)
        self._unsaved: list[tuple[Acted, datetime]] = []
        self._database: Database | None = None
        self._refusal = ""
        self._lock, self._saving = Lock(), Lock()

    @property
    def trouble(self) -> str:
        """What is not saved, and why; empty while everything is."""
        unsaved, refusal = self._unsaved[:], self._refusal
        if not unsaved or not refusal:
            return ""
        since = unsaved[0][1]
        what = "One entry" if len(unsaved) == 1 else f"{len(unsaved)} entries"
        return f"{what} in this replay since {since:%H:%M} UTC not saved yet: {refusal}. Kept here meanwhile."

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

    def save(self) -> None:
        """Write what is not written yet; where that cannot be done now, it stays here for the next time."""
        with self._saving:
            count = len(self._unsaved)
            try:
                if count:
                    self._write(self._unsaved[:count])
            except ArchiveError as error:
                self._refusal = str(error)
                return
            with self._lock:
                del self._unsaved[:count]
            self._refusal = ""

    def close(self) -> None:
        """Save what is left and give the archive back."""
        self.save()
        if self._database is not None:
            self._database.close()

    def _write(self, acts: list[tuple[Acted, datetime]]) -> None:
        if self._database is None:
            self._database = self._writable()
        with transaction(self._database) as connection:
            table = overlay.c
            last = connection.scalar(select(func.max(table.number)).where(table.shift == self._shift)) or 0
            rows = [
                {
                    "shift": self._shift,
                    "number": last + place,
                    "at": micros(act.at),
                    "made_at": micros(made_at),
                    "who": act.who,
                    "body": msgspec.msgpack.encode(act),
                }
                for place, (act, made_at) in enumerate(acts, 1)
            ]
            connection.execute(insert(overlay), rows)


def opened(
    database: Database,
    shift: str,
    writable: Callable[[], Database],
    now: Callable[[], datetime],
    later: Later = at_once,
) -> Overlay:
    """The overlay of ``shift`` with what was done in it before. Raises `ArchiveError`."""
    with transaction(database) as connection:
        acts = saved_acts(connection, shift)
    return Overlay(shift, acts, writable, now, later)
