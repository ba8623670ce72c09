"""How many rows of one feed the board takes, and which where its source has more."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from console.domain.contract import Row
from console.domain.entities import Call, Position

MOST = 20_000
"""Ten times the largest city's board (RELIABILITY section 1.1); a screen of more rows would answer nobody."""

MORE = "more rows than are shown"

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def beyond(rows: Mapping[str, Row], staying: Collection[str], most: int) -> list[str]:
    """The ids among ``rows`` that find no room beside those ``staying``, which are never put out for others.

    Calls that are open come in first, then the newest rows; the order in which they came plays no part.
    """
    if len(staying) + len(rows) <= most:
        return []
    fresh = [key for key in rows if key not in staying]
    excess = min(len(fresh), len(staying) + len(fresh) - most)
    if excess <= 0:
        return []
    return sorted(fresh, key=lambda key: _rank(rows[key], key))[:excess]


def _rank(row: Row, key: str) -> tuple[bool, datetime, str]:
    match row:
        case Call():
            return row.open, row.updated_at or row.stamps.created_at or LONG_AGO, key
        case Position():
            return True, row.at, key
        case _:
            return True, row.updated_at or LONG_AGO, key
