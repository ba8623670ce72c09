"""The file of a definition pack, read again while the console runs: when it changes, and when somebody asks."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple, Protocol

from console.domain.definitions import Definitions
from console.domain.packs import DefinitionError, parse
from console.domain.proofing.flaw import Flaw

LOOK_S = 1.0
"""How often the file is looked at; one that changed is read once it stayed the same for two looks."""

LARGEST = 4_000_000
"""Bytes of a file that is read at all; packs have some tens of thousands."""

TOLD = 20
"""Wrong lines that are told; the others are counted."""

LONGEST = 400
"""Letters of one line that are told."""


class Told(Protocol):
    """Where news of the pack go."""

    def loaded(self, pack: Definitions) -> None:
        """This holds from now on."""
        ...

    def refused(self, file: str, flaws: tuple[str, ...], more: int) -> None:
        """The file cannot be used."""
        ...


class Stamp(NamedTuple):
    """By which a change is seen; all 0 where there is no file."""

    changed_ns: int = 0
    bytes: int = 0


UNREAD = Stamp(-1, -1)
"""Of a file that could not be read: it is tried again at each look."""


class PackFile:
    """Looks at ``file``, of which ``held`` is what holds; `look` is called from one thread."""

    def __init__(self, file: Path, held: Definitions, told: Told) -> None:
        self._file, self._told = file, told
        self._sha256 = held.sha256
        self._refused: tuple[str, ...] = ()
        self._seen = self._read = _stamp(file)

    def look(self, *, anew: bool = False) -> None:
        """Read the file if it changed and is not being written any more; ``anew``: in any case."""
        before, self._seen = self._seen, _stamp(self._file)
        if anew or (self._seen != self._read and self._seen == before):
            self._read = self._seen
            self._take()

    def _take(self) -> None:
        try:
            pack = parse(self._bytes())
        except DefinitionError as error:
            self._refuse(tuple(flaw.told[:LONGEST] for flaw in error.flaws))
        except OSError as error:
            self._read = UNREAD
            self._refuse((f"cannot be read ({type(error).__name__}): put it back",))
        else:
            if self._refused or pack.sha256 != self._sha256:
                self._sha256, self._refused = pack.sha256, ()
                self._told.loaded(pack)

    def _bytes(self) -> bytes:
        with self._file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise DefinitionError([Flaw(0, "", "larger than any pack: is it the right file?")])
        return data

    def _refuse(self, flaws: tuple[str, ...]) -> None:
        if flaws != self._refused:
            self._refused = flaws
            self._told.refused(self._file.name, flaws[:TOLD], len(flaws[TOLD:]))


class PackWatch:
    """Looks at a pack's file on a thread of its own: a folder on a server may keep it waiting, and nothing else.

    ``failed`` is called on it with what ended it unexpectedly.
    """

    def __init__(self, file: PackFile, failed: Callable[[BaseException], None]) -> None:
        self._file, self._failed = file, failed
        self._wake = Event()
        self._stopped, self._anew = False, True  # what changed since it was read at the start is seen as well
        self._thread = Thread(target=self._run, name="definitions", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no longer; does not wait for a server that does not answer."""
        self._stopped = True
        self._wake.set()
        self._thread.join(LOOK_S)

    def hurry(self) -> None:
        """Read it now, changed or not. Safe from any thread."""
        self._anew = True
        self._wake.set()

    def _run(self) -> None:
        try:
            while True:
                self._wake.wait(LOOK_S)
                self._wake.clear()
                if self._stopped:
                    return
                anew, self._anew = self._anew, False
                self._file.look(anew=anew)
        except BaseException as error:
            self._failed(error)
            raise


def _stamp(file: Path) -> Stamp:
    try:
        found = file.stat()
    except OSError:
        return Stamp()
    return Stamp(found.st_mtime_ns, found.st_size)
