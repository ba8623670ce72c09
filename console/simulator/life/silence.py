"""The position reports of a shift: every unit's fixes, and the times at which a unit is not heard."""

from console.domain.entities import Unit
from console.domain.vocabulary import ALTERNATIVE, FeedName, UnitState
from console.simulator.life.needs import DAY
from console.simulator.life.vehicle import Vehicle
from console.simulator.life.world import World
from console.simulator.tracks import CADENCE_MS, Fixes

_STEP_MS = 700
_SILENT_S = (430, 490)
_BEFORE_SHOWCASE_S, _AFTER_SHOWCASE_S = 415, 150
_CANDIDATES = (UnitState.TRANSPORTING, UnitState.ON_SCENE, UnitState.ENROUTE, UnitState.AVAILABLE)


def fixes(world: World, units: list[Vehicle], showcase: int) -> list[Fixes]:
    """The fixes of all units, each with a phase of its own; one team is silent at the showcase."""
    silent = _silent_team(world, units, showcase)
    found = []
    for i, unit in enumerate(units):
        reports = Fixes(unit.spec.id, unit.track, world.start, i * _STEP_MS % CADENCE_MS)
        rng = world.stream("silence", unit.spec.id)
        starts = [rng.randrange(DAY) for _ in range(rng.choice((0, 1, 1, 2)))]
        silences = [(start, start + rng.randrange(*_SILENT_S)) for start in starts]
        if unit.spec.id == silent:
            silences.append((showcase - _BEFORE_SHOWCASE_S, showcase + _AFTER_SHOWCASE_S))
        reports.silences = sorted((start * 1000, end * 1000) for start, end in silences)
        found.append(reports)
    return found


def _silent_team(world: World, units: list[Vehicle], showcase: int) -> str:
    """The team whose silence matters most at the showcase: one that is with somebody."""
    moment = world.moment(showcase)
    teams = {unit.spec.id for unit in units if unit.spec.program in ALTERNATIVE}
    last: dict[str, UnitState] = {}
    for change in world.changes:
        row = change.row
        if (
            change.feed is FeedName.UNITS
            and change.at <= moment
            and isinstance(row, Unit)
            and row.id in teams
        ):
            last[row.id] = row.state
    ranked = [unit for state in _CANDIDATES for unit, now in last.items() if now is state]
    return ranked[0] if ranked else ""
