"""When a team is due a break: no source says so, but that it was out of service can be seen, while somebody looks.

Only what was seen counts: a team may have had its break before this console began, so no time before that does either.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from console.domain.entities import Unit
from console.domain.metrics import is_team
from console.domain.vocabulary import UnitState

AFTER: Final = timedelta(hours=5)
"""So long on shift without a break one is due."""

GAP: Final = timedelta(minutes=10)
"""Between two runs no break was missed that is shorter than any break."""

_RESTS = frozenset({UnitState.OUT_OF_SERVICE, UnitState.OFF_DUTY})


class Breaks(Struct, frozen=True):
    """``since`` is when teams were first seen, ``last`` when each was out of service the last time, or began to be."""

    since: datetime | None = None
    last: dict[str, datetime] = {}

    def moved(
        self, old: Mapping[str, Unit], new: Mapping[str, Unit], keys: Iterable[str], at: datetime
    ) -> "Breaks":
        """With the units ``keys``, which changed ``at`` a moment; of one that left the roster nothing is kept."""
        last = dict(self.last)
        for key in keys:
            was, now = old.get(key), new.get(key)
            if now is None:
                last.pop(key, None)
            elif _out(now) or _out(was):
                last[key] = min(now.since or at, at)
        since = self.since or at
        return self if (since, last) == (self.since, self.last) else Breaks(since, last)

    def carried(self, old: "Breaks") -> "Breaks":
        """With what the run just before saw."""
        if old.since is None:
            return self
        return Breaks(min(self.since or old.since, old.since), {**old.last, **self.last})


def breaks_due(
    breaks: Breaks, units: Iterable[Unit], began: datetime | None, now: datetime, until: datetime
) -> tuple[tuple[str, datetime], ...] | None:
    """The teams on duty ``now`` that are due a break up to ``until``, each with the moment from which on.

    ``None`` where nothing can be said: the data showed no break of anybody in the shift that ``began`` then.
    """
    if breaks.since is None or not any(began is None or at >= began for at in breaks.last.values()):
        return None
    found = []
    for unit in units:
        if unit.shift_from is None or unit.shift_from > now or unit.state in _RESTS or not is_team(unit):
            continue
        due = max(unit.shift_from, breaks.since, breaks.last.get(unit.id, breaks.since)) + AFTER
        if due <= until and not _ends(unit, due):
            found.append((unit.id, due))
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))


def _ends(unit: Unit, due: datetime) -> bool:
    return unit.shift_until is not None and unit.shift_until <= due


def _out(unit: Unit | None) -> bool:
    return unit is not None and unit.state is UnitState.OUT_OF_SERVICE
