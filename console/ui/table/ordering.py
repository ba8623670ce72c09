"""The order of a table's rows: its own, or by a column a person chose, with each row's keys kept."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

R = TypeVar("R")


class Ordering(Generic[R]):
    """Sort keys by id, computed only for rows that changed; equal keys fall back to the id, so order is total."""

    def __init__(self, own: Callable[[R], Any]) -> None:
        self._own = own
        self._by: Callable[[R], Any] | None = None
        self._descending = False
        self._keys: dict[str, tuple[Any, Any]] = {}

    def by(self, key: Callable[[R], Any] | None, rows: Mapping[str, R], *, descending: bool) -> None:
        """Order by ``key`` first, or by nothing but the table's own order."""
        self._by, self._descending = key, descending
        self._keys.clear()
        self.note(rows, rows)

    def note(self, rows: Mapping[str, R], changed: Iterable[str]) -> bool:
        """Compute the keys of the ``changed`` rows anew; whether any of them differs."""
        own, by, keys = self._own, self._by, self._keys
        differs = False
        for name in changed:
            row = rows[name]
            new = (own(row), name), by(row) if by else None
            differs = differs or keys.get(name) != new
            keys[name] = new
        return differs

    def drop(self, gone: Iterable[str]) -> None:
        """Forget the keys of rows that are no more."""
        for name in gone:
            del self._keys[name]

    def clear(self) -> None:
        """Forget all keys."""
        self._keys.clear()

    def ordered(self, ids: Iterable[str]) -> list[str]:
        """``ids`` in order; a descending column keeps the own order among equals."""
        keys = self._keys
        found = sorted(ids, key=lambda name: keys[name][0])
        if self._by is not None:
            found.sort(key=lambda name: keys[name][1], reverse=self._descending)
        return found
