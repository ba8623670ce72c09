"""How hard each team works: hours on shift, calls, the longest of them, and unit-hour utilization.

Utilization is METRICS.md's, section 3, in its time form: committed time over staffed time, clipped to the shift.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from console.domain.entities import Assignment, Call, Unit
from console.domain.metrics import is_team
from console.domain.state import State
from console.domain.vocabulary import UnitState

LATELY = timedelta(hours=4)
"""The hours of which a team's calls are counted."""

_NOTHING = timedelta(0)


class Strain(Struct, frozen=True, gc=False):
    """One team's load. What is not known is ``None``: ``staffed`` without the shift's times, ``committed`` with it.

    ``calls`` were begun in the last hours, ``longest`` is the longest time at any call of the shift, going on or over.
    ``untimed`` are parts in calls without the stamps to count them.
    """

    unit: str
    staffed: timedelta | None = None
    committed: timedelta | None = None
    calls: int = 0
    longest: timedelta | None = None
    untimed: int = 0

    @property
    def utilization(self) -> float | None:
        """Committed over staffed time; ``None`` where that is not known."""
        if self.staffed is None or self.committed is None or self.staffed <= _NOTHING:
            return None
        return self.committed / self.staffed


class _Span(Struct, frozen=True, gc=False):
    since: datetime
    until: datetime


def strains(state: State) -> dict[str, Strain]:
    """The load of each team on duty at the board's second, by unit, as far as the calls on the board tell."""
    parts = _parts(state.calls.values())
    return {
        unit.id: strain(unit, parts.get(unit.id, ()), state.second)
        for unit in state.units.values()
        if is_team(unit) and unit.state is not UnitState.OFF_DUTY
    }


def most_strained(found: Mapping[str, Strain]) -> str:
    """The team with the highest utilization; on a tie the one with more calls, then the longer one. Empty: none known.

    Nobody stands out of fewer than two.
    """
    known = [one for one in found.values() if one.utilization]
    key = max(known, key=lambda one: (one.utilization or 0, one.calls, one.longest or _NOTHING), default=None)
    return key.unit if key is not None and len(known) > 1 else ""


def told_since(state: State) -> datetime | None:
    """When the oldest call on the board came in: what was before is not in these figures."""
    return min((moment for call in state.calls.values() if (moment := call.received_at)), default=None)


def strain(unit: Unit, parts: Iterable[tuple[Call, Assignment]], now: datetime) -> Strain:
    """The load of ``unit`` from its parts in calls."""
    found = [(_begun(part), _ended(call, part, now)) for call, part in parts]
    spans = [_Span(since, min(until, now)) for since, until in found if since and until and since < until]
    began = unit.shift_from if unit.shift_from is not None and unit.shift_from <= now else None
    in_shift = [span for span in spans if began is None or span.until > began]
    return Strain(
        unit.id,
        staffed=None if began is None else now - began,
        committed=None if began is None else _together(in_shift, began),
        calls=sum(since >= now - LATELY for since, _ in found if since),
        longest=max((span.until - span.since for span in in_shift), default=None),
        untimed=sum(not (since and until) for since, until in found),
    )


def _parts(calls: Iterable[Call]) -> dict[str, list[tuple[Call, Assignment]]]:
    found: dict[str, list[tuple[Call, Assignment]]] = {}
    for call in calls:
        for part in call.assignments:
            found.setdefault(part.unit, []).append((call, part))
    return found


def _begun(part: Assignment) -> datetime | None:
    return part.assigned_at or part.enroute_at or part.on_scene_at


def _ended(call: Call, part: Assignment, now: datetime) -> datetime | None:
    """When the unit was free again; now, as long as it is not; ``None`` where that is not told."""
    if part.cleared_at is not None:
        return part.cleared_at
    return now if call.open else call.closed_at or call.stamps.cleared_at


def _together(spans: Iterable[_Span], began: datetime) -> timedelta:
    """The time that the spans cover from ``began`` on; what two calls share counts once."""
    total, reached = _NOTHING, began
    for span in sorted(spans, key=lambda span: span.since):
        since = max(span.since, reached)
        if span.until > since:
            total += span.until - since
            reached = span.until
    return total
