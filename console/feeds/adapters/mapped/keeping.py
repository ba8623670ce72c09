"""What is known of one request's rows, and what a reply of changes only makes of it."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from console.feeds.adapter import Value
from console.feeds.rows.flaws import Flaw

OWNER = {"call": "id", "unit": "id", "facility": "id", "follow_up": "id", "position": "unit"}
PARENT = {"assignment": "call", "note": "call", "staff": "unit"}


class Lot(Struct):
    """The rows of one emit, and their flaws. ``nested``: they came inside the records they belong to."""

    kind: str
    nested: bool
    rows: list[Value]
    flaws: list[Flaw]


class Memory(Struct, frozen=True):
    """What is kept of a request between two rounds.

    ``whole``: its last reply held all rows. ``rounds`` counts those since then. ``details`` are, by
    call, the call for which they were asked and the lots of the answer.
    """

    lots: tuple[Lot, ...] = ()
    whole: bool = False
    cursor: Any = None
    tag: str = ""
    rounds: int = 0
    details: dict[str, tuple[Value, tuple[Lot, ...]]] = {}


def overlaid(old: Sequence[Lot], new: Sequence[Lot]) -> tuple[Lot, ...]:
    """``old`` with the rows of ``new`` in the place of those that they replace."""
    touched = {row.get(OWNER[lot.kind]) for lot in new if lot.kind in OWNER for row in lot.rows}
    return tuple(_overlaid(was, now, touched) for was, now in zip(old, new, strict=True))


def _overlaid(was: Lot, now: Lot, touched: set[Any]) -> Lot:
    replaced = {_key(row, now) for row in now.rows}
    inside = now.nested and now.kind in PARENT
    kept = [
        row
        for row in was.rows
        if _key(row, now) not in replaced and not (inside and row.get(PARENT[now.kind]) in touched)
    ]
    told = {flaw.row for flaw in now.flaws} | touched
    flaws = [flaw for flaw in was.flaws if flaw.row not in told]
    return Lot(now.kind, now.nested, [*kept, *now.rows], [*flaws, *now.flaws])


def _key(row: Value, lot: Lot) -> tuple[Any, ...]:
    if lot.kind in OWNER:
        return (row.get(OWNER[lot.kind]),)
    if lot.kind == "assignment":
        return row.get("call"), row.get("unit")
    return tuple(row.items())
