"""Moments as files write them, in UTC: local times of a zone, and times of day that roll over midnight."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EARLIEST, LATEST = 1970, 2200
"""Years between which a moment can be one."""

_DAY = timedelta(days=1)
_HALF = timedelta(hours=12)
_WITHIN = re.compile(r":([0-5]\d):([0-5]\d)(?:\.0{1,6})?")


class Moments:
    """Reads the moments of one file. What an hour of a zone is in UTC is worked out once for each hour."""

    def __init__(self, formats: tuple[str, ...], zone: ZoneInfo) -> None:
        self._formats = formats
        self._zone = zone
        self._iso = formats[:1] == ("iso",)
        self.hours: dict[str, datetime | None] = {}
        self.within: dict[str, timedelta | None] = {}

    def quick(self, text: str) -> datetime | None:
        """An ISO local moment of an hour that comes once; ``None`` for anything that takes a closer look.

        What is learned goes to ``hours`` and ``within``, where a reader in a hurry looks first: to add the two
        takes a third of the time of ``fromisoformat`` and a conversion (measured).
        """
        if not self._iso:
            return None
        hour, within = self._learned(text[:13], text[13:])
        return None if hour is None or within is None else hour + within

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

    def _learned(self, hour: str, within: str) -> tuple[datetime | None, timedelta | None]:
        if hour not in self.hours and len(self.hours) < 1_000_000:
            self.hours[hour] = self._once(hour)
        if within not in self.within and len(self.within) < 10_000:
            clock = _WITHIN.fullmatch(within)
            self.within[within] = clock and timedelta(minutes=int(clock[1]), seconds=int(clock[2]))
        return self.hours.get(hour), self.within.get(within)

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
