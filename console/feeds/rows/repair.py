"""The slow path for a row that does not decode: keeps what can be kept, and says what could not.

The field that is wrong goes back to *unknown*; the row stays as long as it can be identified.
"""

import json
import math
import zlib
from functools import cache
from typing import Any

from msgspec import inspect as shapes
from msgspec.structs import replace

from console.domain.contract import Row
from console.domain.entities import Agency, Call, Position, Unit
from console.feeds.rows.flaws import BAD_FIELD, BAD_ROW, UNKNOWN_CODE, Flaw
from console.feeds.rows.mend import UNFIT, Mender, cleaned, shortened
from console.feeds.rows.places import PLOTTED, Place, judge
from console.feeds.rows.reading import Setting
from console.feeds.rows.taken import Marred

MAX_KEY = 256
MAX_LINE = 1_024
MAX_DIGITS = 18
"""An integer of more digits is kept as text, and so as a wrong type: converting it may take for ever."""


def tolerant(text: str) -> Any:
    """The JSON value of ``text``, where NaN and endless numbers are text instead of an end to everything.

    Raises `ValueError` and `RecursionError` where even that does not help.
    """
    return json.loads(text, parse_constant=str, parse_int=_integer)


def repaired(data: bytes, kind: type[Row], setting: Setting) -> Row | Marred:
    """The row in ``data`` with its bad fields made unknown, or what is wrong with it."""
    mender = Mender(setting.now)
    return _mended(_loaded(data, mender), kind, setting, mender, zlib.crc32(data))


def repaired_value(value: dict[str, Any], kind: type[Row], setting: Setting) -> Row | Marred:
    """The row in a decoded ``value`` with its bad fields made unknown, or what is wrong with it."""
    version = zlib.crc32(repr(value).encode(errors="replace"))
    return _mended(dict(value), kind, setting, Mender(setting.now), version)


def _mended(value: Any, kind: type[Row], setting: Setting, mender: Mender, version: int) -> Row | Marred:
    if not isinstance(value, dict):
        return _rejected("", "not an object", version)
    key = _key(value.get("unit" if kind is Position else "id"))
    if not key:
        return _rejected("", "id", version)
    if "lat" in kind.__struct_fields__:
        _place(value, setting, mender)
    row = mender.mend(value, _shape(kind), "")
    if row is UNFIT:
        return _rejected(key, mender.notes[0][1], version)
    if not mender.notes:
        return row  # type: ignore[no-any-return]  # built as `kind`
    return Marred(key, _with_raw_state(row, value, mender), _flaws(key, version, mender))


def agency(value: object, setting: Setting) -> Agency:
    """The agency in a decoded JSON value; what cannot be read of it is left unknown."""
    mended = Mender(setting.now).mend(value, _shape(Agency), "")
    if mended is UNFIT:
        return Agency()
    assert isinstance(mended, Agency)
    south, west, north, east = mended.bounds or (0.0, 0.0, 0.0, 0.0)
    return mended if south < north and west < east else replace(mended, bounds=None)


@cache
def _shape(kind: type[Any]) -> shapes.Type:
    return shapes.type_info(kind)


def _integer(text: str) -> int | str:
    return int(text) if len(text) <= MAX_DIGITS else text


def _loaded(data: bytes, mender: Mender) -> Any:
    text = data.decode("utf-8", errors="replace")
    if "\N{REPLACEMENT CHARACTER}" in text:
        mender.note(BAD_FIELD, "text encoding")
    try:
        return tolerant(text)
    except (ValueError, RecursionError):
        return None


def _key(value: object) -> str:
    """A usable id, or an empty string."""
    text = cleaned(value) if isinstance(value, str) else ""
    return text if len(text) <= MAX_KEY else ""


def _rejected(key: str, what: str, version: int) -> Marred:
    name = key or f"no id {version:08x}"
    return Marred(key, None, (Flaw(name, BAD_ROW, what, version, rejected=True),))


def _flaws(key: str, version: int, mender: Mender) -> tuple[Flaw, ...]:
    lasting = Place.SUSPECT.value  # a unit that works outside the area is told once, not with each fix
    return tuple(
        Flaw(key, kind, what, 0 if what == lasting else version) for kind, what in dict.fromkeys(mender.notes)
    )


def _with_raw_state(row: Row, value: dict[str, Any], mender: Mender) -> Row:
    """An unknown state keeps the text it came as."""
    if isinstance(row, Call | Unit) and not row.raw_state and (UNKNOWN_CODE, "state") in mender.notes:
        return replace(row, raw_state=shortened(cleaned(value["state"]), MAX_LINE))
    return row


def _place(value: dict[str, Any], setting: Setting, mender: Mender) -> None:
    """Take a place that cannot be true out of ``value``: the row stays, off the map."""
    lat, lon = value.get("lat"), value.get("lon")
    if lat is None and lon is None:
        return
    what = _verdict(lat, lon, setting)
    if what:
        mender.note(BAD_FIELD, what)
    if what not in {place.value for place in PLOTTED}:
        value["lat"] = value["lon"] = None


def _verdict(lat: object, lon: object, setting: Setting) -> str:
    if not _number(lat):
        return "lat"
    if not _number(lon):
        return "lon"
    assert isinstance(lat, int | float)
    assert isinstance(lon, int | float)
    return judge(lat, lon, setting.bounds).value


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
