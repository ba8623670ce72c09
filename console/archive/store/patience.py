"""A connection to a PostgreSQL server that does not wait for ever: one that hangs keeps its connections open."""

from typing import Any, Final, TypeVar

import psycopg
from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.errors import ConnectionTimeout

T = TypeVar("T")

INTERVAL_S: Final = 0.1
SILENT_S: Final = 6.0
"""Without a word for so long, it is asked whether the server answers at all."""

ASKING_S: Final = 2


class Patient(Connection[Any]):
    """Waits, however long, for a server that works; breaks off where the server answers nobody.

    A limit of time for each statement would not do: some work on a large archive takes an hour.
    """

    def wait(self, gen: PQGen[T], interval: float = INTERVAL_S, timeout: float | None = None) -> T:
        """As the driver does. Raises `OperationalError`, and is closed, where the server hangs."""
        return super().wait(self._watched(gen), min(interval, INTERVAL_S), timeout)

    def _watched(self, gen: PQGen[T]) -> PQGen[T]:
        silent = 0
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                silent = 0 if ready else silent + 1
                if silent * INTERVAL_S >= SILENT_S:
                    self._refuse_hung()
                    silent = 0
                wanted = gen.send(ready)
        except StopIteration as done:
            found: T = done.value
            return found

    def _refuse_hung(self) -> None:
        known = self.info
        try:
            psycopg.connect(known.dsn, password=known.password, connect_timeout=ASKING_S).close()
        except ConnectionTimeout:
            self.pgconn.finish()  # nothing more is asked of it, not even to go back
            raise OperationalError("the server hangs") from None  # the cause may quote the address
        except OperationalError:  # that it refuses is an answer
            return
