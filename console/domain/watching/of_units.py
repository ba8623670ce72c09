"""The rules about one unit: calls for help, check-ins, silence, and what does not fit its call."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from console.domain.alarms.alarm import Check
from console.domain.board import State
from console.domain.definitions import Definitions
from console.domain.entities import Call, Unit
from console.domain.limits import status_of
from console.domain.metrics import is_team
from console.domain.vocabulary import CallState, FeedName, UnitState
from console.domain.watching import catalog
from console.domain.watching.keeping import claims_closed, last_scene
from console.domain.watching.spell import Spell, after, already

COMMITTED = frozenset({UnitState.ASSIGNED, UnitState.ENROUTE, UnitState.ON_SCENE, UnitState.TRANSPORTING})


def spells(state: State, key: str) -> Iterator[Spell]:
    """What is to be said of the unit ``key``: of any that calls for help, for the rest of teams.

    Where the dispatch system tells of no team at all, every unit counts as one.
    """
    unit = state.units.get(key)
    last = unit or state.alarms.kept.get(key)
    if last is not None and last.emergency:
        yield already(catalog.EMERGENCY)
    scene = last_scene(state, key)
    if scene is not None and (is_team(scene) or not state.alarms.teams):
        yield from _check_in(state, scene)
    if unit is None or (state.alarms.teams and not is_team(unit)):
        return
    if (stay := status_of(unit, state.definitions)) is not None:
        steps = ((stay.amber, stay.at_amber), (stay.red, stay.at_red))
        yield Spell(catalog.STATUS_LONG, stay.since, tuple(step for step in steps if step[1]))
    if unit.state in COMMITTED:
        yield from _committed(state, unit)


def _committed(state: State, unit: Unit) -> Iterator[Spell]:
    safety = state.definitions.safety
    if (heard := _seen(state, unit)) is not None:
        yield after(catalog.SILENT, heard, heard + timedelta(minutes=safety.silent_min))
    if unit.updated_at is not None:
        old = unit.updated_at + timedelta(minutes=safety.status_old_min)
        yield after(catalog.STATUS_OLD, unit.updated_at, old)
    call = state.calls.get(unit.call) if unit.call else None
    if claims_closed(state, unit):
        yield already(catalog.TO_CLOSED, None if call is None else call.closed_at or call.stamps.cleared_at)
    if unit.state is UnitState.ON_SCENE:
        yield from _on_scene(state, unit, call)


def _on_scene(state: State, unit: Unit, call: Call | None) -> Iterator[Spell]:
    waits = call is not None and call.state is CallState.PENDING
    if (waits or not unit.call) and not state.alarms.named.get(unit.id):
        yield already(catalog.ALONE, unit.since)


def _check_in(state: State, scene: Unit) -> Iterator[Spell]:
    if (due := check_in_due(state, scene)) is not None:
        yield after(catalog.CHECK_IN, due[0], due[1])


def check_in_due(state: State, unit: Unit) -> tuple[datetime, datetime] | None:
    """When a team on scene was last known to be well, and when it is to be asked after; ``None`` where it is not.

    It is known to be well when it says that it is on scene, and whenever somebody reached it since.
    """
    alarms = state.alarms
    return next_check(state.definitions, alarms.checked.get(unit.id), alarms.kept.get(unit.id, unit))


def next_check(pack: Definitions, check: Check | None, unit: Unit) -> tuple[datetime, datetime] | None:
    """The same by the pack and the unit's last check-in alone; a row in `Alarms.kept` stands for the unit's own."""
    every = pack.check_in(unit.program)
    since = unit.since or unit.updated_at
    if every is None or since is None or unit.state is not UnitState.ON_SCENE:
        return None
    well = since if check is None else max(since, check.at)
    return well, well + timedelta(minutes=every.every)


def _seen(state: State, unit: Unit) -> datetime | None:
    """When the unit's place was last known; ``None`` where no source tells any places, or where none is asked again.

    An imported file tells where teams were at their stamps only.
    """
    feeds = [feed for feed in state.feeds.values() if feed.name is FeedName.POSITIONS]
    by = state.fixed_by.get(unit.id)
    asked = [feed.every for feed in feeds if by in (None, feed.key)]
    if asked and not any(asked):
        return None
    fix = state.positions.get(unit.id)
    if fix is not None:
        return fix.at
    return unit.since if any(feed.answered_at for feed in feeds) else None
