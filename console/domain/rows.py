"""One rule for putting a reply's rows into a collection: one copy per reply, none where nothing changed."""

from collections.abc import Callable, Iterable
from typing import TypeVar

R = TypeVar("R")


def merge(
    held: dict[str, R],
    changed: Iterable[R],
    gone: Iterable[str],
    key: Callable[[R], str],
    *,
    full: bool,
) -> dict[str, R]:
    """``held`` with ``changed`` put in and ``gone`` taken out; the same object if that changes nothing.

    With ``full`` whatever is not among ``changed`` is gone. A row equal to the one held keeps the
    held object, so that a view sees only real changes.
    """
    rows = {key(row): row for row in changed}
    lost = set(gone) & held.keys()
    if full:
        lost |= held.keys() - rows.keys()
    fresh = {name: row for name, row in rows.items() if held.get(name) != row}
    if not fresh and not lost:
        return held
    after = {**held, **fresh}
    for name in lost - rows.keys():
        del after[name]
    return after
