"""From a scenario and a seed to a shift that can be served: the same pair, the same shift, byte for byte."""

from functools import partial

from console.domain.entities import Agency
from console.domain.vocabulary import ALTERNATIVE, FeedName, Program
from console.simulator.city import plan
from console.simulator.city.plane import degrees
from console.simulator.city.routes import Routes
from console.simulator.city.streets import Streets
from console.simulator.life.case import Case
from console.simulator.life.desk import Desk
from console.simulator.life.duty import Duty
from console.simulator.life.fleet import Fleet
from console.simulator.life.houses import Houses
from console.simulator.life.intake import Intake
from console.simulator.life.needs import DAY, Gazetteer, needs
from console.simulator.life.roster import UnitSpec, roster
from console.simulator.life.scenarios import HOUR, ZONE, Scenario
from console.simulator.life.silence import fixes
from console.simulator.life.vehicle import Vehicle
from console.simulator.life.visit import Visits
from console.simulator.life.world import World
from console.simulator.shift import Shift
from console.simulator.timeline import Change, Timeline
from console.simulator.tracks import Track

NOTICE = "Simulation: Cedar Fork is a fictional city. No real people, calls or places."


def generate(scenario: Scenario, seed: int) -> Shift:
    """Live through the whole shift and keep everything that changed."""
    streets, seed = Streets(), scenario.salt + seed
    world = World(scenario.start, scenario.opens.hour, seed, Routes(streets))
    gazetteer = Gazetteer(streets)
    houses = Houses(world, streets, DAY)
    units = [_vehicle(spec, streets, gazetteer, houses) for spec in roster(seed)]
    intake, duty = _center(world, streets, units, houses, gazetteer, scenario.showcase_at)
    _sign_on(world, duty, units)
    houses.open()
    for need in needs(scenario, seed, gazetteer):
        world.begin(intake.receive(need), need.at)
    _trouble(world, duty, units, intake.cases, scenario.showcase_at)
    world.run()
    return Shift(
        agency=_agency(scenario),
        start=scenario.start,
        until=world.at,
        showcase=world.moment(scenario.showcase_at),
        timeline=Timeline(_last_of_each_moment(world.changes)),
        moving={FeedName.POSITIONS: fixes(world, units, scenario.showcase_at)},
    )


def _vehicle(spec: UnitSpec, streets: Streets, gazetteer: Gazetteer, houses: Houses) -> Vehicle:
    home = houses.spot(spec.home)
    return Vehicle(spec, Track(streets), home, gazetteer.area(home))


def _center(
    world: World, streets: Streets, units: list[Vehicle], houses: Houses, gazetteer: Gazetteer, showcase: int
) -> tuple[Intake, Duty]:
    """The dispatch center: call takers, the teams' desk, and the two public services."""
    duty = Duty(world, [gazetteer.anywhere(world.stream("beat", i)).spot for i in range(60)], DAY)
    patrol = Fleet(world, streets, _of(units, Program.POLICE), duty, houses)
    ambulances = Fleet(world, streets, _of(units, Program.EMS), duty, houses)
    visits = Visits(world, streets, duty, patrol, houses, showcase)
    desk = Desk(world, streets, _of(units, *ALTERNATIVE), visits)
    return Intake(world, streets, desk, patrol, ambulances), duty


def _of(units: list[Vehicle], *programs: Program) -> list[Vehicle]:
    return [unit for unit in units if unit.spec.program in programs]


def _sign_on(world: World, duty: Duty, units: list[Vehicle]) -> None:
    """Begin every tour that touches the 24 hours; until its first one a unit is off duty."""
    opens = world.local_hour()
    for unit in units:
        hour, length = unit.spec.hours
        begins = [(hour - opens + 24 * day) * HOUR for day in (-1, 0, 1)]
        tours = [(begin, begin + length * HOUR) for begin in begins if -length * HOUR < begin <= DAY]
        unit.since = world.at
        unit.shift_from, unit.shift_until = (world.moment(moment) for moment in tours[0])
        world.show(unit)
        for begin, end in tours:
            world.begin(duty.tour(unit, begin, end))


def _trouble(world: World, duty: Duty, units: list[Vehicle], cases: list[Case], showcase: int) -> None:
    """Vehicles break down, and a few statuses are sent that nobody has a word for; one of each by the showcase."""
    rng = world.stream("trouble")
    cars = _of(units, Program.POLICE, Program.EMS)
    for at in (showcase - 4 * 60, *(rng.randrange(DAY) for _ in range(4))):
        world.begin(duty.puzzle(cars, cases), max(at, 0))
    for at in (showcase - 12 * 60, *(rng.randrange(DAY) for _ in range(9))):
        world.later(max(at, 0), partial(duty.repair, rng.choice(units), (25, 45, 100)))


def _last_of_each_moment(changes: list[Change]) -> list[Change]:
    """A row that changed twice within one second shows only how it ended."""
    return list({(change.at, change.feed, change.key): change for change in changes}.values())


def _agency(scenario: Scenario) -> Agency:
    south, west = degrees((-plan.HALF_WIDTH, -plan.HALF_HEIGHT))
    north, east = degrees((plan.HALF_WIDTH, plan.HALF_HEIGHT))
    return Agency(
        name=f"{plan.NAME} Crisis Response",
        timezone=ZONE,
        notice=NOTICE,
        shift=scenario.shift,
        shift_from=scenario.start,
        bounds=(south, west, north, east),
        base_map="demo-city",
    )
