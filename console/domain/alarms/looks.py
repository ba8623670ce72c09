"""When each subject is next looked at: exactly one moment for each, and a change costs what it touches."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from msgspec import Struct

MINUTE_S = 60


class Looks(Struct, frozen=True):
    """Subjects with the whole second (UTC, since 1970) of their next look, and by minute and second who is due then.

    Neither goes by how a subject came to its moment, so that boards that know the same also look at the same.
    ``next`` is the earliest second of all, 0 where there is none. Dictionaries are copied with ``copy``: it is five
    times as fast as ``dict`` for one from which something was taken out (measured).
    """

    seconds: dict[str, int] = {}
    minutes: dict[int, dict[int, frozenset[str]]] = {}
    next: int = 0

    @property
    def next_at(self) -> datetime | None:
        """The earliest look; ``None`` where nothing is planned."""
        return datetime.fromtimestamp(self.next, UTC) if self.next else None

    def moved(self, moves: Mapping[str, int]) -> "Looks":
        """With another next second for these subjects; 0 for those that need not be looked at any more."""
        held = self.seconds
        real = {subject: second for subject, second in moves.items() if held.get(subject, 0) != second}
        if not real:
            return self
        seconds = held.copy()
        out, come = dict[int, list[str]](), dict[int, list[str]]()
        for subject, second in real.items():
            if was := seconds.pop(subject, 0):
                out.setdefault(was, []).append(subject)
            if second:
                seconds[subject] = second
                come.setdefault(second, []).append(subject)
        minutes = _rearranged(self.minutes, out, come)
        return Looks(seconds, minutes, min(minutes[min(minutes)]) if minutes else 0)

    def due(self, now: int) -> Iterator[frozenset[str]]:
        """Those that are due at the whole second ``now``, second by second, the longest due first."""
        if not self.next or self.next > now:
            return
        for minute in sorted(key for key in self.minutes if key * MINUTE_S <= now):
            there = self.minutes[minute]
            yield from (there[second] for second in sorted(there) if second <= now)


def up(moment: datetime) -> int:
    """The first whole second that is not before ``moment``."""
    return int(moment.timestamp()) + (moment.microsecond > 0)


_NOBODY = frozenset[str]()


def _rearranged(
    held: dict[int, dict[int, frozenset[str]]], out: dict[int, list[str]], come: dict[int, list[str]]
) -> dict[int, dict[int, frozenset[str]]]:
    minutes, copied = held.copy(), dict[int, dict[int, frozenset[str]]]()
    for second in {**out, **come}:
        minute = second // MINUTE_S
        if minute not in copied:
            copied[minute] = minutes.get(minute, {}).copy()
        there = copied[minute]
        left = there.get(second, _NOBODY).difference(out.get(second, ())).union(come.get(second, ()))
        if left:
            there[second] = left
        else:
            there.pop(second, None)
    for minute, there in copied.items():
        if there:
            minutes[minute] = there
        else:
            minutes.pop(minute, None)
    return minutes
