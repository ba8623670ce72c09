"""How wide each column of a table is: some grow with their text, one takes what is left, some can be spared."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from console.ui.table.columns import Column

ROOM = 100
"""Pixels at 100 % that the column which takes what is left should have: spare columns go for it."""

LEAST = 60
"""Pixels at 100 % that it keeps in any case: columns fold for it, and the identity gives back what it grew."""


def fitted(
    columns: Sequence[Column[Any]], wanted: Mapping[int, int], room: int, px: Callable[[float], int]
) -> dict[int, int]:
    """Widths by place for a table ``room`` pixels wide; a column that is not in it is left out.

    ``wanted`` is what the longest texts would take. The identity of a row grows first. Where the others
    need the room the most spare columns go, then those that fold; what is left lets the rest grow, in
    column order, as far as the flexible one keeps `ROOM`.
    """
    widths = {place: px(column.width) for place, column in enumerate(columns)}
    flexible = [place for place, column in enumerate(columns) if not column.width]
    left = room - sum(width for place, width in widths.items() if place not in flexible)
    left -= px(ROOM) * len(flexible)
    grown = {
        place: _lacking(widths, wanted, place) for place, column in enumerate(columns) if column.identity
    }
    left -= _grow(widths, grown)
    left += _leave(widths, {place: column.spare for place, column in enumerate(columns)}, -left)
    short = px(LEAST) - px(ROOM) - left if flexible else -left
    short -= _leave(widths, {place: column.folds for place, column in enumerate(columns)}, short)
    for place, more in grown.items():
        if place not in widths:
            continue
        back = max(0, min(more, short))
        widths[place] -= back
        short -= back
    for place in sorted(widths):
        left -= _grow(widths, {place: max(0, min(_lacking(widths, wanted, place), left))})
    return widths


def _lacking(widths: Mapping[int, int], wanted: Mapping[int, int], place: int) -> int:
    return max(0, wanted.get(place, 0) - widths[place])


def _grow(widths: dict[int, int], more: Mapping[int, int]) -> int:
    """Widen the columns; the pixels that took."""
    for place, pixels in more.items():
        widths[place] += pixels
    return sum(more.values())


def _leave(widths: dict[int, int], ranks: Mapping[int, int], needed: int) -> int:
    """Leave out columns that have a rank, the highest first, until ``needed`` pixels are free; how many are."""
    freed = 0
    for place in sorted(ranks, key=lambda place: -ranks[place]):
        if ranks[place] and freed < needed:
            freed += widths.pop(place)
    return freed
