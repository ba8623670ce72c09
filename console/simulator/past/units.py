"""What each unit of a past shift was doing, and the few places where the file says it was."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from console.domain.entities import Position, Unit
from console.domain.vocabulary import Program, UnitState
from console.simulator.past.unitrow import UnitRow

UnitVersion = tuple[datetime, Unit]
"""From this moment on the unit was so."""

UnitReached = tuple[datetime, Unit, UnitState, str, datetime, str]
"""From this moment on the unit, told without what happens to it, was in this state, which the file calls so; since
when, and on which call."""

Fix = tuple[datetime, Position]

_STAGES = (
    (UnitState.ASSIGNED, "dispatch"),
    (UnitState.ENROUTE, "response"),
    (UnitState.ON_SCENE, "on_scene"),
    (UnitState.TRANSPORTING, "transport"),
    (UnitState.AT_DESTINATION, "hospital"),
    (UnitState.AVAILABLE, "available"),
)
_AVAILABLE = len(_STAGES) - 1

Step = tuple[datetime, int, int]
"""A moment, the row it is of, and the stage that was reached; rows and stages by number."""


def unit_versions(
    rows: Sequence[UnitRow], programs: Mapping[str, Program], since: datetime | None = None
) -> list[UnitVersion]:
    """Every version of the one unit that ``rows`` are about, as `unit_course` says."""
    return [(reached[0], unit_at(*reached)) for reached in unit_course(rows, programs, since)]


def unit_at(at: datetime, unit: Unit, state: UnitState, raw_state: str, since: datetime, call: str) -> Unit:
    """The unit as it was from ``at`` on."""
    return replace(unit, state=state, raw_state=raw_state, since=since, call=call, updated_at=at)


def unit_course(
    rows: Sequence[UnitRow], programs: Mapping[str, Program], since: datetime | None = None
) -> list[UnitReached]:
    """What the one unit that ``rows`` are about did, from the moment it is first seen.

    Of that of before ``since`` only the last. On two calls at once, the unit is on the one it was sent to last.
    """
    steps = _steps(rows)
    kinds = {row.kind: row for row in rows}
    bare = {kind: _bare(row, programs) for kind, row in kinds.items()}
    busy: dict[int, Step] = {}
    freed: Step | None = None
    course: list[UnitReached] = []
    add, ends = course.append, len(steps)
    for place, step in enumerate(steps, 1):
        at, number, stage = step
        if stage != _AVAILABLE:
            busy[number] = step
        else:
            del busy[number]
            freed = step if freed is None or at > freed[0] else freed
        if place < ends and ((after := steps[place][0]) == at or (since is not None and after < since)):
            continue
        began = at
        if stage == _AVAILABLE or len(busy) > 1:
            began, number, stage = _now(busy, freed, rows)
        row = rows[number]
        add((at, bare[row.kind], *_STAGES[stage], began, "" if stage == _AVAILABLE else row.call))
    return course


def _now(busy: Mapping[int, Step], freed: Step | None, rows: Sequence[UnitRow]) -> Step:
    """What the unit is doing."""
    if len(busy) > 1:
        return busy[max(busy, key=lambda number: rows[number].dispatch or rows[number].received)]
    for step in busy.values():
        return step
    assert freed is not None, "a unit is free or busy from its first dispatch on"
    return freed


def _bare(row: UnitRow, programs: Mapping[str, Program]) -> Unit:
    program = programs.get(row.kind) or programs.get(row.unit, Program.OTHER)
    return Unit(id=row.unit, callsign=row.unit, program=program, kind=row.kind)


def _steps(rows: Sequence[UnitRow]) -> list[Step]:
    """What happened in each row that has a dispatch: without one the unit was never sent."""
    steps: list[Step] = []
    for number, row in enumerate(rows):
        if row.dispatch is not None:
            moments = (row.dispatch, row.response, row.on_scene, row.transport, row.hospital, row.available)
            steps += [(moment, number, stage) for stage, moment in enumerate(moments) if moment is not None]
    steps.sort()
    return steps


def fixes(rows: Sequence[UnitRow], since: datetime | None = None) -> list[Fix]:
    """A fix at the last known place when the unit is sent, one at the scene when it arrives; no way in between.

    Of those of before ``since`` only the last.
    """
    arrivals: dict[datetime, UnitRow] = {}
    moments: list[datetime] = []
    for row in rows:
        if row.on_scene is not None and row.lat is not None:
            arrivals.setdefault(row.on_scene, row)
        if row.dispatch is not None:
            moments.append(row.dispatch)
            if row.on_scene is not None:
                moments.append(row.on_scene)
    moments.sort()
    found: list[Fix] = []
    known: UnitRow | None = None
    before: datetime | None = None
    for at in moments:
        if at == before:
            continue
        before, known = at, arrivals.get(at, known)
        if known is not None and known.lat is not None and known.lon is not None:
            if found and since is not None and at < since:
                found.pop()
            found.append((at, Position(known.unit, known.lat, known.lon, at)))
    return found
