"""The one descriptor that this process has of each archive file, which also carries the writer's lock.

Where a process closes any descriptor of a file the system drops all its record locks on it, SQLite's as well; another
program may then remove the journal that is being written (https://www.sqlite.org/howtocorrupt.html, 2.2). So a file
is looked into by this descriptor alone, and it is closed once nothing here has the file open any more.
"""

import os
import sys
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, Self

if sys.platform == "linux":  # elsewhere it would be in the way of SQLite's own locks
    import fcntl

Inode = tuple[int, int]


class _Held:
    """Descriptors of one file, for so many users; ``locked``: one of them writes."""

    def __init__(self, descriptor: int) -> None:
        self.descriptors = [descriptor]
        self.users = 0
        self.locked = False


_held: Final[dict[Inode, _Held]] = {}  # of the process, as the system's locks are
_guard: Final = Lock()


class Grip:
    """A file that stays the same one whatever happens to its name; let go when nothing has it open any more."""

    def __init__(self, inode: Inode, held: _Held) -> None:
        self.inode = inode
        self._held = held
        self._locked = self._closed = False

    def head(self, size: int) -> tuple[int, bytes]:
        """How long the file is, and its first ``size`` bytes."""
        descriptor = self._held.descriptors[0]
        with _guard:
            length = os.fstat(descriptor).st_size  # first: it may be growing
            os.lseek(descriptor, 0, os.SEEK_SET)
            return length, os.read(descriptor, size)

    def lock(self) -> bool:
        """Become the one who writes it, by whatever name; whether that came about."""
        with _guard:
            if self._held.locked or not _locked(self._held.descriptors[0]):
                return False
            self._held.locked = self._locked = True
            return True

    def unlock(self) -> None:
        """Let another write it."""
        with _guard:
            if self._locked:
                self._held.locked = self._locked = False
                _unlock(self._held.descriptors[0])

    def close(self) -> None:
        """Let go; it may be closed twice."""
        self.unlock()
        with _guard:
            if not self._closed:
                self._closed = True
                _leave(self.inode, self._held)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def grip(path: Path) -> Grip:
    """Take hold of the file at ``path``. Raises `OSError`."""
    with _guard:
        inode = _inode(path.stat())
        held = _held.get(inode)
        if held is None:
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            inode = _inode(os.fstat(descriptor))  # another may have taken its place
            held = _held.setdefault(inode, _Held(descriptor))
            if descriptor not in held.descriptors:
                held.descriptors.append(descriptor)
        held.users += 1
        return Grip(inode, held)


def _inode(found: os.stat_result) -> Inode:
    return found.st_dev, found.st_ino


def _leave(inode: Inode, held: _Held) -> None:
    held.users -= 1
    if not held.users:
        del _held[inode]
        for descriptor in held.descriptors:
            os.close(descriptor)


def _locked(descriptor: int) -> bool:
    """Whether no other process has it; also where the file system knows no such lock, as that by name is left."""
    if sys.platform == "linux":
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True


def _unlock(descriptor: int) -> None:
    if sys.platform == "linux":
        fcntl.flock(descriptor, fcntl.LOCK_UN)
