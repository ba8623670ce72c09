"""Who calls when, from where, about what: the arrivals of a shift, decided before anybody responds."""

import math
from collections.abc import Iterator
from random import Random

from msgspec import Struct

from console.domain.vocabulary import Origin, Sensitivity
from console.simulator.city import plan
from console.simulator.city.plane import inside
from console.simulator.city.streets import Spot, Streets
from console.simulator.life import words
from console.simulator.life.chance import stream, weighted
from console.simulator.life.crisis_codes import CRISIS_CALLS, VISITS
from console.simulator.life.natures import Nature
from console.simulator.life.other_codes import EMS_CALLS, POLICE_CALLS
from console.simulator.life.scenarios import HOUR, Hours, Scenario

DAY = 24 * HOUR
FIRST_NUMBER = 1001
_REGULARS = 12
_AGAIN = 0.1
"""One crisis call in ten comes from somebody who has called before."""


class Place(Struct, frozen=True):
    """Where help is needed."""

    spot: Spot
    address: str
    area: str


class Person(Struct, frozen=True):
    """Who calls, as far as is known, and from where."""

    place: Place
    name: str = ""
    phone: str = ""


class Need(Struct, frozen=True):
    """One call for help. ``at``: seconds after the shift's start when it is answered."""

    number: int
    at: int
    nature: Nature
    priority: int
    origin: Origin
    person: Person
    spanish: bool = False
    narrative: str = ""
    sensitivity: Sensitivity = Sensitivity.NORMAL


class Gazetteer:
    """Places to call from: more of them near the middle of the city, none on the parkways."""

    def __init__(self, streets: Streets) -> None:
        self._streets = streets
        self._districts = plan.districts()
        self._weights = [self._weight(number) for number in range(len(streets.blocks))]

    def anywhere(self, rng: Random) -> Place:
        """A random address."""
        number = rng.choices(range(len(self._weights)), self._weights)[0]
        block = self._streets.blocks[number]
        spot = Spot(number, round(rng.uniform(0.05, 0.95) * block.length, 1))
        return Place(spot, self._address(spot), self.area(spot))

    def area(self, spot: Spot) -> str:
        """The district of ``spot``; on the very edge of the city, the last one."""
        point = self._streets.point(spot)
        found = [district.name for district in self._districts if inside(point, district.ring)]
        return found[0] if found else self._districts[-1].name

    def _weight(self, number: int) -> float:
        block = self._streets.blocks[number]
        if block.street.kind == "parkway":
            return 0.0
        x, y = self._streets.points[block.a]
        return block.length * (0.2 + math.exp(-math.hypot(x + 500, y - 500) / 3_500))

    def _address(self, spot: Spot) -> str:
        x, y = self._streets.point(spot)
        street = self._streets.blocks[spot.block].street
        along = y + plan.HALF_HEIGHT if street.name.endswith("Street") else x + plan.HALF_WIDTH
        return f"{100 + int(along / 4)} {street.name}"


def needs(scenario: Scenario, seed: int, gazetteer: Gazetteer) -> list[Need]:
    """All calls of the shift in the order they are answered."""
    kinds: tuple[tuple[str, Hours, tuple[Nature, ...]], ...] = (
        ("crisis", scenario.crisis, CRISIS_CALLS),
        ("police", scenario.police, POLICE_CALLS),
        ("ems", scenario.medic, EMS_CALLS),
    )
    moments = [
        (at, kind, natures)
        for kind, hours, natures in kinds
        for at in _arrivals(scenario, hours, stream(seed, "arrivals", kind))
    ]
    visits = _visits(scenario.opens.hour, stream(seed, "arrivals", "visit"))
    moments += [(at, "visit", VISITS) for at in visits]
    moments.sort(key=lambda moment: moment[:2])
    regulars = [_person(stream(seed, "regular", i), gazetteer) for i in range(_REGULARS)]
    found = []
    for number, (at, kind, natures) in enumerate(moments, start=FIRST_NUMBER):
        rng = stream(seed, "need", kind, at)
        again = kind == "crisis" and rng.random() < _AGAIN
        person = rng.choice(regulars) if again else _person(rng, gazetteer)
        found.append(_need(number, at, natures, rng, person))
    return found


def _arrivals(scenario: Scenario, hours: Hours, rng: Random) -> Iterator[int]:
    """A Poisson process whose rate follows the hours and the surge (thinning)."""
    highest = max(hours) * (scenario.surge.factor if scenario.surge else 1.0)
    at = rng.expovariate(highest / HOUR)
    while at < DAY:
        if rng.random() * highest < scenario.rate(hours, int(at)):
            yield int(at)
        at += rng.expovariate(highest / HOUR)


def _visits(opens: int, rng: Random) -> list[int]:
    """Planned visits of the outreach teams, in office hours."""
    return sorted((rng.randrange(8 * HOUR, 17 * HOUR) - opens * HOUR) % DAY for _ in range(12))


def _person(rng: Random, gazetteer: Gazetteer) -> Person:
    name = words.name(rng) if rng.random() < 0.7 else ""
    return Person(gazetteer.anywhere(rng), name, words.phone(rng) if rng.random() < 0.85 else "")


def _need(number: int, at: int, natures: tuple[Nature, ...], rng: Random, person: Person) -> Need:
    nature = weighted(rng, [(nature, nature.weight) for nature in natures])
    spanish = rng.random() < 0.11
    return Need(
        number=number,
        at=at,
        nature=nature,
        priority=weighted(rng, nature.priorities),
        origin=weighted(rng, nature.origins),
        person=person,
        spanish=spanish,
        narrative=words.narrative(rng, nature.code, spanish=spanish),
        sensitivity=weighted(rng, ((Sensitivity.NORMAL, 94), (Sensitivity.DIM, 4), (Sensitivity.HIDE, 2))),
    )
