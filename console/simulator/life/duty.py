"""A unit between calls: it signs on, waits at its post, roams, eats, writes up, breaks down, signs off."""

from collections.abc import Sequence
from functools import partial

from console.domain.vocabulary import Program, UnitState
from console.simulator.city.streets import Spot
from console.simulator.life.case import Case
from console.simulator.life.chance import Minutes, lasting
from console.simulator.life.vehicle import Vehicle
from console.simulator.life.world import Process, World

RAW_MEAL = "MEAL"
RAW_RETURNING = "RTQ"
_PUZZLING = (UnitState.UNKNOWN, UnitState.DELAYED)
_RAW_PUZZLING = ("10-7X", "TRN")


class Duty:
    """What units do that are not on a call. ``beats`` are the spots that patrol cars drive between."""

    def __init__(self, world: World, beats: Sequence[Spot], until: int) -> None:
        self._world = world
        self._beats = beats
        self._until = until
        self._rng = world.stream("duty")

    def tour(self, unit: Vehicle, begins: int, ends: int) -> Process:
        """One shift of ``unit``, which may have begun before the served shift did."""
        world = self._world
        yield max(begins, 0)
        unit.shift_from, unit.shift_until = world.moment(begins), world.moment(ends)
        unit.relieved = unit.hungry = False
        if unit.on_duty:
            world.show(unit)
        else:
            unit.track.begin(world.now * 1000, unit.home)
            self._ready(unit)
        meal = begins + round((ends - begins) * world.stream("meal", unit.spec.id, begins).uniform(0.3, 0.56))
        if meal > world.now:
            yield meal - world.now
            unit.hungry = True
            self._now_if_free(unit)
        yield ends - world.now
        unit.relieved = unit.shift_until == world.at
        self._now_if_free(unit)

    def rest(self, unit: Vehicle, paperwork: float = 0.0) -> None:
        """``unit`` has no call any more; ``paperwork`` is the chance that it is delayed by it first."""
        if unit.relieved:
            self._sign_off(unit)
        elif unit.hungry:
            self._pause(unit, UnitState.OUT_OF_SERVICE, RAW_MEAL, (25, 30, 38))
        elif self._rng.random() < paperwork:
            self._pause(unit, UnitState.DELAYED, "", (5, 9, 20))
        else:
            self._ready(unit)

    def repair(self, unit: Vehicle, minutes: Minutes) -> None:
        """Take a free ``unit`` out of service for a while."""
        if unit.free:
            self._pause(unit, UnitState.OUT_OF_SERVICE, "", minutes)

    def puzzle(self, units: Sequence[Vehicle], cases: Sequence[Case]) -> Process:
        """For a while one unit and one open call carry a status that nobody has a word for, and one unit is held up."""
        world, rng = self._world, self._world.stream("puzzle", self._world.now)
        free = [unit for unit in rng.sample(units, len(units)) if unit.free]
        going = [case for case in rng.sample(cases, len(cases)) if case.committed and not case.closed]
        for unit, state, raw_state in zip(free, _PUZZLING, _RAW_PUZZLING, strict=False):
            self._pause(unit, state, raw_state, (8, 12, 16))
        for case in going[:1]:
            case.odd_state = "RCL2"
            world.show(case)
            yield lasting(rng, (8, 10, 14))
            case.odd_state = ""
            world.show(case)

    def _now_if_free(self, unit: Vehicle) -> None:
        if unit.free and (unit.relieved or unit.hungry):
            self.rest(unit)

    def _ready(self, unit: Vehicle) -> None:
        world = self._world
        unit.become(UnitState.AVAILABLE, world.at)
        world.show(unit)
        if unit.spec.program is Program.POLICE:
            world.begin(self._roam(unit))
        else:
            world.drive(unit, unit.home)
        unit.freed()

    def _roam(self, unit: Vehicle) -> Process:
        since = unit.since
        while self._world.now < self._until:
            yield lasting(self._rng, (1, 6, 18))
            if not unit.free or unit.since != since:
                return
            self._world.drive(unit, self._rng.choice(self._beats))

    def _pause(self, unit: Vehicle, state: UnitState, raw_state: str, minutes: Minutes) -> None:
        unit.become(state, self._world.at, raw_state)
        self._world.show(unit)
        self._world.later(lasting(self._rng, minutes), partial(self._resume, unit, raw_state))

    def _resume(self, unit: Vehicle, raw_state: str) -> None:
        if raw_state == RAW_MEAL:
            unit.hungry = False
        self.rest(unit)

    def _sign_off(self, unit: Vehicle) -> None:
        """Home first, and then off duty."""
        unit.become(UnitState.OUT_OF_SERVICE, self._world.at, RAW_RETURNING)
        self._world.show(unit)
        self._world.later(self._world.drive(unit, unit.home), partial(self._off, unit))

    def _off(self, unit: Vehicle) -> None:
        unit.track.end(self._world.now * 1000)
        unit.become(UnitState.OFF_DUTY, self._world.at)
        self._world.show(unit)
