"""What a row's values may be: those of a damaged one are of any type, and any number."""

from typing import Any, NoReturn

from sqlalchemy import Boolean, Column, ColumnElement, type_coerce
from sqlalchemy.types import NullType

from console.archive.store.errors import Damaged

FAR = 7_258_118_400_000_000
"""The year 2200 in microseconds from 1970."""

IMPOSSIBLE = (
    "what stands in the archive is impossible, so it is damaged: keep a copy of it, and restore a backup or try "
    "`shifts --rescue NEW.db`"
)

TIMES = frozenset({"since", "until", "at", "began", "ended", "beat", "made_at", "held_at"})
"""The columns that hold times."""


def refuse_impossible() -> NoReturn:
    """Raises `Damaged`."""
    raise Damaged(IMPOSSIBLE)


def whole(number: object) -> int:
    """``number``, of whatever type a damaged row gave it. Raises `Damaged` where it is none."""
    return number if isinstance(number, int) else refuse_impossible()


def words(text: object) -> str:
    """``text``, of whatever type a damaged row gave it. Raises `Damaged` where it is none."""
    return text if isinstance(text, str) else refuse_impossible()


def raw(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column as the database gives it: of a damaged row it may be of any type."""
    return type_coerce(column, NullType()).label(column.name)


def fits(column: Column[Any], value: object) -> bool:
    """Whether a value that was read `raw` is one that is ever written there."""
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, Boolean):
        return value in {0, 1}
    return type(value) is column.type.python_type and (
        column.name not in TIMES or (isinstance(value, int) and 0 <= value < FAR)
    )
