"""Rows as bytes: stamps moved by the served shift's whole seconds, then encoded."""

from datetime import timedelta
from functools import cache
from typing import TypeVar

import msgspec
from msgspec import Struct, inspect

S = TypeVar("S", bound=Struct)

encode = msgspec.json.Encoder().encode


def moved(value: S, by: timedelta) -> S:
    """``value`` with every moment in it moved by ``by``: its own, and those of the values it holds."""
    if not by:
        return value
    changes: dict[str, object] = {}
    for name in _moments(type(value)):
        moment = getattr(value, name)
        if moment is not None:
            changes[name] = moment + by
    for name in _holders(type(value)):
        held = getattr(value, name)
        if isinstance(held, tuple):
            changes[name] = tuple(moved(part, by) for part in held)
        elif held is not None:
            changes[name] = moved(held, by)
    return msgspec.structs.replace(value, **changes)


@cache
def _moments(kind: type[Struct]) -> tuple[str, ...]:
    """The fields of ``kind`` that are moments."""
    return _fields(kind, inspect.DateTimeType)


@cache
def _holders(kind: type[Struct]) -> tuple[str, ...]:
    """The fields of ``kind`` that hold further values."""
    return _fields(kind, inspect.StructType)


def _fields(kind: type[Struct], wanted: type[inspect.Type]) -> tuple[str, ...]:
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    return tuple(field.name for field in described.fields if _holds(field.type, wanted))


def _holds(kind: inspect.Type, wanted: type[inspect.Type]) -> bool:
    match kind:
        case inspect.UnionType():
            return any(_holds(part, wanted) for part in kind.types)
        case inspect.VarTupleType():
            return _holds(kind.item_type, wanted)
    return isinstance(kind, wanted)
