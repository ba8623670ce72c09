"""Sets a damaged file, or a journal of another file, aside: under a name that says so, and never removing it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from msgspec import Struct

from console.archive.store import files
from console.archive.store.database import alone, inode_of
from console.archive.store.errors import ArchiveError, Damaged, Full, Taken, Unknown
from console.archive.store.grips import grip
from console.archive.store.opening import opened_file

JOURNALS: Final = ("-wal", "-shm")
DAMAGED, REPLACED = "damaged", "replaced"
"""What a file set aside was: damaged, or the journal of one that another took the place of."""

_TABLE: Final = b"CREATE TABLE checkpoints"
_FACT: Final = b"made_by"
_HEAD: Final = 1 << 20
"""Bytes in which the first pages of an archive tell of its tables."""


class Aside(Struct, frozen=True):
    """A file that was set aside at ``at``, where it is now, and why."""

    at: datetime
    path: Path
    why: str


def set_aside(path: Path, inode: tuple[int, int], at: datetime) -> Aside:
    """Move the damaged file ``inode`` at ``path`` with its journals out of the way of a new one.

    Raises `Taken` where another console records there, and `Full` where it cannot be moved.
    """
    with sole(path), _telling(path):
        if inode_of(path) != inode:
            raise Full(f"another file has taken the place of {path}: it is opened now")
        kept = _free(path, DAMAGED, at)
        _move(
            path, kept, ("-shm", "-wal", "")
        )  # the file last: it is no other one's journal even for a moment
    return Aside(at, kept, DAMAGED)


def set_journals_aside(path: Path, at: datetime) -> Aside | None:
    """Move the journals out of the way of the file at ``path``, whose they are not; ``None`` where there are none.

    Raises `Full` where they cannot be moved.
    """
    with _telling(path):
        if not journal_of(path).exists():
            return None
        kept = _free(path, REPLACED, at)
        _move(path, kept, ("-shm", "-wal"))
    return Aside(at, journal_of(kept), REPLACED)


def journal_of(path: Path) -> Path:
    """The write-ahead log of the file at ``path``."""
    return path.with_name(f"{path.name}-wal")


def ruined(file: files.File, error: Exception, *, known: bool) -> bool:
    """Whether ``error`` means that an archive was damaged: not that the key is another's, or the file never was one.

    A ``known`` file was written before with the key at hand.
    """
    try:
        with grip(file.path) as held:
            size, head = held.head(_HEAD)
    except OSError:
        return False
    headless = not any(head[: len(files.PLAIN)])
    if size == 0 or not (isinstance(error, Damaged) or headless or size % files.PAGE):
        return False
    if known:
        return True
    if file.key is not None:
        return head[: len(files.PLAIN)] != files.PLAIN and _fits(file)
    return _FACT in head if headless else head.startswith(files.PLAIN) and _TABLE in head


@contextmanager
def sole(path: Path) -> Iterator[None]:
    """As the one who may write there. Raises `Taken` where another console does."""
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0, mode=0o600, thread_local=False)
    try:
        with lock:
            yield
    except Timeout:
        raise Taken from None


def _fits(file: files.File) -> bool:
    """Whether the key opens the first page."""
    try:
        opened = opened_file(files.File(file.path, file.key, write=False, broken=True, without_journal=True))
        with opened, alone(opened) as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except Unknown:
        return False
    except ArchiveError as error:
        return isinstance(error, Damaged)
    return True


def _free(path: Path, why: str, at: datetime) -> Path:
    """A name that nothing has yet."""
    stem = f"{path.stem}.{why}-{at:%Y-%m-%dT%H%M}"
    names = (f"{stem}{'' if n == 1 else f'-{n}'}{path.suffix}" for n in count(1))
    free = (found for name in names if not _there(found := path.with_name(name)))
    return next(free)


def _there(path: Path) -> bool:
    return any(path.with_name(f"{path.name}{end}").exists() for end in ("", *JOURNALS))


def _move(path: Path, kept: Path, ends: tuple[str, ...]) -> None:
    for end in ends:
        if (found := path.with_name(f"{path.name}{end}")).exists():
            found.rename(kept.with_name(f"{kept.name}{end}"))


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Full(
            f"{path} is damaged or not this archive's, and cannot be set aside ({error.strerror}): see that "
            "this user may write in its folder, or move it and its -wal away"
        ) from error
