"""A PostgreSQL server: the address, the connection, and what is wrong where it does not answer."""

from typing import Any, Final, cast

from sqlalchemy import URL, Dialect, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from console.archive.store.errors import ArchiveError, refuse

CONNECT_S: Final = 3

# A network that drops everything is noticed after about ten seconds instead of two hours.
_OURS: Final[dict[str, str | int]] = {
    "connect_timeout": CONNECT_S,
    "application_name": "smart-console",
    "keepalives_idle": 4,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # ms
}

_SESSION: Final = (
    "SET synchronous_commit = on",
    "SET timezone = 'UTC'",
    "SET lock_timeout = '5s'",
    "SET tcp_keepalives_idle = 4",  # so that the server frees the lock of a console that is gone
    "SET tcp_keepalives_interval = 2",
    "SET tcp_keepalives_count = 3",
)

_READING: Final = "SET default_transaction_read_only = on"


def address(url: str) -> URL:
    """``url`` for psycopg 3. Raises `ArchiveError`, in whose text nothing of the address is repeated."""
    try:
        parsed = make_url(url)
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise ArchiveError(
            "the archive's address cannot be read: write postgresql://user@host:port/database "
            "(percent-encode signs like @ and : in a password)"
        ) from None  # the cause quotes what may be a part of the password
    if not parsed.database:
        refuse(f"{name(parsed)} names no database: write postgresql://user@host/database")
    return parsed.set(drivername="postgresql+psycopg")


def name(parsed: URL) -> str:
    """What people may read of the address: the host and the database, nothing else."""
    host = parsed.host or "this workstation"
    port = f":{parsed.port}" if parsed.port else ""
    return f"the archive {parsed.database or '(none)'} on {host}{port}"


def engine(parsed: URL, write: bool) -> Engine:
    """What connects to the server; one that writes has one connection, as it may hold the writer's lock."""
    given = {**_OURS, **{key: value for key, value in parsed.query.items() if key in _OURS}}
    made = create_engine(
        parsed,
        connect_args=given,
        poolclass=QueuePool,
        pool_size=1 if write else 4,
        max_overflow=0 if write else 12,
        hide_parameters=True,
    )
    _set_up(made, write)
    return made


def _set_up(made: Engine, write: bool) -> None:
    @event.listens_for(made, "do_connect")
    def connect(dialect: Dialect, record: ConnectionPoolEntry, where: Any, how: Any) -> DBAPIConnection:
        from console.archive.store.patience import Patient  # here the driver is loaded anyway

        return cast("DBAPIConnection", Patient.connect(*where, **how))

    @event.listens_for(made, "connect")
    def prepare(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("; ".join(_SESSION if write else (*_SESSION, _READING)))
        cursor.close()
        connection.commit()


_REASONS: Final = (
    ("password", "the sign-in was refused: see the user's name and password"),
    ("no pg_hba.conf entry", "the server admits no such sign-in: have this workstation added to pg_hba.conf"),
    ("does not exist", "the server knows no such database or user: have it made"),
    ("not currently accepting", "the database accepts no connections now: ask who looks after the server"),
    ("too many", "the server has no connection free: close some, or raise max_connections"),
    ("starting up", "the server is starting: try again in a minute"),
    ("refused", "nothing answers there: see that the server runs, and its port"),
    ("resolve", "there is no such host: see its name"),
    ("No such file", "no server runs on this workstation: start it, or name its host"),
    ("certificate", "the connection cannot be trusted: see the certificates (sslmode, sslrootcert)"),
)


def reason(error: BaseException | None) -> str:
    """Why no connection came about, by what the driver said; its words may hold parts of the address."""
    said = str(error)
    found = (text for sign, text in _REASONS if sign in said)
    return next(found, f"the server does not answer within {CONNECT_S} s: see that the network reaches it")
