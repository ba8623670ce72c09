"""The four ways in which Resgrid writes a moment, and the department's time zone, which it does not tell."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from console.feeds.adapters.resgrid.fields import Raw, text
from console.feeds.rows.flaws import BAD_FIELD, Flaw

NONE_BEFORE = 1900
"""The server writes the year 1 for "never"."""

NONE_AFTER = 9000

QUARTER = timedelta(minutes=15)
FARTHEST = timedelta(hours=15)


class Times:
    """Reads the moments of one round; ``zone`` is the department's, where it is known."""

    def __init__(self, zone: tzinfo | None) -> None:
        self.zone = zone
        self.flaws: list[Flaw] = []

    def utc(self, row: Raw, name: str, key: str = "") -> datetime | None:
        """A moment that means UTC where it names no zone; ``key`` is its row's id."""
        found = self._read(row, name, key)
        return None if found is None else _aware(found, UTC)

    def either(self, row: Raw, utc: str, local: str, key: str = "") -> datetime | None:
        """The moment under ``utc``, else the one that is written as the department's wall shows it."""
        found = self.utc(row, utc, key)
        if found is not None:
            return found
        wall = self._read(row, local, key)
        if wall is None:
            return None
        if wall.tzinfo is None and self.zone is None:
            self.flaws.append(Flaw(key, BAD_FIELD, f"{local} without a time zone"))
            return None
        return _aware(wall, self.zone or UTC)

    def _read(self, row: Raw, name: str, key: str) -> datetime | None:
        written = text(row, name)
        if not written:
            return None
        found = moment(written)
        if found is None:
            self.flaws.append(Flaw(key, BAD_FIELD, name))
            return None
        return found if found.year >= NONE_BEFORE else None


def moment(written: str) -> datetime | None:
    """The moment as it is written, with or without a zone; ``None`` where it is none."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.year <= NONE_AFTER else None


def configured(name: str) -> tzinfo | None:
    """The zone that the configuration names. Raises `ValueError`, with what to do, where there is none such."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"no such time zone: {name!r}; write one like America/Denver") from error


def inferred(calls: Iterable[Raw]) -> tzinfo | None:
    """The department's offset, from the newest call that is stamped both ways."""
    stamped = (_both(call) for call in calls)
    found = max((both for both in stamped if both is not None), default=None)
    return None if found is None else timezone(found[1])


def _both(call: Raw) -> tuple[datetime, timedelta] | None:
    wall, utc = moment(text(call, "LoggedOn")), moment(text(call, "LoggedOnUtc"))
    if wall is None or utc is None or wall.tzinfo is not None or min(wall.year, utc.year) < NONE_BEFORE:
        return None
    utc = _aware(utc, UTC)
    offset = QUARTER * round((wall.replace(tzinfo=UTC) - utc) / QUARTER)
    return (utc, offset) if abs(offset) <= FARTHEST else None


def _aware(found: datetime, zone: tzinfo) -> datetime:
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
