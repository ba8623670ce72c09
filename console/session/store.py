"""One value and those who watch slices of it."""

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")
S = TypeVar("S")


class Store(Generic[T]):
    """Holds the current value; tells a watcher when its slice is another object than before."""

    def __init__(self, value: T) -> None:
        self._value = value
        self._watchers: list[_Watcher[T]] = []

    @property
    def value(self) -> T:
        """The current value."""
        return self._value

    @property
    def watched(self) -> int:
        """How many watchers there are, so that a test can see that none was left behind."""
        return len(self._watchers)

    def set(self, value: T) -> None:
        """Replace the value and tell the watchers whose slice changed."""
        for _ in self.turns(value):
            pass

    def turns(self, value: T) -> Iterator[None]:
        """`set` in as many turns as there are watchers, so that whoever drives it can let others in between.

        A watcher that leaves meanwhile is told nothing.
        """
        if value is self._value:
            return
        self._value = value
        for watcher in tuple(self._watchers):
            if watcher in self._watchers:
                watcher.look(value)
                yield

    def watch(self, select: Callable[[T], S], show: Callable[[S], None]) -> Callable[[], None]:
        """Call ``show`` with ``select(value)`` now and whenever that slice changes.

        A slice is compared by identity; a tuple of slices item by item. Returns the function that
        ends the watch: keep it, and call it on close.
        """
        watcher: _Watcher[T] = _Watcher(select, show)
        self._watchers.append(watcher)
        watcher.look(self._value)

        def unwatch() -> None:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

        return unwatch


_NOTHING = object()


class _Watcher(Generic[T]):
    def __init__(self, select: Callable[[T], Any], show: Callable[[Any], None]) -> None:
        self._select = select
        self._show = show
        self._last: object = _NOTHING

    def look(self, value: T) -> None:
        slice_ = self._select(value)
        if not _same(self._last, slice_):
            self._last = slice_
            self._show(slice_)


def _same(old: object, new: object) -> bool:
    if isinstance(old, tuple) and isinstance(new, tuple) and type(old) is tuple and len(old) == len(new):
        return all(a is b for a, b in zip(old, new, strict=True))
    return old is new
