"""Durations and moments as a person reads them: never negative, in the agency's own time zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from console.domain.entities import Agency

NOTHING = "—"
"""What stands where a moment or a span is not known."""

_SECONDS_BELOW = timedelta(minutes=2)


def clock_text(span: timedelta | None) -> str:
    """A running clock: ``02:11``, ``12:41``, ``1 h 04``, ``2 d 03 h``."""
    if span is None:
        return NOTHING
    seconds = max(0, int(span.total_seconds()))
    if seconds < 3_600:
        return f"{seconds // 60:02}:{seconds % 60:02}"
    return _long(seconds)


def age_text(span: timedelta | None) -> str:
    """How long ago something was: ``45 s``, ``12 min``, ``1 h 04``; seconds only below two minutes."""
    if span is None:
        return NOTHING
    seconds = max(0, int(span.total_seconds()))
    if seconds < _SECONDS_BELOW.total_seconds():
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 3_600 else _long(seconds)


def interval_text(span: timedelta | None) -> str:
    """The step from one stamp to the next: ``+0:28``, ``+12:05``, ``+1 h 04``; one that went back says so."""
    if span is None:
        return ""
    seconds = int(span.total_seconds())
    if seconds < 0:
        return "out of order"
    return f"+{seconds // 60}:{seconds % 60:02}" if seconds < 3_600 else f"+{_long(seconds)}"


def _long(seconds: int) -> str:
    hours, minutes = seconds // 3_600, seconds % 3_600 // 60
    return f"{hours} h {minutes:02}" if hours < 48 else f"{hours // 24} d {hours % 24:02} h"


@dataclass(frozen=True, slots=True)
class Present:
    """The board's now, and the zone in which its moments are told.

    ``zone_known`` is false where the agency gave no usable zone: times are then UTC and say so.
    """

    at: datetime
    zone: tzinfo = UTC
    zone_known: bool = True

    def since(self, moment: datetime | None) -> timedelta | None:
        """How long ago ``moment`` was, zero where it lies ahead; ``None`` where it is not known."""
        return None if moment is None else max(timedelta(0), self.at - moment)

    def clock(self, moment: datetime | None) -> str:
        """The clock that started at ``moment``."""
        return clock_text(self.since(moment))

    def ago(self, moment: datetime | None) -> str:
        """The age of ``moment`` in words."""
        return age_text(self.since(moment))

    def time(self, moment: datetime | None) -> str:
        """``14:02``, with the day where it is another one and the zone where it is in doubt."""
        return self._told(moment, "%H:%M")

    def exact(self, moment: datetime | None) -> str:
        """``14:02:22``."""
        return self._told(moment, "%H:%M:%S")

    def both(self, moment: datetime | None) -> str:
        """Relative and absolute together: ``12 min · 14:02``."""
        return NOTHING if moment is None else f"{self.ago(moment)} · {self.time(moment)}"

    def day(self, moment: datetime) -> str:
        """``Thu 19 Nov 2026``."""
        local = self._local(moment)
        return f"{local:%a} {local.day} {local:%b %Y}"

    def _told(self, moment: datetime | None, form: str) -> str:
        if moment is None:
            return NOTHING
        local = self._local(moment)
        day = "" if local.date() == self._local(self.at).date() else f"{local:%b} {local.day} "
        doubt = f" {local:%Z}" if not self.zone_known or _told_twice(local) else ""
        return f"{day}{local.strftime(form)}{doubt}"

    def _local(self, moment: datetime) -> datetime:
        try:
            return moment.astimezone(self.zone)
        except OverflowError:  # the first and the last day of the calendar
            return moment


def _told_twice(local: datetime) -> bool:
    """Whether the clocks went back over this hour, so that its figures alone do not say which it was."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


UNSTARTED = Present(datetime.min.replace(tzinfo=UTC))
"""The present of a table that was not shown anything yet."""


def present(at: datetime, agency: Agency | None) -> Present:
    """The board's now in the agency's zone; UTC, marked as such, before or without a usable one."""
    return present_in(at, "" if agency is None else agency.timezone)


def present_in(at: datetime, timezone: str) -> Present:
    """``at`` in the zone of that name; UTC, marked as such, where there is none such."""
    zone = _zone(timezone) if timezone else None
    return Present(at, zone or UTC, zone is not None)


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not a zone, not a name, or the folder of several
        return None
