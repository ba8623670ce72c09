"""Goes through a table of a damaged file, over whatever cannot be read."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sqlalchemy import BigInteger, Select, literal_column

from console.archive.store.database import Database, alone
from console.archive.store.errors import ArchiveError, refuse

AHEAD = 1 << 24
"""Of so many rows in a row that cannot be read the rest is given up."""

END = (1 << 63) - 1
PLACE = literal_column("rowid", BigInteger)
"""Where a row stands in its table."""

Row = dict[str, Any]


class Rows:
    """The rows of one table that can be read, up to ``together`` at once.

    ``query`` selects `PLACE` among others. ``whole`` tells afterwards whether these were all of them.
    """

    def __init__(self, broken: Database, query: Select[Any], together: int) -> None:
        self._broken, self._query, self._together = broken, query, together
        self.whole = True

    def found(self) -> Iterator[Row]:
        """Forward; over what cannot be read in steps that double, and then back to where it begins to be readable."""
        last, step, few = 0, 0, self._together
        while step <= AHEAD:
            try:
                rows = self._some(last + step, END, few)
            except ArchiveError:
                if few > 1:
                    few //= 2
                else:
                    self.whole, step = False, max(1, step * 2)
                continue
            if step:
                yield from self._back(last, rows[0][PLACE.name] if rows else END)
                few = self._together
            if not rows:
                return
            yield from rows
            last, step = rows[-1][PLACE.name], 0

    def _back(self, after: int, before: int) -> Iterator[Row]:
        while True:
            try:
                rows = self._some(after, before, 1, backward=True)
            except ArchiveError:
                return
            if not rows:
                return
            yield from rows
            before = rows[0][PLACE.name]

    def _some(self, after: int, before: int, few: int, *, backward: bool = False) -> list[Row]:
        """The first rows, or the last ones, between two places."""
        query = self._query.where(after < PLACE, before > PLACE).limit(few)
        query = query.order_by(PLACE.desc() if backward else PLACE)
        with alone(self._broken) as connection:
            rows = [dict(row) for row in connection.execute(query).mappings()]
        places = [after, *(row[PLACE.name] for row in rows), before]
        if any(one >= next_ for one, next_ in pairwise(places)):
            refuse("the order of its rows is lost")  # nothing but zeros, say
        return rows
