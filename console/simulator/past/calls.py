"""Many unit rows become one call, seen as it stood at each moment at which something happened."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from msgspec.structs import replace

from console.domain.entities import Assignment, Call, Disposition, Stamps
from console.domain.vocabulary import CallState
from console.simulator.past.stages import STAGES
from console.simulator.past.unitrow import UnitRow

When = datetime | None

CallVersion = tuple[datetime, Call]
"""From this moment on the call was so."""

_RECEIVED, _ENTRY, _DISPATCH, *_, _AVAILABLE = range(len(STAGES))
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
_KNOWN = (0, 0, 1, 2, 3, 5, 6, 7)
"""How many moments of a unit's part are known from each stage on."""

_stages = attrgetter(*STAGES)

_Part = tuple[When, ...]

Step = tuple[datetime, int, int]
"""A moment, the row it is of, and the stage that was reached; rows and stages by number."""


def call_versions(rows: Sequence[UnitRow]) -> list[CallVersion]:
    """Every version of the one call that ``rows`` are about: nothing in one that had not happened yet.

    A version costs what is new in it, not what the call holds.
    """
    bare, disposition = _bare(rows)
    end, steps = closes(rows), _steps(rows)
    levels, firsts = [-1] * len(rows), list[When]([None] * len(STAGES))
    stamps, parts, whole = Stamps(), dict[int, Assignment](), [_part(row) for row in rows]
    versions: list[CallVersion] = []
    for (at, number, stage), after in zip(steps, [*[step[0] for step in steps], None][1:], strict=True):
        levels[number] = stage
        over = stage == _AVAILABLE and at == end
        if firsts[stage] is None or over:
            firsts[stage] = at
            stamps = _stamps(firsts, at if over else None)
        if stage >= _DISPATCH and (part := whole[number]) is not None:
            parts[number] = Assignment(rows[number].unit, *part[: _KNOWN[stage]])
        if after == at:
            continue
        furthest = stage if over or len(levels) == 1 else _furthest(levels)
        call = replace(
            bare,
            state=_STATES[furthest],
            raw_state=STAGES[furthest],
            stamps=stamps,
            assignments=tuple(parts.values()),
            disposition=disposition if over else None,
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


def _stamps(firsts: Sequence[When], closed: When) -> Stamps:
    received, entry, dispatch, response, on_scene, transport, hospital, _ = firsts
    return Stamps(
        received, entry, None, None, dispatch, response, on_scene, None, transport, hospital, closed
    )


def _part(row: UnitRow) -> _Part | None:
    """The moments of the unit's whole part, in the order of its fields; ``None`` where none was sent."""
    if not row.unit or row.dispatch is None:
        return None
    return (
        row.dispatch,
        row.response,
        row.on_scene,
        None,
        row.transport,
        row.hospital,
        row.available,
    )


def _furthest(levels: Sequence[int]) -> int:
    """The furthest stage of any unit still on the call; without one, how far the call itself has come."""
    most = max(levels)
    if most == _AVAILABLE:
        most = max([level for level in levels if level != _AVAILABLE], default=-1)
    return _ENTRY if most < _RECEIVED else most


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
