"""How the scenes of a board are gathered: from the parts that teams had in calls, as these change."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import replace

from console.domain.board import State
from console.domain.clearing.scenes import LONGEST_S, Placed, Scene
from console.domain.entities import Assignment, Call
from console.domain.vocabulary import ALTERNATIVE, Program


def category_of(state: State, call: Call) -> str:
    """The category of the call's nature; empty where the pack does not list it."""
    nature = state.definitions.nature(call.nature)
    return "" if nature is None else nature.category


def cleared_at(state: State, call: Call, part: Assignment) -> datetime | None:
    """When the team of ``part`` was free again; ``None`` where it is not, or where nothing tells.

    A call may be closed while its team is still there: then the team's own row says so.
    """
    if part.cleared_at is not None or call.open:
        return part.cleared_at
    unit = state.units.get(part.unit)
    return None if unit is not None and unit.call == call.id else call.closed_at or call.stamps.cleared_at


def scenes_in(state: State, key: str) -> dict[str, Placed]:
    """The scenes of teams at the call ``key`` that are over, by unit."""
    call = state.calls.get(key)
    if call is None:
        return {}
    return {placed.scene.unit: placed for placed in _scenes(state, call)}


def _scenes(state: State, call: Call) -> Iterator[Placed]:
    for part in call.assignments or _whole(call):
        began, ended = part.on_scene_at or part.contact_at, cleared_at(state, call, part)
        if began is None or ended is None or (program := _program(state, call, part.unit)) not in ALTERNATIVE:
            continue
        took = round((ended - began).total_seconds())
        if 0 < took <= LONGEST_S:
            yield Placed(Scene(call.id, part.unit, ended, took), program, category_of(state, call))


def _whole(call: Call) -> tuple[Assignment, ...]:
    """The call's own stamps as one part, where its source does not tell of units."""
    stamps = call.stamps
    if call.open or stamps.on_scene_at is None:
        return ()
    return (Assignment("-", on_scene_at=stamps.on_scene_at, cleared_at=stamps.cleared_at),)


def _program(state: State, call: Call, unit: str) -> Program:
    known = state.units.get(unit)
    return known.program if known is not None else call.program or Program.OTHER


def after_calls(before: State, after: State, touched: Iterable[str]) -> State:
    """``after`` with the scenes of the calls ``touched``; those of a call that left the board stay."""
    gone, come = list[Placed](), list[Placed]()
    for key in dict.fromkeys(touched):
        old, new = scenes_in(before, key), scenes_in(after, key)
        if key in after.calls and old != new:
            gone.extend(old.values())
            come.extend(new.values())
    scenes = after.scenes.moved(gone, come)
    return after if scenes is after.scenes else replace(after, scenes=scenes)


def after_units(before: State, after: State, touched: Iterable[str]) -> State:
    """``after`` with the scenes that go by what the units ``touched`` are, or by their having left a call."""
    calls = left(before, after, touched := tuple(touched))
    other = {key for key in touched if _kind(before, key) != _kind(after, key)}
    if other:
        rows = after.calls.items()
        calls |= {key for key, call in rows if any(part.unit in other for part in call.assignments)}
    return after_calls(before, after, calls)


def left(before: State, after: State, units: Iterable[str]) -> set[str]:
    """The calls that any of ``units`` was on by its own row, and is no more."""
    return {
        unit.call
        for unit in map(before.units.get, units)
        if unit is not None and unit.call and _call(after, unit.id) != unit.call
    }


def regathered(before: State, after: State) -> State:
    """``after`` with its scenes by other definitions."""
    return after_calls(before, after, after.calls)


def _kind(state: State, unit: str) -> Program | None:
    known = state.units.get(unit)
    return None if known is None else known.program


def _call(state: State, unit: str) -> str:
    known = state.units.get(unit)
    return "" if known is None else known.call
