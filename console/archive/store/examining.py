"""Looks whether a file still holds together, within a bounded time."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Final

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from console.archive.store import files
from console.archive.store.aside import journal_of
from console.archive.store.database import alone
from console.archive.store.errors import Damaged
from console.archive.store.opening import opened_file
from console.archive.store.tables import blocks, checkpoints, marks

_LARGE: Final = (marks.name, checkpoints.name, blocks.name)
"""Are looked at last, as far as time allows."""


def examine(file: files.File, within_s: float) -> None:
    """Raises `Damaged` where its pages do not fit together; what is not reached ``within_s`` is not looked at.

    The file is read anew: what the writer's own connection remembers of it says nothing of the disk.
    """
    looked_at = opened_file(files.File(file.path, file.key, write=False))
    with looked_at, alone(looked_at) as connection:
        names = sorted(inspect(connection).get_table_names(), key=lambda name: (name in _LARGE, name))
        with _at_most(connection, within_s) as over:
            sound = all(_sound(connection, name, over) for name in (*names, None))
    if not sound:
        raise Damaged(f"{file.path}: the file is damaged")


def refuse_cut(file: files.File) -> None:
    """Raises `Damaged` where a page is not whole, which a log beside the file may yet mend."""
    journal = journal_of(file.path)
    if (
        file.path.exists()
        and file.path.stat().st_size % files.PAGE
        and not (journal.exists() and journal.stat().st_size)
    ):
        raise Damaged(f"{file.path}: the file was cut short")


def _sound(connection: Connection, table: str | None, over: list[bool]) -> bool:
    """Whether a table is; without one, whether all is, with the pages that are of none."""
    if over:
        return True
    try:
        said = connection.exec_driver_sql(
            f'PRAGMA quick_check("{table}")' if table else "PRAGMA quick_check(1)"
        )
        return said.scalar() == "ok" or bool(over)
    except DBAPIError:
        if over:
            return True
        raise


@contextmanager
def _at_most(connection: Connection, seconds: float) -> Iterator[list[bool]]:
    """Break off what is asked when the time is over; what is given holds something from then on."""
    over: list[bool] = []
    driver = connection.connection.driver_connection
    assert driver is not None

    def interrupt() -> None:
        over.append(True)
        driver.interrupt()

    timer = Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()
        timer.join()
