"""The JSON value of a reply, read tolerantly: one odd character must not keep a board of calls away."""

import json
import math
from typing import Any

import msgspec

from console.feeds.rows.mend import cleaned
from console.feeds.rows.reading import Unreadable

BOM = b"\xef\xbb\xbf"
NUL = b"\\u0000"
MAX_DIGITS = 18
"""An integer of more digits is kept as text: converting it may take for ever."""

TELL = "Tell those who run the server that its answers are damaged."


def document(body: bytes) -> Any:
    """The value in ``body``: a byte order mark is skipped, NaN and infinite numbers are null, NUL is dropped,
    and bytes that are no UTF-8 become replacement characters. Raises `Unreadable` for what is not whole JSON.
    """
    if NUL not in body:
        try:
            return msgspec.json.decode(body.removeprefix(BOM))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass  # strict JSON refuses the whole for one NaN in one row
    try:
        return _clean(_loaded(body.decode("utf-8-sig", errors="replace")))
    except RecursionError as error:
        raise Unreadable("malformed", "The answer is nested too deeply to be read.", TELL) from error
    except json.JSONDecodeError as error:
        where = f"{error.msg.lower()} at line {error.lineno}, column {error.colno}"
        raise Unreadable("malformed", f"The answer is not whole JSON: {where}.", TELL) from error


def _loaded(text: str) -> Any:
    return json.loads(text, strict=False, parse_constant=_nothing, parse_int=_integer, parse_float=_finite)


def _nothing(_name: str) -> None:
    return None


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= MAX_DIGITS else text


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


def _clean(value: Any) -> Any:
    match value:
        case str():
            return cleaned(value)
        case list():
            return [_clean(item) for item in value]
        case dict():
            return {cleaned(name): _clean(item) for name, item in value.items()}
        case _:
            return value
