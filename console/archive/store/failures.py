"""What a database's own error means for an archive: nothing can be written, it is lost, it is damaged."""

from msgspec import Struct
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

from console.archive.store.errors import ArchiveError, Damaged, Full, Lost, Unknown

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
    _CORRUPT: (
        Damaged,
        "the file is damaged or cut short: keep a copy of it, and restore a backup or try `shifts --rescue NEW.db`",
    ),
    _NOTADB: (
        Unknown,
        "the key set is not its key, or the file is damaged: set the key it was made with, or restore a backup",
    ),
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


def told(error: Exception, kind: str, name: str) -> Trouble:
    """What ``error``, SQLAlchemy's or the driver's, means for the archive ``name``.

    Its own text is left out, as it may hold anything that was written.
    """
    if isinstance(error, NoConnection):
        return Trouble(Lost(f"{name}: its connections are all in use; try again"), afresh=False)
    if isinstance(error, SQLAlchemyError) and not isinstance(error, DBAPIError):
        return Trouble(ArchiveError(f"{name}: the archive was used wrongly ({type(error).__name__})"))
    cause = error.orig if isinstance(error, DBAPIError) else error
    if kind == "sqlite":
        return _sqlite(cause, name)
    return _postgres(cause, name, isinstance(error, DBAPIError) and error.connection_invalidated)


def _sqlite(cause: BaseException | None, name: str) -> Trouble:
    code: int = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind
    word = getattr(cause, "sqlite_errorname", type(cause).__name__)
    made, text = _SQLITE.get(code, (ArchiveError, f"SQLite refused ({word})"))
    return Trouble(made(f"{name}: {text}"), afresh=code not in {_FULL, _BUSY, _LOCKED})


def _postgres(cause: BaseException | None, name: str, gone: bool) -> Trouble:
    state: str = getattr(cause, "sqlstate", None) or ""
    word = type(cause).__name__
    if state in _POSTGRES:
        made, text = _POSTGRES[state]
        return Trouble(made(f"{name}: {text}"), afresh=False)
    # Where no connection came about the driver has no answer of a server, and so no more exact an error.
    if gone or state.startswith(_SHUT) or word in {"OperationalError", "ConnectionTimeout"}:
        return Trouble(Lost(f"{name}: {_AWAY}"))
    return Trouble(ArchiveError(f"{name}: PostgreSQL refused ({word} {state})"), afresh=False)
