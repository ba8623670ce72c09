"""How old a shift is: never by the workstation's clock alone, which may be years ahead, and never many at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from console.archive.store.tables import MICROSECOND, micros, moment, parts, runs

PROOF = timedelta(hours=24)
"""Of recording that lies behind a moment to which ages are counted: a clock that was wrong for a shift proves
nothing."""

BOUND = timedelta(days=7)
"""Beyond that, how far the workstation's clock is believed: weekends and holidays without a recording."""

PART = 10
"""Of the shifts in the archive one in so many may go by age at once, and always one."""


def reckoned(connection: Connection, now: datetime) -> datetime:
    """The moment to which ages are counted: ``now``, or less where the recordings do not bear that out.

    Where a console is used for some hours a month this lags behind: shifts then stay longer, never shorter.
    """
    found = connection.execute(
        select(parts.c.since, parts.c.until)
        .join(runs, runs.c.id == parts.c.run)
        .where(runs.c.kind == "live")
        .order_by(parts.c.until.desc())
    ).all()
    proven, missing = micros(now), PROOF // MICROSECOND
    for since, until in found:
        length = max(0, until - since)
        proven = min(proven, until - min(length, missing))
        missing -= length
        if missing <= 0:
            break
    most = proven + (PROOF + BOUND) // MICROSECOND
    return min(now, moment(max(0, most)))


def allowed(overdue: Sequence[str], total: int, before: frozenset[str]) -> frozenset[str]:
    """Which of the ``overdue``, oldest first, may go: a few of ``total``, and what was overdue ``before`` as well."""
    return frozenset(overdue[: max(1, total // PART)]) | (frozenset(overdue) & before)
