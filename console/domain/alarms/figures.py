"""The alarm system's figures of a shift, against the guideline: pure functions of what `Counts` holds.

The guideline is ISA-18.2 and EEMUA 191 as secondary sources tell them (RELIABILITY section 2): ten-minute windows,
since averages hide bursts.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import ceil

from msgspec import Struct

from console.domain.alarms.book import Alarms
from console.domain.alarms.counts import SLOT, Slot

WINDOW_MOST = 10
"""Alarms in ten minutes that one person can still follow."""

HOUR_MOST = 6
"""Alarms an hour that one person can answer for long: about 150 a day."""

FLOOD_SHARE = 0.01
"""Less than this part of the time is to be flood."""

PRIORITY_SHARES = (0.05, 0.15, 0.80)
"""About how the priorities 1, 2 and 3 should share the alarms."""

TOP = 10

DAY = timedelta(days=1)


class Took(Struct, frozen=True):
    """How long alarms of one priority took to be acknowledged: ``n`` of them, half and 95 % within so many seconds."""

    n: int
    p50_s: int
    p95_s: int


class AlarmFigures(Struct, frozen=True):
    """``slots`` are all ten-minute windows since the alarms began, empty ones too, the newest last.

    Shares and rates are ``None`` where there is nothing to take them of. ``rules`` are (rule, count), most first.
    ``chattering`` are ids of alarms that came and went too often, ``stale`` counts those that stand for over a day.
    """

    slots: tuple[Slot, ...]
    raised: int
    said: int
    over: float | None
    peak: int
    per_hour: float | None
    shares: tuple[float, float, float] | None
    took: dict[int, Took]
    rules: tuple[tuple[str, int], ...]
    chattering: tuple[str, ...]
    stale: int
    flooded: timedelta
    flooded_share: float | None


def figures(alarms: Alarms, now: datetime) -> AlarmFigures:
    """The figures at ``now``, over all that ``alarms`` still counts."""
    counts = alarms.counts
    slots = _windows(counts.slots, alarms.began, now)
    by_priority = [sum(slot.raised[n] for slot in slots) for n in range(3)]
    raised, totals = sum(by_priority), [sum(slot.raised) for slot in slots]
    lasted = max(timedelta(), now - _since(alarms.began, slots[0].since)) if slots else timedelta()
    flood = alarms.flood.since
    flooded = timedelta(seconds=counts.flooded_s) + (now - flood if flood is not None else timedelta())
    return AlarmFigures(
        slots=slots,
        raised=raised,
        said=sum(sum(slot.said) for slot in slots),
        over=sum(total > WINDOW_MOST for total in totals) / len(totals) if totals else None,
        peak=max(totals, default=0),
        per_hour=raised / max(lasted / timedelta(hours=1), 1 / 6) if slots else None,
        shares=(by_priority[0] / raised, by_priority[1] / raised, by_priority[2] / raised)
        if raised
        else None,
        took={priority: took for priority in (1, 2, 3) if (took := _took(counts.took, priority)) is not None},
        rules=tuple(sorted(counts.rules.items(), key=lambda pair: (-pair[1], pair[0]))[:TOP]),
        chattering=counts.chattering,
        stale=sum(alarm.active and now - alarm.raised_at > DAY for alarm in alarms.standing.values()),
        flooded=flooded,
        flooded_share=min(flooded / lasted, 1.0) if lasted else None,
    )


def _since(began: datetime | None, first: datetime) -> datetime:
    """When counting began: with the first look, or with the first window of an earlier run, or a day ago."""
    return began if began is not None and first <= began < first + SLOT else first


def _windows(slots: Sequence[Slot], began: datetime | None, now: datetime) -> tuple[Slot, ...]:
    """Every window from the first look, or from the oldest that is still counted, to the one of ``now``."""
    held = {slot.since: slot for slot in slots}
    first = min((*held, *((_floor(began),) if began is not None else ())), default=None)
    if first is None:
        return ()
    first = max(first, _floor(now) - DAY + SLOT)
    count = max(0, (_floor(now) - first) // SLOT) + 1
    starts = (first + SLOT * n for n in range(count))
    return tuple(held.get(start, Slot(start)) for start in starts)


def _floor(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute - moment.minute % 10, second=0, microsecond=0)


def _took(times: Iterable[tuple[int, int]], priority: int) -> Took | None:
    found = sorted(seconds for of, seconds in times if of == priority)
    return Took(len(found), _rank(found, 0.50), _rank(found, 0.95)) if found else None


def _rank(ordered: Sequence[int], part: float) -> int:
    """The nearest-rank percentile: the least value that ``part`` of all do not exceed."""
    return ordered[max(0, ceil(part * len(ordered)) - 1)]
