"""What each unit of a past shift was doing, and the few places where the file says it was."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from console.domain.entities import Position, Unit
from console.domain.vocabulary import Program, UnitState
from console.simulator.past.unitrow import UnitRow

UnitVersion = tuple[datetime, Unit]
"""From this moment on the unit was so."""

Fix = tuple[datetime, Position]

_STAGES = (
    ("dispatch", UnitState.ASSIGNED),
    ("response", UnitState.ENROUTE),
    ("on_scene", UnitState.ON_SCENE),
    ("transport", UnitState.TRANSPORTING),
    ("hospital", UnitState.AT_DESTINATION),
    ("available", UnitState.AVAILABLE),
)
_AVAILABLE = len(_STAGES) - 1

Step = tuple[datetime, int, int]
"""A moment, the row it is of, and the stage that was reached; rows and stages by number."""


def unit_versions(rows: Sequence[UnitRow], programs: Mapping[str, Program]) -> list[UnitVersion]:
    """Every version of the one unit that ``rows`` are about, from the moment it is first seen."""
    steps = sorted(_steps(rows))
    working = _Working(rows, programs)
    versions: list[UnitVersion] = []
    last = len(steps) - 1
    for place, step in enumerate(steps):
        working.reach(step)
        at = step[0]
        if place == last or steps[place + 1][0] != at:
            versions.append((at, working.unit(at)))
    return versions


def _steps(rows: Sequence[UnitRow]) -> list[Step]:
    """What happened in each row that has a dispatch: without one the unit was never sent."""
    steps: list[Step] = []
    for number, row in enumerate(rows):
        if row.dispatch is not None:
            moments = (row.dispatch, row.response, row.on_scene, row.transport, row.hospital, row.available)
            steps += [(moment, number, stage) for stage, moment in enumerate(moments) if moment is not None]
    return steps


class _Working:
    """The unit so far. On two calls at once, it is on the one it was sent to last."""

    def __init__(self, rows: Sequence[UnitRow], programs: Mapping[str, Program]) -> None:
        self._rows = rows
        self._programs = programs
        self._bare: dict[int, Unit] = {}
        self._busy: dict[int, Step] = {}
        self._sent: dict[int, datetime] = {}
        self._freed: Step | None = None

    def reach(self, step: Step) -> None:
        """Take in that the unit has reached a stage."""
        at, number, stage = step
        if stage == _AVAILABLE:
            del self._busy[number]
            if self._freed is None or at > self._freed[0]:
                self._freed = step
            return
        if stage == 0:
            self._sent[number] = at
        self._busy[number] = step

    def unit(self, at: datetime) -> Unit:
        """The unit at ``at``, up to which every stage was taken in."""
        if len(self._busy) > 1:
            since, number, stage = self._busy[max(self._busy, key=self._sent.__getitem__)]
        else:
            found = next(iter(self._busy.values()), None) or self._freed
            assert found is not None, "a unit is free or busy from its first dispatch on"
            since, number, stage = found
        return replace(
            self._bare.get(number) or self._made(number),
            state=_STAGES[stage][1],
            raw_state=_STAGES[stage][0],
            since=since,
            call="" if stage == _AVAILABLE else self._rows[number].call,
            updated_at=at,
        )

    def _made(self, number: int) -> Unit:
        row = self._rows[number]
        program = self._programs.get(row.kind) or self._programs.get(row.unit, Program.OTHER)
        made = self._bare[number] = Unit(id=row.unit, callsign=row.unit, program=program, kind=row.kind)
        return made


def fixes(rows: Sequence[UnitRow]) -> list[Fix]:
    """A fix at the last known place when the unit is sent, one at the scene when it arrives; no way in between."""
    arrivals: dict[datetime, UnitRow] = {}
    moments: set[datetime] = set()
    for row in rows:
        if row.on_scene is not None and row.lat is not None:
            arrivals.setdefault(row.on_scene, row)
        if row.dispatch is not None:
            moments.add(row.dispatch)
            if row.on_scene is not None:
                moments.add(row.on_scene)
    found: list[Fix] = []
    known: UnitRow | None = None
    for at in sorted(moments):
        known = arrivals.get(at, known)
        if known is not None and known.lat is not None and known.lon is not None:
            found.append((at, Position(known.unit, known.lat, known.lon, at)))
    return found
