"""When which subject has to be looked at again: a persistent calendar, cheap to change and to ask for the next."""

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

MINUTE_S = 60

Seconds = dict[str, int]


class Agenda(Struct, frozen=True):
    """Subjects with the whole second (UTC, since 1970) of their next look, grouped by its minute.

    A change copies the list of minutes and those minutes that it touches, whatever the number of subjects. A subject
    stands at most once in each minute, with its earliest second there: a look too many finds nothing.
    ``next`` is the earliest second of all, 0 where there is none.
    """

    minutes: dict[int, Seconds] = {}
    next: int = 0

    @property
    def next_at(self) -> datetime | None:
        """The earliest look; ``None`` where nothing is planned."""
        return datetime.fromtimestamp(self.next, UTC) if self.next else None

    def planned(self, looks: Iterable[tuple[str, datetime]]) -> "Agenda":
        """With further looks, each at the first whole second that is not before its moment."""
        minutes, copied, soonest = self.minutes, set[int](), self.next
        for subject, moment in looks:
            second = up(moment)
            minute = second // MINUTE_S
            if second >= minutes.get(minute, _NOTHING).get(subject, second + 1):
                continue
            if not copied:
                minutes = dict(minutes)
            if minute not in copied:
                copied.add(minute)
                minutes[minute] = dict(minutes.get(minute, _NOTHING))
            minutes[minute][subject] = second
            soonest = min(soonest or second, second)
        return Agenda(minutes, soonest) if copied else self

    def due(self, at: datetime) -> tuple[set[str], "Agenda"]:
        """The subjects that are due at the whole second ``at``, and what is left."""
        now, found = int(at.timestamp()), set[str]()
        if not self.next or self.next > now:
            return found, self
        minutes = dict(self.minutes)
        for minute in [key for key in minutes if key * MINUTE_S <= now]:
            seconds = minutes.pop(minute)
            later = {subject: second for subject, second in seconds.items() if second > now}
            found.update(seconds.keys() - later.keys())
            if later:
                minutes[minute] = later
        return found, Agenda(minutes, min(minutes[min(minutes)].values()) if minutes else 0)


_NOTHING: Seconds = {}


def up(moment: datetime) -> int:
    """The first whole second that is not before ``moment``."""
    return int(moment.timestamp()) + (moment.microsecond > 0)
