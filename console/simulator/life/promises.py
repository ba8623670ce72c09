"""Follow-ups: contacts promised within 24, 48 or 72 hours, and the case managers who keep most of them."""

import msgspec

from console.domain.entities import FollowUp
from console.domain.vocabulary import FeedName
from console.simulator.life.case import Case
from console.simulator.life.chance import weighted
from console.simulator.life.natures import DESTINATIONS
from console.simulator.life.scenarios import HOUR
from console.simulator.life.world import Process, World

_MANAGERS = ("R. Okafor", "J. Lindqvist", "M. Solano", "T. Weatherby")
_HOURS = ((24, 50), (48, 30), (72, 20))
_OUTCOMES = (("reached by phone", 45), ("visited", 25), ("left a message", 20), ("declined", 10))
_WORTH_A_FOLLOW_UP = {"STAB", "REFER", "REFUSE", *DESTINATIONS} - {"TR-ED"}
BACKLOG = 30


class Promises:
    """The follow-up list of the shift: what earlier days left, and what this one adds."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rng = world.stream("follow-ups")
        self._count = 0

    def backlog(self) -> None:
        """What earlier days left to do during this shift."""
        for _ in range(BACKLOG):
            due = round(self._rng.uniform(-2.5, 23) * HOUR)
            self._world.begin(self._kept(self._new(f"C{self._rng.randrange(560, 1000)}", due), due))

    def after(self, case: Case) -> None:
        """Half of the people whom a team met are promised a later contact."""
        if case.disposition in _WORTH_A_FOLLOW_UP and self._rng.random() < 0.5:
            promised = self._new(case.id, None)
            self._world.log(FeedName.FOLLOW_UPS, promised)

    def _new(self, call: str, due: int | None) -> FollowUp:
        self._count += 1
        hours = weighted(self._rng, _HOURS)
        return FollowUp(
            id=f"F{self._count:03d}",
            call=call,
            case_manager=self._rng.choice(_MANAGERS),
            hours=hours,
            due_at=self._world.moment(self._world.now + hours * HOUR if due is None else due),
            updated_at=self._world.at,
        )

    def _kept(self, promised: FollowUp, due: int) -> Process:
        """Four in five are kept in time, most of the others late, a few not at all this shift."""
        self._world.log(FeedName.FOLLOW_UPS, promised)
        kept = self._rng.random()
        early, late = self._rng.uniform(0.1, 4) * HOUR, self._rng.uniform(1, 9) * HOUR
        if kept > 0.95:
            return
        yield round(max(due - early, 60) if kept < 0.72 and due > 0 else max(due, 0) + late)
        outcome = weighted(self._rng, _OUTCOMES)
        done = msgspec.structs.replace(
            promised, done_at=self._world.at, updated_at=self._world.at, outcome=outcome
        )
        self._world.log(FeedName.FOLLOW_UPS, done)
