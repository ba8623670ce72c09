"""Many unit rows become one call: as it was in the end, and at each moment at which something happened."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from console.domain.earlier import earlier
from console.domain.entities import STAMP_NAMES, Assignment, Call, Disposition, Stamps
from console.domain.vocabulary import CallState
from console.simulator.past.stages import STAGES
from console.simulator.past.unitrow import UnitRow

When = datetime | None

CallVersion = tuple[datetime, Call]
"""From this moment on the call was so."""

Reached = tuple[datetime, CallState, str]
"""From this moment on the call was in this state, which the file calls so."""

Course = tuple[Call, list[Reached]]
"""A call as it was in the end, and the states it went through."""

_NOT_YET, _RECEIVED, _ENTRY, *_, _AVAILABLE = range(-1, len(STAGES))
_CLEARED = STAMP_NAMES.index("cleared_at")
_STATES = (
    (CallState.PENDING, "received"),
    (CallState.PENDING, "entry"),
    (CallState.ASSIGNED, "dispatch"),
    (CallState.ENROUTE, "response"),
    (CallState.ON_SCENE, "on_scene"),
    (CallState.TRANSPORTING, "transport"),
    (CallState.TRANSPORTING, "hospital"),
    (CallState.CLOSED, "available"),
)
"""Of a call whose furthest unit has reached each stage."""

_STAMPED = (0, 1, 4, 5, 6, 8, 9)
"""Which of the stamps of a call each stage is; but the last one, which is over when all units are available."""

_stages = attrgetter(*STAGES)

Step = tuple[datetime, int, int]
"""A moment, the row it is of, and the stage that was reached; rows and stages by number."""


def call_versions(rows: Sequence[UnitRow]) -> list[CallVersion]:
    """Every version of the one call that ``rows`` are about: nothing in one that had not happened yet."""
    call, course = call_course(rows)
    return [(at, earlier(call, at, state, raw_state)) for at, state, raw_state in course]


def call_course(rows: Sequence[UnitRow]) -> Course:
    """The one call that ``rows`` are about, and its state from each moment on at which something happened."""
    end, steps, states = closes(rows), _steps(rows), _STATES
    levels, furthest, firsts = [_NOT_YET] * len(rows), _NOT_YET, list[When]([None] * len(STAGES))
    reached: list[Reached] = []
    add, ends = reached.append, len(steps)
    for place, (at, number, stage) in enumerate(steps, 1):
        before, levels[number] = levels[number], stage
        if firsts[stage] is None:
            firsts[stage] = at
        if furthest <= stage != _AVAILABLE:
            furthest = stage
        elif before == furthest:
            furthest = _furthest(levels)
        if place == ends or steps[place][0] != at:
            level = _AVAILABLE if at == end else furthest if furthest >= _RECEIVED else _ENTRY
            add((at, *states[level]))
    return _whole(rows, firsts, end), reached


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


def _whole(rows: Sequence[UnitRow], firsts: Sequence[When], end: When) -> Call:
    """The call in the end; ``firsts`` says when any unit first reached each stage."""
    moments = list[When]([None] * len(STAMP_NAMES))
    for stamp, moment in zip(_STAMPED, firsts, strict=False):
        moments[stamp] = moment
    moments[_CLEARED] = end
    first = min(rows, key=attrgetter("received"))
    located = next((row for row in rows if row.lat is not None), first)
    return Call(
        id=first.call,
        number=first.call,
        nature=first.nature,
        nature_text=first.nature,
        priority=first.priority,
        area=first.area,
        address=first.address,
        lat=located.lat,
        lon=located.lon,
        stamps=Stamps(*moments),
        assignments=_parts(rows),
        disposition=Disposition(first.disposition) if first.disposition else None,
    )


def _parts(rows: Sequence[UnitRow]) -> tuple[Assignment, ...]:
    """What each unit that was sent did, in the order in which they were."""
    sent = [(row.dispatch, number, row) for number, row in enumerate(rows) if row.unit and row.dispatch]
    sent.sort()
    return tuple(
        [
            Assignment(
                row.unit,
                row.dispatch,
                row.response,
                row.on_scene,
                None,
                row.transport,
                row.hospital,
                row.available,
            )
            for _, _, row in sent
        ]
    )
