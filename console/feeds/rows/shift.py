"""Rows whose source has a wrong clock, corrected: every moment moved by how far it is off."""

from datetime import datetime, timedelta
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import asdict, replace

from console.domain.contract import Row
from console.domain.entities import Call

S = TypeVar("S", bound=Struct)


def shifted(row: Row, by: timedelta) -> Row:
    """``row`` with ``by`` taken off each of its moments."""
    if not isinstance(row, Call):
        return _moved(row, by)
    parts = tuple(_moved(part, by) for part in row.assignments)
    return replace(_moved(row, by), stamps=_moved(row.stamps, by), assignments=parts)


def _moved(value: S, by: timedelta) -> S:
    moments = {name: moment - by for name, moment in asdict(value).items() if isinstance(moment, datetime)}
    return replace(value, **moments) if moments else value
