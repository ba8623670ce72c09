"""Reads one field of a record: looks it up, and makes of it what the board holds there."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from console.feeds.adapters.mapped.names import ANSWERS, COUNTS, GEO, IDS, LISTS, MOMENTS, NUMBERS, words
from console.feeds.adapters.mapped.paths import Look, path
from console.feeds.adapters.mapped.schema import Codes, Field
from console.feeds.adapters.mapped.times import Unfit, reader

Change = Callable[[Any], Any]
NOTHING = frozenset({"null", "None", "undefined"})
"""What `to_string` and careless servers make of an id that there is none of."""

YES = frozenset({"1", "true", "yes", "y", "t"})
NO = frozenset({"0", "false", "no", "n", "f"})
OTHER = "*"
SHORT = 40


class UnknownCode(Exception):
    """A code that the mapping does not name."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code[:SHORT]


def looked(field: Field) -> Look:
    """What looks the field up. Raises `ValueError` for a path that cannot be read."""
    if field.const is not None:
        const = field.const
        return lambda _value: const
    return path(field.path)


def changed(kind: str, name: str, field: Field, codes: Mapping[str, Codes], zone: ZoneInfo | None) -> Change:
    """What makes the field's value of a raw one. It raises `Unfit` and `UnknownCode`.

    ``codes`` are the mapping's value maps; a ``time`` has been put into ``field`` for every moment.
    """
    known = words(kind, name)
    if field.map or known is not None:
        return _coded(codes[field.map] if field.map else {word: word for word in known or ()}, known, name)
    if name == GEO:
        return _PLACES[field.as_]
    if name in MOMENTS:
        return reader(field.time, zone)
    if field.join is not None:
        return _lines(field.join)
    return _plain(name)


def _plain(name: str) -> Change:
    if name in IDS:
        return key
    for names, change in ((NUMBERS, number), (COUNTS, count), (ANSWERS, answer), (LISTS, texts)):
        if name in names:
            return change
    return text


def _coded(codes: Codes, known: frozenset[str] | None, name: str) -> Change:
    exact = dict(codes)
    folded = {code.casefold(): value for code, value in codes.items()}
    strict = known is not None or name in COUNTS or name in ANSWERS

    def change(value: Any) -> Any:
        found = exact.get(value) if value.__class__ is str else None
        if found is not None:
            return found
        code = text(value)
        if code is None:
            return None
        found = exact.get(code, folded.get(code.casefold(), exact.get(OTHER)))
        if found is not None:
            return found
        if strict:
            raise UnknownCode(code)
        return code

    return change


def key(value: Any) -> str | None:
    """An id as text; a truth value, a fraction or the word "null" is none."""
    if isinstance(value, str):
        return None if value in NOTHING else value.strip() or None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unfit
    return str(value)


def text(value: Any) -> str | None:
    """A value as text."""
    match value:
        case str():
            return value.strip() or None
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case int() | float():
            return str(value)
        case _:
            raise Unfit


def number(value: Any) -> float:
    """A number, also one that was written as text."""
    if value.__class__ is float and isfinite(value):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unfit
    try:
        found = float(value)
    except (ValueError, OverflowError) as error:
        raise Unfit from error
    if not isfinite(found):
        raise Unfit
    return found


def count(value: Any) -> int:
    """A whole number."""
    if value.__class__ is int:
        return value
    found = number(value)
    if not found.is_integer():
        raise Unfit
    return int(found)


def answer(value: Any) -> bool:
    """Yes or no."""
    word = (text(value) or "").casefold()
    if word not in YES and word not in NO:
        raise Unfit
    return word in YES


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts; one text is cut at its commas."""
    found = value.split(",") if isinstance(value, str) else value
    if not isinstance(found, list):
        raise Unfit
    return tuple(word for item in found if item is not None and (word := text(item)))


def _lines(between: str) -> Change:
    def change(value: Any) -> str:
        return between.join(texts(value) if isinstance(value, list) else (text(value) or "",))

    return change


def _place(lat: Any, lon: Any) -> tuple[float, float] | None:
    found = number(lat), number(lon)
    return None if found == (0.0, 0.0) else found


def _from_text(value: Any) -> tuple[float, float] | None:
    if not isinstance(value, str) or value.count(",") != 1:
        raise Unfit
    return _place(*value.split(","))


def _from_text_turned(value: Any) -> tuple[float, float] | None:
    if not isinstance(value, str) or value.count(",") != 1:
        raise Unfit
    return _place(*reversed(value.split(",")))


def _from_geojson(value: Any) -> tuple[float, float] | None:
    found = value.get("coordinates") if isinstance(value, dict) else None
    if found is None:
        return None
    if not isinstance(found, list) or len(found) < 2:
        raise Unfit
    return _place(found[1], found[0])


def _from_pair(value: Any) -> tuple[float, float] | None:
    if not isinstance(value, list) or len(value) != 2:
        raise Unfit
    return None if value == [None, None] else _place(*value)


_PLACES: dict[str, Change] = {
    "lat,lon": _from_text,
    "lon,lat": _from_text_turned,
    "geojson": _from_geojson,
    "pair": _from_pair,
}
