"""What happens to a call before anybody goes: it is answered, opened, screened, queued, or handed to police."""

from functools import partial

from console.domain.vocabulary import Origin, Program
from console.simulator.city.streets import Streets
from console.simulator.life.case import Case
from console.simulator.life.chance import lasting, seconds, weighted
from console.simulator.life.crisis_codes import CRISIS_CALLS, OUT, VISITS
from console.simulator.life.desk import LIMIT_S, Desk
from console.simulator.life.fleet import Fleet
from console.simulator.life.needs import Need
from console.simulator.life.other_codes import EMS_CALLS
from console.simulator.life.steps import settle
from console.simulator.life.world import Process, World

OUTSIDE = "D8"
"""The program does not serve this district."""

_CLOSED_HOURS = (23, 7)
_WHIMS = (("", 88), ("CALLER_ASKED_POLICE", 5), ("CANCELLED_BEFORE_ASSIGNMENT", 7))


class Intake:
    """The call takers and the screening desk."""

    def __init__(self, world: World, streets: Streets, desk: Desk, patrol: Fleet, ambulances: Fleet) -> None:
        self._world = world
        self._streets = streets
        self._desk = desk
        self._patrol = patrol
        self._ambulances = ambulances
        self.cases: list[Case] = []

    def receive(self, need: Need) -> Process:
        """One call from the moment it is answered. A planned visit is on the board once a team takes it."""
        world = self._world
        case = Case(need, self._streets.point(need.person.place.spot), world.stream("case", need.number))
        self.cases.append(case)
        if need.nature in VISITS:
            case.program, case.queued = OUT, world.now
            self._desk.offer(case)
            return
        case.stamp("answered_at", world.at)
        yield seconds(case.rng, 12, 35, 110)
        case.stamp("created_at", world.at)
        if need.nature in CRISIS_CALLS:
            case.program = need.nature.tiers[0][0] if need.nature.tiers else Program.EMS
            world.show(case)
            yield from self._screen(case)
        else:
            medical = need.nature in EMS_CALLS
            case.program = Program.EMS if medical else Program.POLICE
            world.show(case)
            yield seconds(case.rng, 10, 40, 150)
            (self._ambulances if medical else self._patrol).attend(case)

    def _screen(self, case: Case) -> Process:
        """Decide once whether the call is one for the teams."""
        rng = case.rng
        if case.need.origin is Origin.OFFICER:
            self._patrol.support(case, (15, 30, 60))
        yield seconds(rng, 20, 55, 190)
        barrier = self._barrier(case)
        if barrier is not None:
            case.eligible = None if not barrier else False
            case.unmet_reason = barrier
            self._refuse(case)
            return
        case.eligible = True
        case.police_queue = weighted(rng, ((False, 82), (True, 13), (None, 5)))
        case.stamp("eligible_at", self._world.at)
        self._world.show(case)
        yield seconds(rng, 1, 6, 40)
        yield from self._queue(case)

    def _barrier(self, case: Case) -> str | None:
        """Why the call is outside the service; an empty reason where the agency gives no outcome at all."""
        draw = case.rng.random()
        if draw < case.need.nature.unsafe:
            return "SAFETY_SCREEN"
        if case.need.person.place.area == OUTSIDE:
            return "OUT_OF_ZONE"
        if case.need.nature.tiers[0][0] is OUT and self._after_hours():
            return "OUT_OF_HOURS"
        if draw > 0.98:
            return ""
        return "NOT_SCREENED" if draw > 0.95 else None

    def _after_hours(self) -> bool:
        hour = self._world.local_hour()
        return hour >= _CLOSED_HOURS[0] or hour < _CLOSED_HOURS[1]

    def _refuse(self, case: Case) -> None:
        """Police or an ambulance go; minor calls out of hours are left for the morning."""
        world = self._world
        if case.unmet_reason == "OUT_OF_HOURS" and case.rng.random() < 0.5:
            case.disposition = "CANCEL"
            settle(world, case)
        elif case.program is Program.EMS:
            world.show(case)
            self._ambulances.attend(case)
            self._patrol.support(case)
        else:
            case.program = Program.POLICE
            world.show(case)
            self._patrol.attend(case)

    def _queue(self, case: Case) -> Process:
        """Wait for a team; a few are helped by telephone, change their mind, or reach the limit of the wait."""
        world, rng = self._world, case.rng
        if rng.random() < (0.22 if case.need.origin is Origin.C988 else 0.04):
            yield from self._by_telephone(case)
            return
        case.stamp("queued_at", world.at)
        case.queued = world.now
        world.show(case)
        world.later(seconds(rng, 60, 120, 600), partial(self._whim, case))
        decision = seconds(rng, 60, 240, 900)
        yield decision
        self._desk.offer(case)
        if case.waiting and self._desk.reason(case) == "NO_TEAM_ON_DUTY":
            self._give_up(case, "NO_TEAM_ON_DUTY")
        yield max(0, LIMIT_S[case.need.priority] - decision)
        if case.waiting:
            self._give_up(case, self._desk.reason(case))

    def _by_telephone(self, case: Case) -> Process:
        """A clinician helps over the telephone: the call never enters the teams' queue."""
        yield lasting(case.rng, (4, 8, 16))
        case.by_phone, case.disposition = True, "PHONE"
        settle(self._world, case)

    def _whim(self, case: Case) -> None:
        reason = weighted(case.rng, _WHIMS)
        if reason and case.waiting:
            self._give_up(case, reason)

    def _give_up(self, case: Case, reason: str) -> None:
        """No team will go. Now and then the reason is never written down."""
        written = reason if case.rng.random() > 0.07 else ""
        if reason == "CANCELLED_BEFORE_ASSIGNMENT":
            case.unmet_reason, case.disposition = written, "CANCEL"
            settle(self._world, case)
        else:
            case.hand_over(written)
            self._patrol.attend(case)
