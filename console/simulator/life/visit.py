"""What a team does on a call, from the notification to the moment it is free again."""

from console.domain.vocabulary import CallState, Police, Program
from console.simulator.city.streets import Streets
from console.simulator.life.case import Case
from console.simulator.life.chance import lasting, seconds, weighted
from console.simulator.life.duty import Duty
from console.simulator.life.fleet import Fleet
from console.simulator.life.houses import Houses
from console.simulator.life.natures import DESTINATIONS
from console.simulator.life.promises import Promises
from console.simulator.life.steps import arrive, assign, clear, deliver, depart, transport
from console.simulator.life.vehicle import Vehicle
from console.simulator.life.world import Process, World

_HASTE = 0.95
_PAPERWORK = 0.3
_WITH_POLICE = 0.08
_CALM_S = 3_600
"""No responder emergency within this time of the showcase."""


class Visits:
    """The teams' work. ``showcase`` is a moment (seconds) that stays free of responder emergencies."""

    def __init__(
        self, world: World, streets: Streets, duty: Duty, patrol: Fleet, houses: Houses, showcase: int
    ) -> None:
        self._world = world
        self._streets = streets
        self._duty = duty
        self._patrol = patrol
        self._houses = houses
        self._promises = Promises(world)
        self._showcase = showcase
        self._promises.backlog()

    def send(self, case: Case, team: Vehicle) -> None:
        """Assign ``team`` as the primary team of ``case``."""
        case.program = team.spec.program
        case.stamp("created_at", self._world.at)
        assign(self._world, case, team, team=True)
        self._world.begin(self._visit(case, team))

    def assist(self, case: Case, team: Vehicle) -> None:
        """Assign ``team`` beside the primary."""
        assign(self._world, case, team, team=True)
        self._world.begin(self._assist(case, team))

    def _visit(self, case: Case, team: Vehicle) -> Process:
        rng, world = case.rng, self._world
        yield seconds(rng, 20, 60, 190)
        if rng.random() < 0.03:
            self._decline(case, team)
            return
        travel = depart(world, case, team, _HASTE)
        if case.eligible and rng.random() < _WITH_POLICE:
            self._patrol.support(case)
        if rng.random() < 0.03:
            yield travel // 2
            case.disposition = "CANCEL"
        else:
            yield travel
            arrive(world, case, team)
            outcome = weighted(rng, case.need.nature.outcomes)
            yield from self._meet(case, team, found=outcome != "NOTFND")
            yield from self._conclude(case, team, outcome)
        self._promises.after(case)
        clear(world, case, team)
        self._duty.rest(team, _PAPERWORK)

    def _decline(self, case: Case, team: Vehicle) -> None:
        """The team finds that it must not go: police take the call; a planned visit is put off."""
        if case.eligible:
            case.hand_over("TEAM_DECLINED")
            self._patrol.attend(case)
        else:
            case.disposition = "CANCEL"
        clear(self._world, case, team)
        self._duty.rest(team)

    def _meet(self, case: Case, team: Vehicle, *, found: bool) -> Process:
        """Find the person and be with them."""
        rng, world = case.rng, self._world
        if not found:
            yield lasting(rng, (5, 9, 16))
            return
        yield seconds(rng, 20, 90, 300)
        case.reach(team.spec.id, "contact_at", world.at)
        case.backup_requested = rng.random() < 0.03
        world.show(case)
        if case.backup_requested:
            self._patrol.support(case)
        if rng.random() < 0.015 and abs(world.now - self._showcase) > _CALM_S:
            world.begin(self._emergency(team), seconds(rng, 60, 300, 900))
        yield lasting(rng, case.need.nature.minutes)

    def _emergency(self, team: Vehicle) -> Process:
        """The crew presses the button, and it is reset once they are safe."""
        for pressed in (True, False):
            team.emergency = pressed
            self._world.show(team)
            yield seconds(self._world.stream("emergency", team.spec.id, self._world.now), 60, 120, 240)

    def _conclude(self, case: Case, team: Vehicle, outcome: str) -> Process:
        if (
            outcome == "ARREST"
            and Police.ATTENDED is not case.police
            and team.spec.program is not Program.CO_RESPONDER
        ):
            outcome = "STAB"
        if outcome == "TOPD":
            self._patrol.support(case, (15, 25, 45))
            yield lasting(case.rng, (6, 9, 14))
        if outcome in DESTINATIONS:
            yield from self._take(case, team, outcome)
        elif case.rng.random() < 0.7:
            case.reach(team.spec.id, "left_at", self._world.at, CallState.ON_SCENE)
        case.disposition = outcome

    def _take(self, case: Case, team: Vehicle, outcome: str) -> Process:
        """Take the person to a facility; now and then dispatch closes the call while the team is still there."""
        key = self._houses.nearest(DESTINATIONS[outcome], self._streets.point(case.need.person.place.spot))
        case.destination = self._houses.name(key)
        yield transport(self._world, case, team, self._houses.spot(key))
        deliver(self._world, case, team)
        self._houses.admit(key)
        stay = lasting(case.rng, (6, 12, 28))
        if case.rng.random() < 0.12:
            yield stay // 3
            stay -= stay // 3
            case.disposition, case.closed = outcome, True
            self._world.show(case)
        yield stay

    def _assist(self, case: Case, team: Vehicle) -> Process:
        rng, world = case.rng, self._world
        yield seconds(rng, 30, 80, 200)
        yield depart(world, case, team, _HASTE)
        if not case.disposition:
            arrive(world, case, team)
            yield lasting(rng, (8, 15, 30))
        clear(world, case, team)
        self._duty.rest(team)
