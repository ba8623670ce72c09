"""Pages some of whose rows are bad, each in one of the ways that real dispatch systems have been bad in."""

import json
import math
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

RowObject = dict[str, Any]

LONG = 10 * 1024 * 1024
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>`${7*7}`"
_ONE_IN = 3
_TEXTS = {
    "number", "nature_text", "raw_state", "area", "address", "destination", "caller_name", "caller_phone", "narrative",
    "callsign", "kind", "home", "name", "case_manager", "outcome",
}  # fmt: skip
_CODES = ("state", "program", "origin", "police", "kind")


def _wrong_types(row: RowObject) -> None:
    row.update({"lat": str(row.get("lat", "39.7")), "priority": "two", "state": 7, "accepting": "yes"})


def _missing_id(row: RowObject) -> None:
    row.pop("id", None)
    row.pop("unit", None)


def _not_a_number(row: RowObject) -> None:
    row.update({"lat": math.nan, "beds_free": math.nan, "hours": math.inf})


def _unknown_codes(row: RowObject) -> None:
    row.update({name: "EN_ROUTE_2" for name in _CODES if name in row})


def _nowhere(row: RowObject) -> None:
    row.pop("lat", None)
    row.pop("lon", None)


def _swapped(row: RowObject) -> None:
    row["lat"], row["lon"] = row.get("lon"), row.get("lat")


def _zero(row: RowObject) -> None:
    row.update({"lat": 0.0, "lon": 0.0})


def _future(row: RowObject) -> None:
    _each_stamp(row, lambda text: (datetime.fromisoformat(text) + timedelta(hours=2)).isoformat())


def _year_9999(row: RowObject) -> None:
    _each_stamp(row, lambda _: "9999-12-31T23:59:59Z")


def _naive(row: RowObject) -> None:
    _each_stamp(row, lambda text: text.removesuffix("Z"))


def _long(row: RowObject) -> None:
    row["narrative" if "nature" in row else "name"] = "long " * (LONG // 5)


def _script(row: RowObject) -> None:
    row.update(dict.fromkeys(_TEXTS, SCRIPT))


def _vanished(row: RowObject) -> None:
    row.clear()


def _twice(row: RowObject) -> None:
    """The page holds the row again, with another word for its state."""


WAYS: dict[str, Callable[[RowObject], None]] = {
    "wrong_types": _wrong_types,
    "missing_id": _missing_id,
    "not_a_number": _not_a_number,
    "unknown_codes": _unknown_codes,
    "nowhere": _nowhere,
    "swapped": _swapped,
    "zero": _zero,
    "future": _future,
    "year_9999": _year_9999,
    "naive": _naive,
    "long": _long,
    "script": _script,
    "vanished": _vanished,
    "twice": _twice,
}
"""How a row can be bad: each changes one decoded row in place; an emptied row is left out of the page."""


def spoil(body: bytes, seed: int) -> bytes:
    """The page ``body`` with about a third of its rows bad; the same row is always bad in the same way."""
    page = json.loads(body)
    if "items" not in page:
        return body
    rows: list[RowObject] = []
    used: set[str] = set()
    for row in page["items"]:
        way = way_of(row.get("id") or row.get("unit") or "", seed)
        if way == "long" and way in used:
            way = ""
        used.add(way)
        rows.extend(_spoiled(row, way))
    return json.dumps({**page, "items": rows}).encode()


def way_of(key: str, seed: int) -> str:
    """How the row called ``key`` is bad; empty for a good one."""
    draw = zlib.crc32(f"{seed}:{key}".encode())
    return list(WAYS)[draw // _ONE_IN % len(WAYS)] if draw % _ONE_IN == 0 else ""


def _spoiled(row: RowObject, way: str) -> list[RowObject]:
    before = dict(row)
    if way:
        WAYS[way](row)
    if way == "twice":
        return [before, {**row, "raw_state": "AGAIN"}]
    return [row] if row else []


def _each_stamp(row: RowObject, change: Callable[[str], str]) -> None:
    for name, value in row.items():
        if isinstance(value, dict):
            _each_stamp(value, change)
        elif isinstance(value, list):
            for part in value:
                if isinstance(part, dict):
                    _each_stamp(part, change)
        elif isinstance(value, str) and (name.endswith("_at") or name in ("at", "since")):
            row[name] = change(value)
