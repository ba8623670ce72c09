"""Many unit rows become one call, seen as it stood at each moment at which something happened."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from msgspec.structs import replace

from console.domain.entities import Assignment, Call, Disposition, Stamps
from console.domain.vocabulary import CallState
from console.simulator.past.stages import STAGES
from console.simulator.past.unitrow import UnitRow

CallVersion = tuple[datetime, Call]
"""From this moment on the call was so."""

_ENTRY, _DISPATCH, _AVAILABLE = (STAGES.index(stage) for stage in ("entry", "dispatch", "available"))
_NEVER = (None, 0, 0)
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
_OF_CALL = (
    "answered_at", "created_at", "assigned_at", "enroute_at", "on_scene_at", "left_at", "destination_at", "",
)  # fmt: skip
_OF_UNIT = ("", "", "assigned_at", "enroute_at", "on_scene_at", "left_at", "destination_at", "cleared_at")
_stages = attrgetter(*STAGES)

Step = tuple[datetime, int, int]
"""A moment, the row it is of, and the stage that was reached; rows and stages by number."""


def call_versions(rows: Sequence[UnitRow]) -> list[CallVersion]:
    """Every version of the one call that ``rows`` are about: nothing in one that had not happened yet.

    A version costs what is new in it, not what the call holds.
    """
    bare, disposition = _bare(rows)
    end = closes(rows)
    stamps, levels, parts = Stamps(), [-1] * len(rows), dict[int, Assignment]()
    versions: list[CallVersion] = []
    steps = _steps(rows)
    for (at, number, stage), (after, *_) in zip(steps, [*steps[1:], _NEVER], strict=True):
        levels[number] = stage
        if getattr(stamps, _OF_CALL[stage], at) is None:
            stamps = replace(stamps, **{_OF_CALL[stage]: at})
        if stage == _DISPATCH and rows[number].unit:
            parts[number] = Assignment(rows[number].unit, at)
        elif number in parts:
            parts[number] = replace(parts[number], **{_OF_UNIT[stage]: at})
        if after == at:
            continue
        if at == end:
            furthest, stamps = _AVAILABLE, replace(stamps, cleared_at=end)
        else:
            furthest = _furthest(levels)
        call = replace(
            bare,
            state=_STATES[furthest],
            raw_state=STAGES[furthest],
            stamps=stamps,
            assignments=tuple(parts.values()),
            disposition=disposition if at == end else None,
            updated_at=at,
        )
        versions.append((at, call))
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


def _furthest(levels: Sequence[int]) -> int:
    """The furthest stage of any unit still on the call; without one, how far the call itself has come."""
    most = max(levels)
    if most == _AVAILABLE:
        most = max([level for level in levels if level != _AVAILABLE], default=-1)
    return _ENTRY if most < 0 else most


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
