"""Plain values out of other people's JSON: text, lists and moments, without raising."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.feeds.rows.reading import Unreadable


def foreign(what: str) -> Unreadable:
    """What to raise for a document in another form than that of ``what``."""
    detail = f"The answer is JSON, but not in the form of {what}."
    return Unreadable("malformed", detail, "Check the address and the kind of the source.")


def zone(name: str) -> ZoneInfo | None:
    """The time zone called ``name``; none where it is empty. Raises `ValueError` for one that there is not."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no such time zone: {name!r}; write one as America/Denver") from error


def moment(value: Any, zone: ZoneInfo | None = None) -> Any:
    """``value`` as a moment; as it is where it tells none, so that it is counted rather than lost.

    A stamp without a zone is one of ``zone``. In the hour that a clock passes twice it is the earlier.
    """
    if not isinstance(value, str):
        return value
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return value
    return found.replace(tzinfo=zone) if found.tzinfo is None and zone else found


def listed(value: Any) -> list[Any]:
    """``value`` as a list: APIs leave the brackets out where there is one thing, the key where there is none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def words(value: Any) -> str:
    """``value`` as text: empty unless it is text or a number."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
