"""Moments as files write them, in UTC: local times of a zone, and times of day that roll over midnight."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EARLIEST, LATEST = 1970, 2200
"""Years between which a moment can be one."""

_MOST = 1_000_000
"""Hours that are remembered."""

_DAY = timedelta(days=1)
_HALF = timedelta(hours=12)
_WITHIN = re.compile(r":([0-5]\d):([0-5]\d)(?:\.0{1,6})?")


class Moments:
    """Reads the moments of one file. What an hour of a zone is in UTC is worked out once for each hour."""

    def __init__(self, formats: tuple[str, ...], zone: ZoneInfo) -> None:
        self._formats = formats
        self._zone = zone
        self._iso = formats[:1] == ("iso",)
        self._hours: dict[str, datetime] = {}
        self._within = dict(_usual()) if self._iso else {}
        self._strange: set[str] = set()

    def quick(self, texts: Sequence[str]) -> list[datetime | None] | None:
        """ISO local moments of hours that come once, in their order; ``None`` for any that take a closer look.

        To add what an hour and the rest of a text were found to be takes a third of the time of ``fromisoformat``
        and a conversion (measured).
        """
        hours, within = self._hours, self._within
        try:
            stamps = [hours[text[:13]] + within[text[13:]] if text else None for text in texts]
        except KeyError:
            return self.quick(texts) if self._iso and all(map(self._learned, texts)) else None
        latest = None
        for stamp in stamps:
            if stamp is not None:
                if latest is not None and stamp < latest:
                    return None
                latest = stamp
        return stamps

    def read(self, text: str, day: date | None) -> tuple[datetime, bool] | None:
        """The local moment, and whether it is a time of ``day`` that may belong to the next; ``None`` for none."""
        for form in self._formats:
            found = _parsed(text, form)
            if isinstance(found, time):
                return None if day is None else (datetime.combine(day, found), True)
            if found is not None and EARLIEST <= found.year <= LATEST:
                return found, False
        return None

    def following(self, naive: datetime, latest: datetime | None, *, rolls: bool) -> datetime:
        """The moment in UTC that comes after ``latest`` where it can.

        Of the two that a repeated hour offers it is the second if the first would step back. One that
        ``rolls`` and would step back by more than half a day is of the next day.
        """
        moment = self._following(naive, latest)
        while rolls and latest is not None and latest - moment > _HALF:
            naive += _DAY
            moment = self._following(naive, latest)
        return moment

    def _following(self, naive: datetime, latest: datetime | None) -> datetime:
        if naive.tzinfo is not None:
            return naive.astimezone(UTC)
        first = naive.replace(tzinfo=self._zone).astimezone(UTC)
        if latest is None or first >= latest:
            return first
        return naive.replace(tzinfo=self._zone, fold=1).astimezone(UTC)

    def _learned(self, text: str) -> bool:
        """Whether it is known by now what the hour and the rest of ``text`` are, or there is nothing to know."""
        hour, within = text[:13], text[13:]
        if not text or (hour in self._hours and within in self._within):
            return True
        if hour in self._strange or len(self._hours) + len(self._strange) > _MOST:
            return False
        start, clock = self._once(hour), _WITHIN.fullmatch(within)
        if start is None:
            self._strange.add(hour)
        if start is None or clock is None:
            return False
        self._hours[hour] = start
        self._within[within] = timedelta(minutes=int(clock[1]), seconds=int(clock[2]))
        return True

    def _once(self, hour: str) -> datetime | None:
        """The start of ``hour`` in UTC, where each of its minutes is one moment and no other."""
        try:
            naive = datetime.fromisoformat(f"{hour}:00")
        except ValueError:
            return None
        if naive.tzinfo is not None or not EARLIEST <= naive.year <= LATEST:
            return None
        ends = [naive, naive + timedelta(hours=1)]
        first, last = (end.replace(tzinfo=self._zone) for end in ends)
        again, after = (end.replace(tzinfo=self._zone, fold=1) for end in ends)
        if first.utcoffset() == last.utcoffset() == again.utcoffset() == after.utcoffset():
            return first.astimezone(UTC)
        return None


def _usual() -> Iterator[tuple[str, timedelta]]:
    """What most ISO moments end with: to look at each of them on its own took a tenth of reading (measured)."""
    tens = [f":{number:02}" for number in range(60)]
    for minute, minutes in enumerate(tens):
        for second, seconds in enumerate(tens):
            yield minutes + seconds, timedelta(0, 60 * minute + second)


def day_of(text: str, formats: tuple[str, ...]) -> date | None:
    """The day that ``text`` says; ``None`` for none."""
    for form in formats:
        found = _parsed(text, form)
        if isinstance(found, datetime) and EARLIEST <= found.year <= LATEST:
            return found.date()
    return None


def of_the_day(form: str) -> bool:
    """Whether a format says a time of day and no day."""
    return form != "iso" and not any(day in form for day in ("%d", "%j", "%x", "%c", "%D", "%F"))


def _parsed(text: str, form: str) -> datetime | time | None:
    try:
        if form == "iso":
            return (
                time.fromisoformat(text) if len(text) <= 8 and ":" in text else datetime.fromisoformat(text)
            )
        found = datetime.strptime(text, form)  # noqa: DTZ007  # local to the file's zone
    except ValueError:
        return None
    return found.time() if of_the_day(form) else found
