"""How long shifts are kept and how much room they may take, as people write it."""

import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

_HOUR, _DAY = 3_600, 86_400
_SECONDS: Mapping[str, int] = MappingProxyType(
    {"h": _HOUR, "hour": _HOUR, "d": _DAY, "day": _DAY, "w": 7 * _DAY, "week": 7 * _DAY, "year": 365 * _DAY}
)
_BYTES: Mapping[str, int] = MappingProxyType(
    {"mb": 10**6, "gb": 10**9, "tb": 10**12, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40}
)
_AMOUNT = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*([A-Za-z]+)")
_OFF = frozenset({"", "off", "forever"})

LEAST = timedelta(hours=1)
LEAST_ROOM = 10**7
"""Less than an hour, or than this many bytes, and the shift of which somebody asks is gone already."""


def age(text: str) -> timedelta | None:
    """For how long, of ``90 days``, ``12 h`` or ``2 weeks``; ``None`` for ``off``. Raises `ValueError`."""
    seconds = _amount(text, _SECONDS, "90 days, 12 h or off")
    if seconds is None:
        return None
    if seconds < LEAST.total_seconds():
        raise ValueError(f"{text!r} is too short: shifts are kept for an hour at least; write 12 h, or off")
    if seconds > 1_000 * _SECONDS["year"]:
        raise ValueError(f"{text!r} is longer than any archive lasts: write off to keep everything")
    return timedelta(seconds=seconds)


def room(text: str) -> int | None:
    """How many bytes, of ``20 GB`` or ``500 MB``; ``None`` for ``off``. Raises `ValueError`."""
    size = _amount(text, _BYTES, "20 GB, 500 MB or off")
    if size is not None and size < LEAST_ROOM:
        raise ValueError(f"{text!r} is too little for a single shift: write 500 MB or more, or off")
    return None if size is None else int(size)


def _amount(text: str, units: Mapping[str, int], examples: str) -> float | None:
    plain = text.strip().lower()
    if plain in _OFF:
        return None
    found = _AMOUNT.fullmatch(plain)
    unit = found[2] if found else ""
    size = units.get(unit) or units.get(unit.removesuffix("s"))
    if found is None or size is None:
        raise ValueError(f"{text!r} cannot be read: write {examples}")
    return float(found[1]) * size
