"""Which shift a moment belongs to: the one that the agency tells of, else its calendar day."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from console.domain.entities import Agency

LONGEST = timedelta(hours=24)
"""Before the first recorded moment, up to which a shift counts as begun when the agency says so."""


class Turn(Struct, frozen=True):
    """A shift as a board tells of it. ``until`` is the end of a calendar day; the agency's own shift has none:
    it lasts until the agency tells of another. ``told``: the agency is known.
    """

    agency: str
    name: str
    timezone: str
    since: datetime
    until: datetime | None
    told: bool

    @property
    def slug(self) -> str:
        """What the shift is called for short: the local date of its start and its name, or its start's time."""
        local = self.since.astimezone(zone(self.timezone))
        name = _plain(self.name) or ("" if self.until else f"{local:%H%M}")
        return f"{local:%Y-%m-%d}-{name}" if name else f"{local:%Y-%m-%d}"


def turn(agency: Agency | None, now: datetime) -> Turn:
    """The shift that ``now`` belongs to."""
    if agency is not None and agency.shift_from is not None:
        return Turn(agency.name, agency.shift, agency.timezone, agency.shift_from, None, told=True)
    name, called = (agency.name, agency.timezone) if agency else ("", "UTC")
    place = zone(called)
    day = now.astimezone(place).date()
    since, until = (_midnight(day + timedelta(days=more), place) for more in (0, 1))
    return Turn(name, agency.shift if agency else "", called, since, until, told=agency is not None)


def zone(name: str) -> tzinfo:
    """The time zone called ``name``; UTC where it is unknown here."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def clock(moment: datetime, agency: Agency | None) -> str:
    """The time of day as the agency's people read it; in UTC, and said so, where they are unknown."""
    if agency is None:
        return f"{moment:%H:%M} UTC"
    return f"{moment.astimezone(zone(agency.timezone)):%H:%M}"


def _midnight(day: date, place: tzinfo) -> datetime:
    return datetime.combine(day, time(), place).astimezone(UTC)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40].strip("-")
