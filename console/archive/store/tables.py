"""The archive's tables, the same in SQLite and PostgreSQL; every time is whole microseconds UTC."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

from console.archive.store.values import FAR, refuse_impossible, whole

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SHIFT, RUN = timedelta(days=400), timedelta(days=3660)
"""Longer than any shift, and than any run of one console."""

metadata = MetaData()


def micros(moment: datetime) -> int:
    """Microseconds from 1970 to ``moment`` (aware): what both databases keep and compare alike."""
    return (moment - EPOCH) // MICROSECOND


def moment(micros: int) -> datetime:
    """The aware UTC time that `micros` made the number of. Raises `Damaged` for what no clock ever told."""
    return EPOCH + micros * MICROSECOND if 0 <= whole(micros) < FAR else refuse_impossible()


def span(since: int, until: int, most: timedelta) -> tuple[datetime, datetime]:
    """From when to when something was recorded. Raises `Damaged` where that is longer than ``most``."""
    began, ended = moment(since), moment(until)
    if not timedelta(0) <= ended - began <= most:
        refuse_impossible()
    return began, ended


def _number() -> Column[int]:
    """A row's own number, counted up and never used again: SQLite counts only what it calls INTEGER."""
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def _time(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _count(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default=text("0"))


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default=text("''"))


def _digest() -> Column[bytes]:
    return Column("digest", LargeBinary, nullable=False)


def _body() -> Column[bytes]:
    """What is decoded only after its digest was verified. The last column of its table: SQLite reads whatever
    stands before it without the body's pages, of which there are many and one may be damaged."""
    return Column("body", LargeBinary, nullable=False)


facts = Table(
    "facts", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False)
)
"""What the archive says of itself: ``schema`` (its version), ``made_at`` (ISO 8601), ``made_by``."""

runs = Table(
    "runs",
    metadata,
    _number(),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),  # live | import
    _time("began"),
    _time("until"),  # complete up to here
    Column("ended", BigInteger),  # NULL: still going, or ended unexpectedly
    _words("host"),
    _count("pid"),
    _words("version"),
    _words("origin"),
    sqlite_autoincrement=True,
)
"""One recorder's unbroken sequence of events, or one imported shift."""

blocks = Table(
    "blocks",
    metadata,
    Column("run", BigInteger, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    _time("since"),
    _time("until"),
    _digest(),
    _count("events"),
    _count("rows"),  # of calls and units that changed: the density on the transport bar
    Column("settled", Boolean, nullable=False, server_default=text("false")),
    _body(),
    PrimaryKeyConstraint("run", "first"),
    Index("blocks_by_last", "run", "last"),
    Index("blocks_by_until", "run", "until"),
)
"""The log: events ``first`` to ``last`` of a run."""

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("run", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    _time("at"),
    Column("base", BigInteger),  # `seen` of the checkpoint that is this one's dictionary
    _digest(),
    _body(),
    PrimaryKeyConstraint("run", "seen"),
    Index("checkpoints_by_at", "run", "at"),
)
"""The board after ``seen`` events of a run: a cache, may always be dropped."""

shifts = Table(
    "shifts",
    metadata,
    Column("id", Text, primary_key=True),
    _words("agency"),
    _words("name"),
    _words("timezone"),
    _words("kind"),
    _time("since"),
    _time("until"),
    _count("calls"),
    _count("units"),
    Column("held", Boolean, nullable=False, server_default=text("false")),
    _words("held_by"),
    _words("held_because"),
    Column("held_at", BigInteger),
)
"""What people call a shift; ``held`` by a legal hold it is never purged."""

parts = Table(
    "parts",
    metadata,
    Column("shift", Text, nullable=False),
    Column("run", BigInteger, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    _time("since"),
    _time("until"),
    PrimaryKeyConstraint("shift", "run", "first"),
)
"""Which events of which runs a shift is; the times between them are gaps."""

marks = Table(
    "marks",
    metadata,
    _number(),
    Column("run", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    _time("at"),
    _words("kind"),
    _words("subject"),
    _words("label"),  # since version 2
    Index("marks_by_at", "run", "at"),
    sqlite_autoincrement=True,
)
"""Moments worth a jump: alarms, bookmarks, calls."""

overlay = Table(
    "overlay",
    metadata,
    Column("shift", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    _time("at"),
    _time("made_at"),
    _words("who"),
    _body(),
    PrimaryKeyConstraint("shift", "number"),
)
"""What a trainee did while replaying a shift; ``at`` is the replayed moment. Never part of the recording."""

audit = Table(
    "audit",
    metadata,
    _number(),
    _time("at"),
    _words("who"),
    _words("act"),
    _words("subject"),
    _words("detail"),
    Index("audit_by_at", "at"),
    sqlite_autoincrement=True,
)
"""Who held, released, purged, imported or exported what."""

writer = Table(
    "writer",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    _words("host"),
    _count("pid"),
    _time("since"),
    _time("beat"),
)
"""Who writes, or wrote last: the lock itself is a file's or the server's."""
