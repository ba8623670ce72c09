"""Many unit rows become one call, seen as it stood at each moment at which something happened."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from console.domain.entities import STAMP_NAMES, Assignment, Call, Disposition, Stamps
from console.domain.vocabulary import CallState
from console.simulator.past.stages import STAGES
from console.simulator.past.unitrow import UnitRow

When = datetime | None

CallVersion = tuple[datetime, Call]
"""From this moment on the call was so."""

_NOT_YET, _RECEIVED, _ENTRY, _DISPATCH, *_, _AVAILABLE = range(-1, len(STAGES))
_CLEARED = STAMP_NAMES.index("cleared_at")
_STATES = (
    CallState.PENDING,
    CallState.PENDING,
    CallState.ASSIGNED,
    CallState.ENROUTE,
    CallState.ON_SCENE,
    CallState.TRANSPORTING,
    CallState.TRANSPORTING,
    CallState.CLOSED,
)
_KNOWN = (0, 0, 2, 3, 4, 6, 7, 8)
"""How many fields of a unit's part are known from each stage on."""

_STAMPED = (0, 1, 4, 5, 6, 8, 9)
"""Which of the stamps of a call each stage is; but the last one, which is over when all units are available."""

_stages = attrgetter(*STAGES)

_Part = tuple[Any, ...]

Step = tuple[datetime, int, int]
"""A moment, the row it is of, and the stage that was reached; rows and stages by number."""


def call_versions(rows: Sequence[UnitRow]) -> list[CallVersion]:
    """Every version of the one call that ``rows`` are about: nothing in one that had not happened yet.

    A version costs what is new in it, not what the call holds.
    """
    bare, disposition = _bare(rows)
    end, steps, whole = closes(rows), _steps(rows), [_part(row) for row in rows]
    levels, furthest, moments = [_NOT_YET] * len(rows), _NOT_YET, list[When]([None] * _CLEARED)
    stamps, parts = None, dict[int, Assignment]()
    versions: list[CallVersion] = []
    add, ends = versions.append, len(steps)
    for place, (at, number, stage) in enumerate(steps, 1):
        before, levels[number] = levels[number], stage
        over = False
        if stage == _AVAILABLE:
            if over := at == end:
                stamps = Stamps(*[*moments, at])
        elif moments[stamp := _STAMPED[stage]] is None:
            moments[stamp], stamps = at, None
        if furthest <= stage != _AVAILABLE:
            furthest = stage
        elif before == furthest:
            furthest = _furthest(levels)
        if stage >= _DISPATCH and (part := whole[number]) is not None:
            parts[number] = Assignment(*part[: _KNOWN[stage]])
        if place < ends and steps[place][0] == at:
            continue
        stamps = stamps or Stamps(*moments)
        reached = _AVAILABLE if over else furthest if furthest >= _RECEIVED else _ENTRY
        call = replace(
            bare,
            state=_STATES[reached],
            raw_state=STAGES[reached],
            stamps=stamps,
            assignments=tuple(parts.values()),
            disposition=disposition if over else None,
            updated_at=at,
        )
        add((at, call))
    return versions


def _steps(rows: Sequence[UnitRow]) -> list[Step]:
    """All that happened, in order; of what happened at once, in the order of the stages."""
    steps = [
        (moment, number, stage)
        for number, row in enumerate(rows)
        for stage, moment in enumerate(_stages(row))
        if moment is not None
    ]
    steps.sort()
    return steps


def _part(row: UnitRow) -> _Part | None:
    """The unit's whole part, in the order of its fields; ``None`` where none was sent."""
    if not row.unit or row.dispatch is None:
        return None
    return (
        row.unit,
        row.dispatch,
        row.response,
        row.on_scene,
        None,
        row.transport,
        row.hospital,
        row.available,
    )


def _furthest(levels: Sequence[int]) -> int:
    """The furthest stage of any unit still on the call."""
    return max([level for level in levels if level != _AVAILABLE], default=_NOT_YET)


def closes(rows: Sequence[UnitRow]) -> datetime | None:
    """When every unit was available again; ``None`` if the file does not say so of each."""
    latest: datetime | None = None
    for row in rows:
        if row.available is None:
            return None
        if latest is None or row.available > latest:
            latest = row.available
    return latest


def _bare(rows: Sequence[UnitRow]) -> tuple[Call, Disposition | None]:
    """The call without what happens to it, and how it will end."""
    first = min(rows, key=attrgetter("received"))
    located = next((row for row in rows if row.lat is not None), first)
    call = Call(
        id=first.call,
        number=first.call,
        nature=first.nature,
        nature_text=first.nature,
        priority=first.priority,
        area=first.area,
        address=first.address,
        lat=located.lat,
        lon=located.lon,
    )
    return call, Disposition(first.disposition) if first.disposition else None
