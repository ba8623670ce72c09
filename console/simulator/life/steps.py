"""The steps every unit takes on a call, police and teams alike; each shows the call and the unit as they then stand."""

from console.domain.vocabulary import CallState, UnitState
from console.simulator.city.streets import Spot
from console.simulator.life.case import Case
from console.simulator.life.vehicle import Vehicle
from console.simulator.life.world import World


def assign(world: World, case: Case, unit: Vehicle, *, team: bool) -> None:
    """``unit`` is notified of the call."""
    unit.case = case
    unit.become(UnitState.ASSIGNED, world.at)
    case.send(unit.spec.id, world.at, team=team)
    world.show(case, unit)


def depart(world: World, case: Case, unit: Vehicle, haste: float) -> int:
    """``unit`` sets out for the call; the seconds it will travel."""
    unit.become(UnitState.ENROUTE, world.at)
    case.reach(unit.spec.id, "enroute_at", world.at, CallState.ENROUTE)
    world.show(case, unit)
    return world.drive(unit, case.need.person.place.spot, haste)


def arrive(world: World, case: Case, unit: Vehicle) -> None:
    """``unit`` is on scene."""
    unit.become(UnitState.ON_SCENE, world.at)
    case.reach(unit.spec.id, "on_scene_at", world.at, CallState.ON_SCENE)
    world.show(case, unit)


def transport(world: World, case: Case, unit: Vehicle, to: Spot) -> int:
    """``unit`` leaves the scene with the person; the seconds it will travel."""
    unit.become(UnitState.TRANSPORTING, world.at)
    case.reach(unit.spec.id, "left_at", world.at, CallState.TRANSPORTING)
    world.show(case, unit)
    return world.drive(unit, to)


def deliver(world: World, case: Case, unit: Vehicle) -> None:
    """``unit`` is at the destination."""
    unit.become(UnitState.AT_DESTINATION, world.at)
    case.reach(unit.spec.id, "destination_at", world.at)
    world.show(case, unit)


def clear(world: World, case: Case, unit: Vehicle) -> None:
    """``unit`` is done; the call closes with its last unit once it has an outcome. The unit's rest shows itself."""
    case.clear(unit.spec.id, world.at)
    unit.case = None
    settle(world, case)


def settle(world: World, case: Case) -> None:
    """Close the call if it has an outcome and nobody is on it any more, and show it."""
    case.closed = case.closed or bool(case.disposition and not case.committed)
    world.show(case)
