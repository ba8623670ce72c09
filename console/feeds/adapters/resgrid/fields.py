"""One field of a Resgrid row, whatever JSON type this version of the server writes it as."""

import math
from collections.abc import Mapping
from typing import Any

Raw = Mapping[str, Any]


def text(row: Raw, name: str) -> str:
    """The field as text; empty where there is none."""
    value = row.get(name)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def whole(row: Raw, name: str) -> int | None:
    """The field as a whole number."""
    try:
        return int(text(row, name)[:20])
    except ValueError:
        return None


def number(row: Raw, name: str) -> float | None:
    """The field as a finite number."""
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def rows(row: Raw, name: str) -> list[Raw]:
    """The field as a list of objects."""
    value = row.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def place(lat: float | None, lon: float | None) -> dict[str, float]:
    """Both coordinates, or neither: Resgrid writes 0, 0 for a place it does not know."""
    return {} if lat is None or lon is None or not (lat or lon) else {"lat": lat, "lon": lon}


def located(value: str) -> dict[str, float]:
    """The place in a text like ``39.7,-104.9``."""
    lat, _, lon = value.partition(",")
    return place(number({"": lat}, ""), number({"": lon}, ""))
