"""Tells whether the write-ahead log beside a file is of that very file: SQLite itself would replay any.

Each writer puts a mark of its own into the file, and again and again into the log. Where a backup took the
file's place and the log stayed behind, the marks differ.
"""

from typing import Final, Self
from uuid import uuid4

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, inspect, select

from console.archive.store import files
from console.archive.store.aside import journal_of
from console.archive.store.database import Database, alone, transaction
from console.archive.store.errors import ArchiveError
from console.archive.store.opening import opened_file
from console.archive.store.tables import facts

NAME: Final = "sitting"
NOBODY: Final = "nobody"


class Mark(Struct, frozen=True):
    """``of`` is the writer's; the file itself may still have one of those ``before`` it. ``number`` only rises."""

    of: str = NOBODY
    before: tuple[str, ...] = ()
    number: int = 0

    @classmethod
    def read(cls, text: str | None) -> Self:
        """As it stands in the archive."""
        of, _, rest = (text or NOBODY).partition(" ")
        return cls(of, tuple(each for each in rest.split(" ")[1:] if each))

    def __str__(self) -> str:
        return " ".join((self.of, str(self.number), *self.before))

    def fits(self, file: "Mark") -> bool:
        """Whether a log with this mark may be of a file with that one."""
        return file.of in {self.of, *self.before}


class Sitting:
    """One writer's stay at an archive that is a file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with transaction(database) as connection:
            found = _found(connection)
        self._mark = Mark(uuid4().hex, (found.of, *found.before))

    def sign(self) -> None:
        """Put the mark into the log, and see that the file has it. Raises as `transaction` does."""
        self._put(self._mark.before)
        if self._mark.before and self._filed():
            self._put(())

    def _put(self, before: tuple[str, ...]) -> None:
        mark = Mark(self._mark.of, before, self._mark.number + 1)
        with transaction(self._database) as connection:
            connection.execute(delete(facts).where(facts.c.name == NAME))
            connection.execute(insert(facts).values(name=NAME, value=str(mark)))
        self._mark = mark

    def _filed(self) -> bool:
        """Whether all of the log is in the file now; one who reads may hold that up."""
        with alone(self._database) as connection:
            busy, logged, filed = connection.exec_driver_sql("PRAGMA wal_checkpoint").one()
        return not busy and bool(logged == filed)


def stranger_beside(file: files.File) -> bool:
    """Whether the log beside the file is of another one, which the file took the place of."""
    journal = journal_of(file.path)
    if not journal.exists() or not journal.stat().st_size:
        return False
    if not file.path.exists() or not file.path.stat().st_size:
        return True
    try:
        itself = _mark_of(files.File(file.path, file.key, write=False, without_journal=True))
        return not _mark_of(files.File(file.path, file.key, write=False)).fits(itself)
    except ArchiveError:  # what is wrong is told by whoever opens it
        return False


def _mark_of(file: files.File) -> Mark:
    with opened_file(file) as opened, alone(opened) as connection:
        return _found(connection)


def _found(connection: Connection) -> Mark:
    if not inspect(connection).has_table(facts.name):
        return Mark()
    return Mark.read(connection.scalar(select(facts.c.value).where(facts.c.name == NAME)))
