"""Makes one of several rows that speak of the same thing, the same one in whatever order they came."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from console.domain.entities import STAMP_NAMES

Value = dict[str, Any]

EARLIEST_OF = frozenset(STAMP_NAMES) - {"cleared_at"}
LATEST_OF = frozenset({"cleared_at", "closed_at", "updated_at"})
FIRST = datetime.min.replace(tzinfo=UTC)


def grouped(rows: Iterable[Value], *names: str) -> dict[tuple[str, ...], list[Value]]:
    """``rows`` by the ids in ``names``, in the order of those; rows that lack one are left out."""
    groups: dict[tuple[str, ...], list[Value]] = {}
    for row in rows:
        key = tuple(row.get(name) or "" for name in names)
        if all(key):
            groups.setdefault(key, []).append(row)
    return groups


def merged(rows: Sequence[Value]) -> Value:
    """One row: the earliest of each stage, the latest end, else what the newest row that says it says.

    A unit that was sent once more after it had cleared has not cleared.
    """
    if len(rows) == 1:
        return dict(rows[0])
    ordered = sorted(rows, key=_newest_first, reverse=True)
    one: Value = {}
    for row in ordered:
        for name, value in row.items():
            one[name] = _joined(name, one.get(name), value)
    if _sent_again(ordered):
        one["cleared_at"] = None
    return one


def contradicting(rows: Iterable[Value]) -> list[str]:
    """Ids of which two rows say different things of the same field; of its moments each may tell another."""
    groups = grouped(rows, "id")
    return [key for (key,), same in groups.items() if len(same) > 1 and _contradict(same)]


def _contradict(rows: Sequence[Value]) -> bool:
    said: Value = {}
    for row in rows:
        for name, value in row.items():
            if value in (None, "") or name in EARLIEST_OF or name in LATEST_OF:
                continue
            if said.setdefault(name, value) != value:
                return True
    return False


def _joined(name: str, mine: Any, other: Any) -> Any:
    if mine is None or other is None:
        return other if mine is None else mine
    if name in EARLIEST_OF:
        return min(mine, other)
    if name in LATEST_OF:
        return max(mine, other)
    if name == "observed":
        return tuple(sorted({*mine, *other}))
    return mine if mine != "" else other


def _sent_again(rows: Sequence[Value]) -> bool:
    cleared = max((row["cleared_at"] for row in rows if row.get("cleared_at")), default=None)
    if cleared is None:
        return False
    return any(not row.get("cleared_at") and (row.get("assigned_at") or FIRST) >= cleared for row in rows)


def _newest_first(row: Value) -> tuple[datetime, str]:
    return row.get("updated_at") or FIRST, repr(sorted(row.items()))
