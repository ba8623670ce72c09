"""A call as it lives through the shift: its stamps, who is on it, what has become of it."""

from datetime import datetime
from random import Random

from console.domain.entities import Assignment, Call, Disposition, Stamps
from console.domain.vocabulary import ALTERNATIVE, CallState, Origin, Police, Program
from console.simulator.city.plane import Point, degrees
from console.simulator.life.natures import DISPOSITIONS
from console.simulator.life.needs import Need

RAW_STATES = {
    CallState.PENDING: "PEND",
    CallState.ASSIGNED: "DISP",
    CallState.ENROUTE: "ENRT",
    CallState.ON_SCENE: "ONSC",
    CallState.TRANSPORTING: "TRAN",
    CallState.CLOSED: "CLSD",
}
_STAGES = (CallState.ASSIGNED, CallState.ENROUTE, CallState.ON_SCENE, CallState.TRANSPORTING)
_OF_ANY_TEAM = ("assigned_at", "enroute_at", "on_scene_at")
_GAPS = (("answered_at", 0.01), ("enroute_at", 0.035), ("on_scene_at", 0.015), ("contact_at", 0.12))
"""Stamps that a dispatch system now and then does not have, and how often."""


class Case:
    """One call. ``teams`` are the alternative-response units sent to it, the first of them the primary."""

    def __init__(self, need: Need, point: Point, rng: Random) -> None:
        self.need = need
        self.id = f"C{need.number}"
        self.rng = rng
        self.program: Program | None = None
        self.eligible: bool | None = None
        self.police = Police.NONE if rng.random() > 0.07 else Police.UNKNOWN
        self.police_queue: bool | None = None
        self.backup_requested: bool | None = None
        self.by_phone: bool | None = None
        self.unmet_reason = ""
        self.given_up = False
        self.disposition = ""
        self.destination = ""
        self.closed = False
        self.odd_state = ""
        self.queued: int | None = None
        self.teams: list[str] = []
        self._point = degrees(point)
        self._gaps = {name for name, share in _GAPS if rng.random() < share}
        self._stamps: dict[str, datetime] = {}
        self._parts: list[tuple[str, dict[str, datetime]]] = []
        self._part: dict[str, dict[str, datetime]] = {}
        self._stages: dict[str, CallState] = {}

    @property
    def committed(self) -> bool:
        """Whether any unit is on it."""
        return bool(self._stages)

    @property
    def waiting(self) -> bool:
        """Whether it stands in the teams' queue."""
        return self.queued is not None and not (self.teams or self.disposition or self.given_up)

    def stamp(self, name: str, at: datetime) -> None:
        """Set a moment of the call itself, once."""
        if name not in self._gaps:
            self._stamps.setdefault(name, at)

    def hand_over(self, reason: str) -> None:
        """No team will go: the call is for police from now on."""
        self.given_up = True
        self.unmet_reason = reason
        self.program = Program.POLICE

    def send(self, unit: str, at: datetime, *, team: bool) -> None:
        """``unit`` is notified; ``team``: it is an alternative-response team."""
        if team:
            self.teams.append(unit)
        self._part[unit] = {}
        self._parts.append((unit, self._part[unit]))
        self.reach(unit, "assigned_at", at, CallState.ASSIGNED)

    def reach(self, unit: str, name: str, at: datetime, stage: CallState | None = None) -> None:
        """``unit`` reaches the moment ``name`` and, where given, the next ``stage``."""
        if stage is not None:
            self._stages[unit] = stage
        if name in self._gaps:
            return
        self._part[unit][name] = at
        if unit in self.teams[:1] or (unit in self.teams and name in _OF_ANY_TEAM):
            self._stamps.setdefault(name, at)

    def clear(self, unit: str, at: datetime) -> None:
        """``unit`` is done here."""
        self._part[unit]["cleared_at"] = at
        del self._stages[unit]
        if unit in self.teams and not any(team in self._stages for team in self.teams):
            self._stamps["cleared_at"] = at

    def state(self) -> CallState:
        """Where it stands for the program: by the units still on it, teams before police.

        A call that waits for a team is pending, though police may be there already.
        """
        if self.closed:
            return CallState.CLOSED
        if self.odd_state:
            return CallState.UNKNOWN
        if self.program in ALTERNATIVE and not self.teams:
            return CallState.PENDING
        of_teams = [stage for unit, stage in self._stages.items() if unit in self.teams]
        stages = of_teams or list(self._stages.values())
        return max(stages, key=_STAGES.index, default=CallState.PENDING)

    def row(self, at: datetime) -> Call:
        """The row of the API as of ``at``."""
        need, state = self.need, self.state()
        return Call(
            id=self.id,
            number=str(need.number),
            nature=need.nature.code,
            nature_text=need.nature.text,
            priority=need.priority,
            state=state,
            raw_state=self.odd_state if state is CallState.UNKNOWN else RAW_STATES[state],
            origin=need.origin,
            program=self.program,
            area=need.person.place.area,
            address=need.person.place.address,
            lat=self._point[0],
            lon=self._point[1],
            stamps=Stamps(**self._stamps),
            assignments=tuple(Assignment(unit, **moments) for unit, moments in self._parts),
            police=self.police,
            backup_requested=self.backup_requested,
            police_queue=self.police_queue,
            public_initiated=need.origin is not Origin.OFFICER and need.nature.code != "FOLLOW",
            eligible=self.eligible,
            by_phone=self.by_phone,
            unmet_reason=self.unmet_reason,
            disposition=self._outcome(),
            destination=self.destination,
            sensitivity=need.sensitivity,
            caller_name=need.person.name,
            caller_phone=need.person.phone,
            narrative=need.narrative,
            updated_at=at,
        )

    def _outcome(self) -> Disposition | None:
        return Disposition(self.disposition, DISPOSITIONS[self.disposition]) if self.disposition else None
