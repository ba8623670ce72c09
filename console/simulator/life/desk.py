"""The teams' queue: who is sent to which eligible call, and why nobody could be."""

from collections.abc import Sequence

from console.simulator.city.streets import Streets
from console.simulator.life.case import Case
from console.simulator.life.fleet import nearest
from console.simulator.life.vehicle import Vehicle
from console.simulator.life.visit import Visits
from console.simulator.life.world import World

LIMIT_S = {1: 12 * 60, 2: 25 * 60, 3: 35 * 60}
"""By policy an eligible call that has waited so long goes to police."""

_SECOND_CHOICE_S = {1: 7 * 60, 2: 20 * 60, 3: 30 * 60}
_SPANISH_S = 22 * 60
_LAST_MINUTES_S = 20 * 60
_SENT_TOGETHER = 0.05
_CROWDED = 6
"""With so many waiting, any suitable team goes at once."""


class Desk:
    """The alternative-response dispatcher."""

    def __init__(self, world: World, streets: Streets, teams: Sequence[Vehicle], visits: Visits) -> None:
        self._world = world
        self._streets = streets
        self._teams = teams
        self._visits = visits
        self._waiting: list[Case] = []
        for team in teams:
            team.freed = self.match

    def offer(self, case: Case) -> None:
        """The call may be given to a team from now on."""
        if not case.waiting:
            return
        self._waiting.append(case)
        self.match()
        for wait in (_SECOND_CHOICE_S[case.need.priority], _SPANISH_S):
            self._world.later(wait + 1, self.match)

    def match(self) -> None:
        """Send free teams to waiting calls: the most urgent first, then the oldest."""
        self._waiting = [case for case in self._waiting if case.waiting]
        for case in sorted(self._waiting, key=lambda case: (case.need.priority, case.queued)):
            team = self._nearest(case)
            if team is not None:
                self._visits.send(case, team)
                if case.rng.random() < _SENT_TOGETHER and (second := self._nearest(case)) is not None:
                    self._visits.assist(case, second)

    def reason(self, case: Case) -> str:
        """Why no team went, judged by what the suitable teams are doing now."""
        suitable = [t for t in self._teams if any(t.spec.program in tier for tier in case.need.nature.tiers)]
        on_duty = [team for team in suitable if team.on_duty]
        if not on_duty:
            return "NO_TEAM_ON_DUTY"
        return "ALL_TEAMS_BUSY" if all(team.case is not None for team in on_duty) else "WAIT_LIMIT"

    def _nearest(self, case: Case) -> Vehicle | None:
        waited = self._world.now - (case.queued or 0)
        patient = waited < _SECOND_CHOICE_S[case.need.priority] and len(self._waiting) < _CROWDED
        tiers = case.need.nature.tiers[:1] if patient else case.need.nature.tiers
        programs = {program for tier in tiers for program in tier}
        suitable = [
            team
            for team in self._teams
            if team.spec.program in programs
            and (team.spec.spanish or not case.need.spanish or waited >= _SPANISH_S)
            and not self._leaves_soon(team)
        ]
        return nearest(suitable, self._streets.point(case.need.person.place.spot), self._world)

    def _leaves_soon(self, team: Vehicle) -> bool:
        if team.shift_until is None:
            return True
        return (team.shift_until - self._world.at).total_seconds() < _LAST_MINUTES_S
