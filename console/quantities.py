"""Lengths of time and amounts of room as people write them: ``90``, ``15m``, ``90 days``, ``20 GB``."""

import re
from datetime import timedelta
from types import MappingProxyType

_WRITTEN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*")

_SECONDS = MappingProxyType(
    {
        **dict.fromkeys(("", "s", "sec", "second", "seconds"), 1),
        **dict.fromkeys(("m", "min", "minute", "minutes"), 60),
        **dict.fromkeys(("h", "hour", "hours"), 3_600),
        **dict.fromkeys(("d", "day", "days"), 86_400),
        **dict.fromkeys(("w", "week", "weeks"), 604_800),
    }
)
_BYTES = MappingProxyType({"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12})
_MOST = timedelta(days=36_500)


def duration(text: str) -> timedelta:
    """The length of time that ``text`` says; a number alone is seconds. Raises `ValueError`."""
    found = _WRITTEN.fullmatch(text)
    seconds = float(found[1]) * _SECONDS.get(found[2].lower(), 0) if found else 0.0
    if not 0 < seconds <= _MOST.total_seconds():
        raise ValueError(f"{text!r} is no length of time: write it like 90s, 15m, 8h, 2d or 90 days")
    return timedelta(seconds=seconds)


def size(text: str) -> int:
    """The bytes that ``text`` says; its unit is part of it. Raises `ValueError`."""
    found = _WRITTEN.fullmatch(text)
    amount = float(found[1]) * _BYTES.get(found[2].lower(), 0) if found else 0.0
    if amount < 1:
        raise ValueError(f"{text!r} is no amount of room: write it like 500 MB, 20 GB or 1 TB")
    return int(amount)


def told(amount: int) -> str:
    """Bytes as people read them."""
    for unit in ("TB", "GB", "MB", "kB"):
        worth = _BYTES[unit.lower()]
        if amount >= worth:
            return f"{amount / worth:.1f} {unit}"
    return f"{amount} bytes"
