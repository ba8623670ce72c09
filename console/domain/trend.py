"""The shift as a line: one sample a minute, taken live or rebuilt from the calls' own stamps.

A console that starts in the middle of a shift has no history of its own; what the stamps tell
(eligible, served, strict, waiting) is rebuilt, what they cannot tell (free teams) stays a gap.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from console.domain.definitions import Definitions
from console.domain.entities import Call, Unit
from console.domain.metrics import Tally, in_window, is_team
from console.domain.sets import marks, waiting
from console.domain.vocabulary import ALTERNATIVE, UnitState

MINUTE = timedelta(minutes=1)
MAX_SAMPLES = 1_440
"""A day of minutes: the longest trend that is held."""


class Sample(Struct, frozen=True, gc=False):
    """The figures at one whole minute; ``available`` is ``None`` where the sample was rebuilt."""

    at: datetime
    eligible: int
    served: int
    strict: int
    waiting: int
    available: int | None = None


def sample(at: datetime, tally: Tally, units: Iterable[Unit]) -> Sample:
    """The sample of the live board at ``at``."""
    return Sample(
        at, tally.eligible_yes, tally.served_yes, tally.strict_yes, tally.waiting, free_teams(units)
    )


def free_teams(units: Iterable[Unit]) -> int | None:
    """How many teams are available; ``None`` where there is no team of ours to speak of."""
    free = [unit.state is UnitState.AVAILABLE for unit in units if is_team(unit)]
    return sum(free) if free else None


def extended(samples: tuple[Sample, ...], new: Sample, since: datetime | None) -> tuple[Sample, ...]:
    """``samples`` with ``new`` at the end, without what lies before the shift or beyond a day."""
    kept = samples if since is None else tuple(old for old in samples if old.at >= since)
    return (*kept[-(MAX_SAMPLES - 1) :], new)


def reconstructed(
    calls: Iterable[Call],
    pack: Definitions,
    since: datetime,
    until: datetime,
    held: tuple[Sample, ...],
) -> tuple[Sample, ...]:
    """Samples for each whole minute from ``since`` to ``until``; those ``held`` already are kept."""
    known = {old.at: old for old in held}
    lines = _Lines(calls, pack, since)
    first = since.replace(second=0, microsecond=0)
    count = min(MAX_SAMPLES, max(0, (until - first) // MINUTE + 1))
    start = until.replace(second=0, microsecond=0) - (count - 1) * MINUTE
    minutes = (start + step * MINUTE for step in range(count))
    return tuple(known.get(minute) or lines.at(minute) for minute in minutes)


class _Lines:
    """When each figure rose and fell, as sorted moments."""

    def __init__(self, calls: Iterable[Call], pack: Definitions, since: datetime) -> None:
        self._eligible: list[datetime] = []
        self._served: list[datetime] = []
        self._strict: list[datetime] = []
        self._queued: list[datetime] = []
        self._taken: list[datetime] = []
        for call in calls:
            if in_window(call, since):
                self._enter(call, pack)
            self._wait(call)
        for line in (
            self._eligible,
            self._served,
            self._strict,
            self._queued,
            self._taken,
        ):
            line.sort()

    def _enter(self, call: Call, pack: Definitions) -> None:
        found, stamps = marks(call, pack), call.stamps
        received = stamps.eligible_at or call.received_at
        arrived = stamps.on_scene_at or stamps.cleared_at or call.updated_at or received
        if received is None or arrived is None:
            return
        if found.eligible:
            self._eligible.append(received)
        if found.served:
            self._served.append(arrived)
        if found.strict:
            self._strict.append(arrived)

    def _wait(self, call: Call) -> None:
        queued = call.stamps.queued_at
        if (
            queued is None
            or call.eligible is False
            or (call.program or next(iter(ALTERNATIVE))) not in ALTERNATIVE
        ):
            return
        taken = call.stamps.assigned_at or (
            None if waiting(call) else call.stamps.cleared_at or call.updated_at
        )
        self._queued.append(queued)
        if taken is not None:
            self._taken.append(max(queued, taken))

    def at(self, minute: datetime) -> Sample:
        """The rebuilt sample of ``minute``."""
        return Sample(
            minute,
            bisect_right(self._eligible, minute),
            bisect_right(self._served, minute),
            bisect_right(self._strict, minute),
            bisect_right(self._queued, minute) - bisect_right(self._taken, minute),
        )
