"""How wide each column of a table is: some grow with their text, one takes what is left, some can be spared."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from console.ui.table.columns import Column

ROOM = 100
"""Pixels at 100 % that the column which takes what is left needs at least."""


def fitted(
    columns: Sequence[Column[Any]], wanted: Mapping[int, int], room: int, px: Callable[[float], int]
) -> dict[int, int]:
    """Widths by place for a table ``room`` pixels wide; a column that is not in it is left out.

    ``wanted`` is what the longest texts would take. The most spare columns go first where the others
    need the room; then columns grow as far as the flexible one keeps `ROOM`.
    """
    widths = {place: px(column.width) for place, column in enumerate(columns)}
    flexible = [place for place, column in enumerate(columns) if not column.width]
    left = room - sum(width for place, width in widths.items() if place not in flexible)
    left -= px(ROOM) * len(flexible)
    for place, column in sorted(enumerate(columns), key=lambda item: -item[1].spare):
        if column.spare and left < 0:
            left += widths.pop(place)
    for place in wanted.keys() & widths.keys():
        more = max(0, min(wanted[place] - widths[place], left))
        widths[place] += more
        left -= more
    return widths
