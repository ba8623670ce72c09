"""A unit as it lives through the shift: its state, its call, its way through the city."""

from collections.abc import Callable
from datetime import datetime

from console.domain.entities import Unit
from console.domain.vocabulary import UnitState
from console.simulator.city.streets import Spot
from console.simulator.life.case import Case
from console.simulator.life.roster import UnitSpec
from console.simulator.tracks import Track

RAW_STATES = {
    UnitState.AVAILABLE: "AV",
    UnitState.ASSIGNED: "AQ",
    UnitState.ENROUTE: "ER",
    UnitState.ON_SCENE: "OS",
    UnitState.TRANSPORTING: "TR",
    UnitState.AT_DESTINATION: "AD",
    UnitState.DELAYED: "DLY",
    UnitState.OUT_OF_SERVICE: "OOS",
    UnitState.OFF_DUTY: "OFF",
}


def _nobody_waits() -> None:
    """Stands in until a dispatcher takes the unit on."""


class Vehicle:
    """One unit. ``relieved``: its shift is over, it signs off once free; ``hungry``: a meal is due.

    ``freed`` is called when the unit can be sent again.
    """

    def __init__(self, spec: UnitSpec, track: Track, home: Spot, area: str) -> None:
        self.spec = spec
        self.track = track
        self.home = home
        self.area = area
        self.state = UnitState.OFF_DUTY
        self.raw_state = RAW_STATES[UnitState.OFF_DUTY]
        self.since: datetime | None = None
        self.shift_from: datetime | None = None
        self.shift_until: datetime | None = None
        self.case: Case | None = None
        self.relieved = False
        self.hungry = False
        self.emergency = False
        self.freed: Callable[[], None] = _nobody_waits

    @property
    def free(self) -> bool:
        """Whether it can be sent."""
        return self.state is UnitState.AVAILABLE

    @property
    def on_duty(self) -> bool:
        """Whether somebody is on it."""
        return self.state is not UnitState.OFF_DUTY

    def become(self, state: UnitState, at: datetime, raw_state: str = "") -> None:
        """Enter ``state``; ``raw_state`` where the dispatch system has a word of its own for it."""
        self.state = state
        self.raw_state = raw_state or RAW_STATES.get(state, "")
        self.since = at

    def row(self, at: datetime) -> Unit:
        """The row of the API as of ``at``."""
        spec = self.spec
        return Unit(
            id=spec.id,
            callsign=spec.callsign,
            program=spec.program,
            kind=spec.kind,
            state=self.state,
            raw_state=self.raw_state,
            since=self.since,
            call="" if self.case is None else self.case.id,
            crew=spec.crew,
            capabilities=spec.capabilities,
            home=spec.home,
            area=self.area,
            shift_from=self.shift_from,
            shift_until=self.shift_until,
            emergency=self.emergency,
            updated_at=at,
        )
