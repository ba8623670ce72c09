"""How a follower learns that the log went on: the server tells it, or it looks."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from threading import Event
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from console.archive.recording.entries import CHANNEL
from console.archive.store.database import Database, alone, transaction
from console.archive.store.tables import moment

LISTEN_S = 0.25
"""For so long at once a follower waits to be told; then it sees whether it should stop."""

LOOK_S = 0.2
"""Between looks where nobody tells: a file, or a replica, which cannot."""


class News(Struct, frozen=True):
    """A run is complete up to its event ``last`` and the moment ``upto``."""

    run: int
    last: int
    upto: datetime


class Wire(Struct, frozen=True):
    """``wait`` waits a moment and returns what was told, or ``None`` where nobody tells, so that one has to look.

    ``ask`` gives the connection to read by: where the server tells it is the very one that listens, as each console
    takes no more than one of those the server has.
    """

    wait: Callable[[], list[News] | None]
    ask: Callable[[], AbstractContextManager[Connection]]


@contextmanager
def wired(database: Database, stop: Event) -> Iterator[Wire]:
    """News of the log, until ``stop``. Raises `Lost` where the server is gone."""
    if database.kind == "sqlite" or _replica(database):
        yield Wire(lambda: _slept(stop), lambda: transaction(database))
        return
    with alone(database) as connection:
        connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        driver: Any = connection.connection.driver_connection
        try:
            yield Wire(lambda: _heard(driver), lambda: nullcontext(connection))
        finally:
            connection.invalidate()  # it would go on listening in the pool


def _slept(stop: Event) -> None:
    stop.wait(LOOK_S)


def _heard(driver: Any) -> list[News]:
    found = driver.notifies(timeout=LISTEN_S, stop_after=1)
    return [news for note in found if (news := parsed(note.payload)) is not None]


def _replica(database: Database) -> bool:
    """Whether the server only repeats another: it can be read, but tells nothing."""
    with alone(database) as connection:
        return bool(connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar())


def parsed(payload: str) -> News | None:
    """What ``run:last:upto`` tells; ``None`` for anything else that somebody sends."""
    parts = payload.split(":")
    try:
        run, last, upto = map(int, parts)
        return News(run, last, moment(upto))
    except (ValueError, OverflowError):
        return None
