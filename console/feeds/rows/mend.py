"""Mends a decoded JSON value field by field after a type: what does not fit is noted and left out.

Only rows that fail the fast path come here, so this may cost a hundred times as much as that.
"""

import hashlib
import math
import re
from datetime import UTC, datetime
from enum import Enum, StrEnum, auto
from typing import Any

import msgspec
from msgspec import inspect as shapes

from console.feeds.rows.fitness import EARLIEST, latest
from console.feeds.rows.flaws import BAD_FIELD, UNKNOWN_CODE

_SURROGATES = re.compile("[\ud800-\udfff]")


class Unfit(Enum):
    """Stands for a value of which nothing could be kept; apart from ``None``, which means unknown."""

    UNFIT = auto()


UNFIT = Unfit.UNFIT


def cleaned(text: str) -> str:
    """``text`` without what no widget, file or database should meet: NUL, halves of characters."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text.replace("\0", ""))


def mark(text: str) -> str:
    """What stands where ``text`` is cut: two long texts that differ only in their tails stay two texts."""
    digest = hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()
    return f" [truncated {digest[:8]}]"


def shortened(text: str, most: int) -> str:
    """``text`` of at most ``most`` characters, which ends in its mark where it is cut."""
    if len(text) <= most:
        return text
    end = mark(text)
    return text[: most - len(end)] + end


class Mender:
    """Mends the values of one row; ``notes`` are kinds and field paths, in the order they were met."""

    def __init__(self, now: datetime) -> None:
        self.notes: list[tuple[str, str]] = []
        self._now = now

    def note(self, kind: str, what: str) -> None:
        """Remember that ``what`` was not as it should be."""
        self.notes.append((kind, what))

    def mend(self, value: Any, wanted: shapes.Type, what: str) -> Any:
        """``value`` as the type ``wanted`` has it, or `UNFIT`; whatever was lost is noted."""
        noted = len(self.notes)
        mended = self._fitted(value, wanted, what)
        if mended is UNFIT and len(self.notes) == noted:
            self.note(BAD_FIELD, what)
        return mended

    def _fitted(self, value: Any, wanted: shapes.Type, what: str) -> Any:
        match wanted:
            case shapes.UnionType(types=types):
                return None if value is None else self._optional(value, types, what)
            case shapes.StructType() if isinstance(value, dict):
                return self._object(value, wanted, what)
            case shapes.VarTupleType(item_type=item) if isinstance(value, list | tuple):
                parts = [self.mend(part, item, what) for part in value]
                return tuple(part for part in parts if part is not UNFIT)
            case shapes.TupleType(item_types=items) if isinstance(value, list) and len(value) == len(items):
                parts = [self._fitted(part, item, what) for part, item in zip(value, items, strict=True)]
                return UNFIT if UNFIT in parts else tuple(parts)
            case shapes.StrType() if isinstance(value, str):
                return self._text(value, wanted, what)
            case shapes.EnumType(cls=codes) if isinstance(value, str):
                return self._code(value, codes, what)
            case shapes.DateTimeType() if isinstance(value, str | datetime):
                return self._moment(value, what)
            case _:
                return _plain(value, wanted)

    def _optional(self, value: Any, types: tuple[shapes.Type, ...], what: str) -> Any:
        wanted = next(one for one in types if not isinstance(one, shapes.NoneType))
        mended = self._fitted(value, wanted, what)
        if isinstance(wanted, shapes.EnumType) and mended is not UNFIT and mended != value:
            return None  # where nothing can be said, an unknown code says nothing
        return mended

    def _object(self, value: dict[str, Any], wanted: shapes.StructType, what: str) -> Any:
        fields = {}
        for field in wanted.fields:
            path = f"{what}.{field.name}" if what else field.name
            present = field.encode_name in value or field.required
            mended = self.mend(value.get(field.encode_name), field.type, path) if present else UNFIT
            if mended is not UNFIT:
                fields[field.name] = mended
            elif field.required:
                return UNFIT
        return wanted.cls(**fields)

    def _text(self, value: str, wanted: shapes.StrType, what: str) -> str | Unfit:
        text = cleaned(value)
        if text != value:
            self.note(BAD_FIELD, what)
        if len(text) < (wanted.min_length or 0):
            return UNFIT
        if wanted.max_length is None or len(text) <= wanted.max_length:
            return text
        if wanted.min_length:
            return UNFIT  # a key cut short might be another row's
        self.note(BAD_FIELD, what)
        return shortened(text, wanted.max_length)

    def _code(self, value: str, codes: type[Enum], what: str) -> Any:
        assert issubclass(codes, StrEnum)
        if value in codes.__members__.values():
            return codes(value)
        self.note(UNKNOWN_CODE, what)
        members = codes.__members__
        return members.get("UNKNOWN") or members.get("OTHER")

    def _moment(self, value: str | datetime, what: str) -> datetime | Unfit:
        try:
            moment = msgspec.convert(value, datetime)
        except msgspec.ValidationError:
            return UNFIT
        if moment.tzinfo is None or moment < EARLIEST:
            return UNFIT
        if moment <= latest(what.rpartition(".")[2], self._now):
            return moment.astimezone(UTC)
        if what == "at":
            self.note(BAD_FIELD, what)
            return self._now  # a fix from the future was taken no later than it came
        return UNFIT


def _plain(value: Any, wanted: shapes.Type) -> Any:
    match wanted:
        case shapes.BoolType() if isinstance(value, bool):
            return value
        case shapes.IntType() if isinstance(value, int) and not isinstance(value, bool):
            return value
        case shapes.FloatType(ge=low, le=high) if isinstance(value, int | float) and math.isfinite(value):
            in_range = (low is None or value >= low) and (high is None or value <= high)
            return float(value) if in_range and not isinstance(value, bool) else UNFIT
        case _:
            return UNFIT
