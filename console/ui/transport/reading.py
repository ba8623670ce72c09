"""Reads where somebody wants to go: ``07:42``, ``7:42:10``, ``+90``, ``-5m``, ``2018-01-19 18:00``."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from console.session.transport import Span

EXAMPLES = "07:42, 7:42:10, +90 (seconds), -5m, +1h, 2018-01-19 18:00"

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[ T]+(.+)")
_SHIFTED = re.compile(r"([+\-−])\s*(\d{1,6})\s*(s|sec|m|min|h)?", re.IGNORECASE)
_UNITS = {"s": 1, "m": 60, "h": 3_600}


class Unclear(ValueError):
    """What was typed names no moment of the shift; the message says why and what would."""


def moment(text: str, now: datetime, span: Span, zone: tzinfo) -> datetime:
    """The moment that ``text`` names, as the clocks of ``zone`` showed it; raises `Unclear`.

    A time without a date is the one nearest to ``now`` within the shift.
    """
    text = " ".join(text.split())
    if found := _SHIFTED.fullmatch(text):
        sign, count, unit = found.groups()
        seconds = int(count) * _UNITS[(unit or "s")[0].lower()]
        return _inside(now + timedelta(seconds=seconds if sign == "+" else -seconds), span, zone)
    if found := _DATED.fullmatch(text):
        year, month, day, clock = found.groups()
        return _dated((int(year), int(month), int(day)), _clock(clock), span, zone)
    hour, minute, second = _clock(text)
    days = _days(span, zone)
    told = [one for day in days for one in _local(day, (hour, minute, second), zone) if _within(one, span)]
    if not told:
        raise Unclear(f"{text} is not in this shift: {_told(span, zone)}.")
    return min(told, key=lambda one: abs(one - now))


def _dated(date: tuple[int, int, int], clock: tuple[int, int, int], span: Span, zone: tzinfo) -> datetime:
    try:
        day = datetime(*date, tzinfo=UTC)
    except ValueError as error:
        raise Unclear(f"There is no such day. Type for example {EXAMPLES}.") from error
    told = list(_local(day, clock, zone))
    if not told:
        raise Unclear("The clocks were set forward over that time: there was no such moment.")
    return next((one for one in told if _within(one, span)), None) or _inside(told[0], span, zone)


def _clock(text: str) -> tuple[int, int, int]:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise Unclear(f"That is no time. Type for example {EXAMPLES}.")
    hour, minute, second = (int(part or 0) for part in found.groups())
    if hour > 23 or minute > 59 or second > 59:
        raise Unclear(f"{text} is no time of day: hours go to 23, minutes and seconds to 59.")
    return hour, minute, second


def _local(day: datetime, clock: tuple[int, int, int], zone: tzinfo) -> Iterator[datetime]:
    """The moments at which the clocks of ``zone`` showed ``clock`` that day: two where they were set back."""
    hour, minute, second = clock
    seen = set()
    for fold in (0, 1):
        local = datetime(day.year, day.month, day.day, hour, minute, second, fold=fold, tzinfo=zone)
        try:
            told = local.astimezone(UTC)
        except OverflowError:  # the first and the last day of the calendar
            continue
        if told not in seen and told.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            seen.add(told)
            yield told


def _days(span: Span, zone: tzinfo) -> list[datetime]:
    first, last = span.since.astimezone(zone), span.until.astimezone(zone)
    return [first + timedelta(days=n) for n in range((last.date() - first.date()).days + 1)]


def _within(moment: datetime, span: Span) -> bool:
    """Whether the shift knows that moment; to the second, as people type it."""
    return span.since - timedelta(seconds=1) < moment <= span.until


def _inside(moment: datetime, span: Span, zone: tzinfo) -> datetime:
    if not _within(moment, span):
        raise Unclear(f"{_text(moment, zone)} is not in this shift: {_told(span, zone)}.")
    return max(moment, span.since)


def _told(span: Span, zone: tzinfo) -> str:
    return f"it goes from {_text(span.since, zone)} to {_text(span.until, zone)}"


def _text(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"
