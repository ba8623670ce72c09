"""Many unit rows become one call, seen as it stood at each moment at which something happened."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from console.domain.entities import Assignment, Call, Disposition, Stamps
from console.domain.vocabulary import CallState, FeedName
from console.simulator.past.rows import UnitRow
from console.simulator.past.stages import STAGES
from console.simulator.timeline import Change

_STATES = {
    "hospital": CallState.TRANSPORTING,
    "transport": CallState.TRANSPORTING,
    "on_scene": CallState.ON_SCENE,
    "response": CallState.ENROUTE,
    "dispatch": CallState.ASSIGNED,
}


def call_changes(rows: Sequence[UnitRow]) -> Iterator[Change]:
    """Every version of the one call that ``rows`` are about."""
    moments = {moment for row in rows for stage in STAGES if (moment := getattr(row, stage)) is not None}
    for at in sorted(moments):
        yield Change(at, FeedName.CALLS, call_at(rows, at))


def call_at(rows: Sequence[UnitRow], at: datetime) -> Call:
    """The call as it stood at ``at``: nothing of it that had not happened yet."""
    first = min(rows, key=lambda row: row.received)
    closed = closes(rows)
    over = closed is not None and closed <= at
    stage = "available" if over else _furthest(rows, at)
    located = next((row for row in rows if row.lat is not None), first)
    return Call(
        id=first.call,
        number=first.call,
        nature=first.nature,
        nature_text=first.nature,
        priority=first.priority,
        state=CallState.CLOSED if over else _STATES.get(stage, CallState.PENDING),
        raw_state=stage,
        area=first.area,
        address=first.address,
        lat=located.lat,
        lon=located.lon,
        stamps=_stamps(rows, at, closed if over else None),
        assignments=_assignments(rows, at),
        disposition=Disposition(first.disposition) if over and first.disposition else None,
        updated_at=at,
    )


def closes(rows: Sequence[UnitRow]) -> datetime | None:
    """When every unit was available again; ``None`` if the file does not say so of each."""
    ends = [row.available for row in rows if row.available is not None]
    return max(ends) if len(ends) == len(rows) else None


def stage_of(row: UnitRow, at: datetime) -> str:
    """The stage that a unit's part had reached at ``at``; empty before it was received."""
    return next((stage for stage in reversed(STAGES) if _happened(getattr(row, stage), at)), "")


def _furthest(rows: Sequence[UnitRow], at: datetime) -> str:
    """The furthest stage of any unit still on the call; without one, how far the call itself has come."""
    stages = [stage_of(row, at) for row in rows]
    committed = [stage for stage in stages if stage in _STATES]
    waiting = [stage for stage in stages if stage in ("received", "entry")]
    return max(committed or waiting or ["entry"], key=STAGES.index)


def _stamps(rows: Sequence[UnitRow], at: datetime, closed: datetime | None) -> Stamps:
    def first(stage: str) -> datetime | None:
        moments = [moment for row in rows if (moment := getattr(row, stage)) is not None and moment <= at]
        return min(moments, default=None)

    return Stamps(
        answered_at=first("received"),
        created_at=first("entry"),
        assigned_at=first("dispatch"),
        enroute_at=first("response"),
        on_scene_at=first("on_scene"),
        left_at=first("transport"),
        destination_at=first("hospital"),
        cleared_at=closed,
    )


def _assignments(rows: Sequence[UnitRow], at: datetime) -> tuple[Assignment, ...]:
    sent = [(row.dispatch, row) for row in rows if row.dispatch is not None and row.dispatch <= at]
    return tuple(_assignment(row, at) for _, row in sorted(sent, key=lambda part: part[0]))


def _assignment(row: UnitRow, at: datetime) -> Assignment:
    def known(moment: datetime | None) -> datetime | None:
        return moment if _happened(moment, at) else None

    return Assignment(
        unit=row.unit,
        assigned_at=known(row.dispatch),
        enroute_at=known(row.response),
        on_scene_at=known(row.on_scene),
        left_at=known(row.transport),
        destination_at=known(row.hospital),
        cleared_at=known(row.available),
    )


def _happened(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment <= at
