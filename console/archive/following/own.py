"""What is done at a console that only follows: shown there, and kept beside the recording, never in it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from console.archive.following.mirror import Mirror
from console.archive.replay.overlay import Overlay, Place
from console.archive.store.database import Database
from console.archive.store.tables import parts


class Own:
    """Brings what was done on a `Mirror` to the overlay of the shift that is followed."""

    def __init__(self, writable: Callable[[], Database], mirror: Mirror) -> None:
        self._writable, self._mirror = writable, mirror
        self._overlay: Overlay | None = None
        self._shift = ""

    def save(self, ask: Callable[[], AbstractContextManager[Connection]], run: int) -> None:
        """Write what was done, or try again; what cannot be written stays here, and that is told."""
        waiting = self._mirror.waiting
        if waiting:
            with ask() as connection:
                shift = _shift(connection, run)
            while shift is not None and waiting:
                self._of(shift, run).add(waiting.popleft())
        elif self._overlay is not None and self._overlay.trouble:
            self._overlay.save()
        if self._overlay is not None:
            self._mirror.unsaved(self._overlay.trouble)

    def close(self) -> None:
        """Write the last of it."""
        if self._overlay is not None:
            self._overlay.close()
            self._overlay = None

    def _of(self, shift: str, run: int) -> Overlay:
        if self._overlay is None or self._shift != shift:
            self.close()
            self._overlay, self._shift = Overlay(Place(shift, run, self._writable), self._mirror.now), shift
        return self._overlay


def _shift(connection: Connection, run: int) -> str | None:
    """The shift that the run records now."""
    newest = select(parts.c.shift).where(parts.c.run == run).order_by(parts.c.first.desc()).limit(1)
    return connection.scalar(newest)
