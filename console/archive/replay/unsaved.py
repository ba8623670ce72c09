"""What was done in a replay while the archive could not be written: kept on this workstation until it can."""

from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

import msgspec
from sqlalchemy import delete, func, insert, inspect, select

from console.archive.shelf.overlaid import decoded
from console.archive.store import files
from console.archive.store.database import Database, transaction
from console.archive.store.opening import opened_file
from console.archive.store.tables import micros, moment, overlay
from console.domain.events import Acted

Done = tuple[Acted, datetime]
"""An act, and when it was done."""


class Unsaved:
    """What waits for one archive. One of the same name that takes a shift's place later gets nothing of it.

    The file is in ``folder``, only its owner may read it, and it is encrypted if the archive is. It is there only
    while something waits. ``url`` and ``key`` are the archive's. Every call may raise `ArchiveError`.
    """

    def __init__(self, folder: Path, url: str, key: str | None) -> None:
        name = blake2b(url.encode(), digest_size=8).hexdigest()
        self._path, self._key = folder / f"unsaved-{name}.db", key

    def keep(self, shift: str, run: int, waiting: list[Done]) -> None:
        """``waiting`` and nothing else waits for the shift that begins with ``run``."""
        files.make(self._path)
        with self._opened() as database, transaction(database) as connection:
            overlay.create(connection, checkfirst=True)
            connection.execute(delete(overlay).where(overlay.c.shift == _name(shift, run)))
            connection.execute(
                insert(overlay),
                [row(_name(shift, run), number, done) for number, done in enumerate(waiting, 1)],
            )

    def kept(self, shift: str, run: int) -> list[Done]:
        """What waits for that shift."""
        if not self._path.exists():
            return []
        table = overlay.c
        wanted = select(table.made_at, table.body).where(table.shift == _name(shift, run))
        with self._opened() as database, transaction(database) as connection:
            if not inspect(connection).has_table(overlay.name):
                return []
            rows = connection.execute(wanted.order_by(table.number)).all()
        return [(act, moment(made_at)) for made_at, body in rows if (act := decoded(body)) is not None]

    def drop(self, shift: str, run: int) -> None:
        """Nothing waits for that shift any more; with the last of all the file goes."""
        if not self._path.exists():
            return
        with self._opened() as database, transaction(database) as connection:
            overlay.create(connection, checkfirst=True)
            connection.execute(delete(overlay).where(overlay.c.shift == _name(shift, run)))
            left = connection.scalar(select(func.count()).select_from(overlay))
        if not left:
            for ending in ("", "-wal", "-shm"):
                with suppress(OSError):
                    self._path.with_name(self._path.name + ending).unlink(missing_ok=True)

    def _opened(self) -> Database:
        return opened_file(files.File(self._path, self._key, write=True))


def row(shift: str, number: int, done: Done) -> dict[str, object]:
    """How an act stands in the table."""
    act, made_at = done
    return {
        "shift": shift,
        "number": number,
        "at": micros(act.at),
        "made_at": micros(made_at),
        "who": act.who,
        "body": msgspec.msgpack.encode(act),
    }


def _name(shift: str, run: int) -> str:
    return f"{run}/{shift}"
