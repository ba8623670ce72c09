"""What each unit of a past shift was doing, and the few places where the file says it was."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from console.domain.entities import Position, Unit
from console.domain.vocabulary import FeedName, Program, UnitState
from console.simulator.past.calls import stage_of
from console.simulator.past.rows import UnitRow
from console.simulator.past.stages import STAGES
from console.simulator.timeline import Change

_STATES = {
    "dispatch": UnitState.ASSIGNED,
    "response": UnitState.ENROUTE,
    "on_scene": UnitState.ON_SCENE,
    "transport": UnitState.TRANSPORTING,
    "hospital": UnitState.AT_DESTINATION,
    "available": UnitState.AVAILABLE,
}
_PROGRAMS = {
    **dict.fromkeys(("MEDIC", "PRIVATE", "RESCUE CAPTAIN"), Program.EMS),
    **dict.fromkeys(("ENGINE", "TRUCK", "CHIEF", "RESCUE SQUAD", "INVESTIGATION"), Program.FIRE),
}


def unit_changes(rows: Sequence[UnitRow]) -> Iterator[Change]:
    """Every version of the one unit that ``rows`` are about, from the moment it is first seen."""
    for at in _moments(rows, tuple(_STATES)):
        yield Change(at, FeedName.UNITS, unit_at(rows, at))


def unit_at(rows: Sequence[UnitRow], at: datetime) -> Unit:
    """The unit as it stood at ``at``. On two calls at once, it is on the one it was sent to last."""
    begun = [row for row in rows if row.dispatch is not None and row.dispatch <= at]
    busy = [row for row in begun if row.available is None or row.available > at]
    if busy:
        current = max(busy, key=lambda row: row.dispatch or row.received)
        stage = stage_of(current, at)
        since = getattr(current, stage)
    else:
        current = max(begun, key=lambda row: row.available or row.received)
        stage, since = "available", current.available
    return Unit(
        id=current.unit,
        callsign=current.unit,
        program=_PROGRAMS.get(current.kind, Program.OTHER),
        kind=current.kind,
        state=_STATES[stage],
        raw_state=stage,
        since=since,
        call=current.call if busy else "",
        updated_at=at,
    )


def position_changes(rows: Sequence[UnitRow]) -> Iterator[Change]:
    """A fix at the last known place when the unit is sent, one at the scene when it arrives; no way in between."""
    known: UnitRow | None = None
    for at in _moments(rows, ("dispatch", "on_scene")):
        arrived = next((row for row in rows if row.on_scene == at and row.lat is not None), None)
        known = arrived or known
        if known is not None and known.lat is not None and known.lon is not None:
            yield Change(at, FeedName.POSITIONS, Position(known.unit, known.lat, known.lon, at))


def _moments(rows: Sequence[UnitRow], stages: Sequence[str]) -> list[datetime]:
    """The moments of ``stages`` in any row that has a dispatch: without one the unit was never sent."""
    assert set(stages) <= set(STAGES)
    sent = [row for row in rows if row.dispatch is not None]
    return sorted({moment for row in sent for stage in stages if (moment := getattr(row, stage)) is not None})
