"""What a database's own error means for an archive: nothing can be written, it is lost, it is damaged."""

from msgspec import Struct
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

from console.archive.store.errors import ArchiveError, Full, Lost

# https://www.sqlite.org/rescode.html
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26

_SQLITE: dict[int, tuple[type[ArchiveError], str]] = {
    _FULL: (Full, "the disk is full, nothing more can be written: free some space"),
    _READONLY: (Full, "it may only be read here: give this user the right to write the file and its folder"),
    _PERM: (Full, "this user may not use it: give the right to write the file and its folder"),
    _IOERR: (Full, "the disk does not read or write: look at the disk, and whether it is full"),
    _CANTOPEN: (Full, "it cannot be opened: see that its folder is there and that this user may write in it"),
    _BUSY: (Lost, "another program has held it for 5 s: close that program"),
    _LOCKED: (Lost, "another program has held it: close that program"),
    _CORRUPT: (ArchiveError, "the file is damaged or cut short: keep a copy of it, and restore a backup"),
    _NOTADB: (ArchiveError, "the file is damaged, or the key is another one: keep a copy of it"),
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES: dict[str, tuple[type[ArchiveError], str]] = {
    "53100": (Full, "the server's disk is full: free some space there"),
    "25006": (Full, "the server is read-only, perhaps a replica: connect to the one that is written to"),
    "42501": (Full, "this user may not write there: have the rights granted"),
    "53300": (Lost, "the server has no connection free: close some, or raise max_connections"),
    "55P03": (Lost, "another program holds it: see who does"),
    "57014": (Lost, "the server broke the work off"),
    "XX001": (ArchiveError, "the server reports damaged data: see its log, and restore a backup"),
    "XX002": (ArchiveError, "the server reports a damaged index: see its log, and rebuild it"),
}

_AWAY = "the server does not answer: see that it runs and that the network reaches it"
_SHUT = ("57P", "08")
"""Classes of errors after which the server, or the way to it, is no longer there."""


class Trouble(Struct, frozen=True):
    """The error to raise; ``afresh`` where the old connections are of no more use."""

    error: ArchiveError
    afresh: bool = True


def told(error: SQLAlchemyError, kind: str, name: str) -> Trouble:
    """What ``error`` means for the archive ``name``; its own text is left out, as it may hold anything."""
    if isinstance(error, NoConnection):
        return Trouble(Lost(f"{name}: its connections are all in use; try again"), afresh=False)
    if not isinstance(error, DBAPIError):
        return Trouble(ArchiveError(f"{name}: the archive was used wrongly ({type(error).__name__})"))
    if kind == "sqlite":
        return _sqlite(error, name)
    return _postgres(error, name)


def _sqlite(error: DBAPIError, name: str) -> Trouble:
    code: int = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind
    made, text = _SQLITE.get(code, (ArchiveError, f"SQLite refused ({_word(error)})"))
    return Trouble(made(f"{name}: {text}"), afresh=code not in {_FULL, _BUSY, _LOCKED})


def _postgres(error: DBAPIError, name: str) -> Trouble:
    state: str = getattr(error.orig, "sqlstate", None) or ""
    if state in _POSTGRES:
        made, text = _POSTGRES[state]
        return Trouble(made(f"{name}: {text}"), afresh=False)
    if error.connection_invalidated or state.startswith(_SHUT) or _unconnected(error):
        return Trouble(Lost(f"{name}: {_AWAY}"))
    return Trouble(
        ArchiveError(f"{name}: PostgreSQL refused ({_word(error)} {state})".rstrip()), afresh=False
    )


def _unconnected(error: DBAPIError) -> bool:
    """Whether no connection came about: the driver then has no answer of a server, and so no code of it."""
    return type(error.orig).__name__ in {"OperationalError", "ConnectionTimeout"}


def _word(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlite_errorname", type(error.orig).__name__))
