"""Police and ambulances: the nearest free unit goes, the most urgent errand first."""

import math
from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from console.domain.vocabulary import Police, Program
from console.simulator.city.plane import Point
from console.simulator.city.streets import Streets
from console.simulator.life.case import Case
from console.simulator.life.chance import Minutes, lasting, seconds, weighted
from console.simulator.life.duty import Duty
from console.simulator.life.houses import Houses
from console.simulator.life.natures import DESTINATIONS, Weights
from console.simulator.life.other_codes import CRISIS_BY_POLICE
from console.simulator.life.steps import arrive, assign, clear, deliver, depart, settle, transport
from console.simulator.life.vehicle import Vehicle
from console.simulator.life.world import Process, World

_BY_TELEPHONE_S = 15 * 60
_AGING_S = 15 * 60
_HASTE = 1.12
_POLICE_KNOWN = (Police.UNKNOWN, Police.NONE, Police.REQUESTED, Police.ATTENDED)


class Errand(Struct, frozen=True, eq=False):
    """One unit's part in a call, ``asked`` for at that second. A unit with ``outcomes`` ends the call with one."""

    case: Case
    urgency: int
    asked: int
    minutes: Minutes
    outcomes: Weights = ()


class Fleet:
    """The units of one public service and the errands that wait for them."""

    def __init__(
        self, world: World, streets: Streets, units: Sequence[Vehicle], duty: Duty, houses: Houses
    ) -> None:
        self._world = world
        self._streets = streets
        self._units = units
        self._duty = duty
        self._houses = houses
        self._errands: list[Errand] = []
        self._police = all(unit.spec.program is Program.POLICE for unit in units)
        for unit in units:
            unit.freed = self.match

    def attend(self, case: Case) -> None:
        """The call is this service's own: a unit goes and ends it. Minor ones that wait long are taken by telephone."""
        nature = case.need.nature
        crisis = bool(nature.tiers) and self._police
        outcomes = CRISIS_BY_POLICE if crisis else nature.outcomes
        errand = Errand(case, case.need.priority, self._world.now, nature.minutes, outcomes)
        self._ask(errand)
        if self._police and case.need.priority >= 3 and not crisis:
            self._world.later(_BY_TELEPHONE_S, partial(self._by_telephone, errand))

    def support(self, case: Case, minutes: Minutes = (8, 18, 40)) -> None:
        """A unit goes to stand by while somebody else does the work."""
        self._ask(Errand(case, 0, self._world.now, minutes))

    def match(self) -> None:
        """Send free units on waiting errands: the most urgent first; a long wait makes any errand urgent."""
        for errand in sorted(self._errands, key=lambda e: e.urgency + e.asked / _AGING_S):
            if errand.case.closed:
                self._errands.remove(errand)
                continue
            unit = nearest(self._units, self._streets.point(errand.case.need.person.place.spot), self._world)
            if unit is None:
                return
            self._errands.remove(errand)
            self._world.begin(self._respond(errand, unit))
            assign(self._world, errand.case, unit, team=False)

    def _ask(self, errand: Errand) -> None:
        if self._police:
            errand.case.police = max(errand.case.police, Police.REQUESTED, key=_POLICE_KNOWN.index)
            self._world.show(errand.case)
        self._errands.append(errand)
        self.match()

    def _by_telephone(self, errand: Errand) -> None:
        if errand in self._errands:
            self._errands.remove(errand)
            errand.case.disposition = "ADV"
            settle(self._world, errand.case)

    def _respond(self, errand: Errand, unit: Vehicle) -> Process:
        world, case = self._world, errand.case
        rng = world.stream("respond", case.id, unit.spec.id)
        yield seconds(rng, 5, 20, 70)
        yield depart(world, case, unit, _HASTE)
        if errand.outcomes or not case.disposition:
            if self._police:
                case.police = Police.ATTENDED
            arrive(world, case, unit)
            yield lasting(rng, errand.minutes)
        if errand.outcomes:
            yield from self._conclude(case, unit, weighted(rng, errand.outcomes))
        clear(world, case, unit)
        self._duty.rest(unit)

    def _conclude(self, case: Case, unit: Vehicle, outcome: str) -> Process:
        if outcome in DESTINATIONS:
            key = self._houses.nearest(
                DESTINATIONS[outcome], self._streets.point(case.need.person.place.spot)
            )
            case.destination = self._houses.name(key)
            yield transport(self._world, case, unit, self._houses.spot(key))
            deliver(self._world, case, unit)
            self._houses.admit(key)
            yield lasting(case.rng, (12, 20, 40))
        case.disposition = outcome


def nearest(units: Sequence[Vehicle], point: Point, world: World) -> Vehicle | None:
    """The free unit nearest to ``point`` as the crow flies."""
    free = [unit for unit in units if unit.free]
    now = world.now * 1000
    return min(free, key=lambda unit: math.dist(unit.track.point(now), point), default=None)
