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
_OF_CALL = (
    "answered_at", "created_at", "assigned_at", "enroute_at", "on_scene_at", "left_at", "destination_at", "",
)  # fmt: skip
_OF_UNIT = ("", "", "assigned_at", "enroute_at", "on_scene_at", "left_at", "destination_at", "cleared_at")
_stages = attrgetter(*STAGES)

Step = tuple[datetime, int, int]
"""A moment, the row it is of, and the stage that was reached; rows and stages by number."""


def call_versions(rows: Sequence[UnitRow]) -> list[CallVersion]:
    """Every version of the one call that ``rows`` are about: nothing in one that had not happened yet."""
    steps = [
        (moment, number, stage)
        for number, row in enumerate(rows)
        for stage, moment in enumerate(_stages(row))
        if moment is not None
    ]
    steps.sort()
    growing = _Growing(rows)
    versions: list[CallVersion] = []
    last = len(steps) - 1
    for place, step in enumerate(steps):
        growing.reach(step)
        at = step[0]
        if place == last or steps[place + 1][0] != at:
            versions.append((at, growing.call(at)))
    return versions


def closes(rows: Sequence[UnitRow]) -> datetime | None:
    """When every unit was available again; ``None`` if the file does not say so of each."""
    latest: datetime | None = None
    for row in rows:
        if row.available is None:
            return None
        if latest is None or row.available > latest:
            latest = row.available
    return latest


class _Growing:
    """The call so far. A version costs what is new in it, not what the call holds (measured: a tenth)."""

    def __init__(self, rows: Sequence[UnitRow]) -> None:
        self._rows = rows
        self._closes = closes(rows)
        self._levels = [-1] * len(rows)
        self._parts: dict[int, Assignment] = {}
        self._call, self._disposition = _bare(rows)
        self._stamps = Stamps()

    def reach(self, step: Step) -> None:
        """Take in that a unit has reached a stage."""
        at, number, stage = step
        self._levels[number] = stage
        stamp = _OF_CALL[stage]
        if stamp and getattr(self._stamps, stamp) is None:
            self._stamps = replace(self._stamps, **{stamp: at})
        row = self._rows[number]
        if stage == _DISPATCH and row.unit:
            self._parts[number] = Assignment(row.unit, at)
        elif number in self._parts:
            self._parts[number] = replace(self._parts[number], **{_OF_UNIT[stage]: at})

    def call(self, at: datetime) -> Call:
        """The call at ``at``, up to which every stage was taken in."""
        over = self._closes is not None and self._closes <= at
        stage = _AVAILABLE if over else self._furthest()
        if over:
            self._stamps = replace(self._stamps, cleared_at=self._closes)
        return replace(
            self._call,
            state=_STATES[stage],
            raw_state=STAGES[stage],
            stamps=self._stamps,
            assignments=tuple(self._parts.values()),
            disposition=self._disposition if over else None,
            updated_at=at,
        )

    def _furthest(self) -> int:
        """The furthest stage of any unit still on the call; without one, how far the call itself has come."""
        most = max([level for level in self._levels if level != _AVAILABLE], default=-1)
        return most if most >= _RECEIVED else _ENTRY


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
