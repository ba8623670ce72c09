"""What does not fit between a unit and its call: the same as the alarms tell, by the same rules."""

from collections.abc import Mapping

from console.domain.entities import Call, Unit
from console.domain.vocabulary import CallState, UnitState
from console.domain.watching.of_units import COMMITTED

CLOSED, NO_CALL, UNASSIGNED = "closed", "no call", "unassigned"
"""The call is over, there is none, or it still waits for a team."""

DOUBTS = {
    CLOSED: "committed to a closed call: check its state with dispatch",
    NO_CALL: "on scene, no call: ask it where it is, have dispatch assign it",
    UNASSIGNED: "on scene, but its call still waits for a team: have dispatch assign it",
}
"""The same in words, and what to do."""


def doubt(unit: Unit, calls: Mapping[str, Call], named: Mapping[str, tuple[str, ...]]) -> str:
    """Which of them it is, if any; ``named`` are by unit the open calls that say it is on them."""
    call = calls.get(unit.call) if unit.call else None
    if call is not None and not call.open:
        return CLOSED if unit.state in COMMITTED else ""
    if unit.state is not UnitState.ON_SCENE or named.get(unit.id):
        return ""
    if not unit.call:
        return NO_CALL
    return UNASSIGNED if call is not None and call.state is CallState.PENDING else ""
