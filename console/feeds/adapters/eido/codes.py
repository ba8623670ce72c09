"""The registries of EIDO in the words of the board (NENA-STA-021.1b section 3, APCO ANS 1.103.2)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from console.domain.vocabulary import CallState, Origin, Program, UnitState

INCIDENT: Mapping[str, CallState] = MappingProxyType(
    {
        "active": CallState.PENDING,
        "reopened": CallState.PENDING,
        "resourcesassigned": CallState.ASSIGNED,
        "resourcesdispatched": CallState.ASSIGNED,
        "resourcesenroute": CallState.ENROUTE,
        "resourcesonscene": CallState.ON_SCENE,
        "closed": CallState.CLOSED,
        "cancelled": CallState.CLOSED,
        "canceled": CallState.CLOSED,
    }
)

REOPENED = "reopened"

PRIMARY: Mapping[str, UnitState] = MappingProxyType(
    {
        "available": UnitState.AVAILABLE,
        "conditionallyavailable": UnitState.DELAYED,
        "notavailable": UnitState.OUT_OF_SERVICE,
    }
)

SECONDARY: Mapping[str, UnitState] = MappingProxyType(
    {
        "assigned": UnitState.ASSIGNED,
        "dispatched": UnitState.ASSIGNED,
        "enroute": UnitState.ENROUTE,
        "arrived": UnitState.ON_SCENE,
        "onscene": UnitState.ON_SCENE,
        "patientcontact": UnitState.ON_SCENE,
        "transporting": UnitState.TRANSPORTING,
        "hospital": UnitState.AT_DESTINATION,
        "meal": UnitState.OUT_OF_SERVICE,
        "break": UnitState.OUT_OF_SERVICE,
        "offduty": UnitState.OFF_DUTY,
    }
)

CLEARED = "cleared"
"""The unit has left its incident; whether it can be sent again is what its primary status says."""

STAGE: Mapping[UnitState, str] = MappingProxyType(
    {
        UnitState.ASSIGNED: "assigned_at",
        UnitState.ENROUTE: "enroute_at",
        UnitState.ON_SCENE: "on_scene_at",
        UnitState.TRANSPORTING: "left_at",
        UnitState.AT_DESTINATION: "destination_at",
    }
)
"""The stamp of a unit that is first seen so. A unit with such a state is on an incident."""

CONTACT = "patientcontact"

ORDER = (*STAGE,)

UNIT_CALL: Mapping[UnitState, CallState] = MappingProxyType(
    {
        UnitState.ASSIGNED: CallState.ASSIGNED,
        UnitState.ENROUTE: CallState.ENROUTE,
        UnitState.ON_SCENE: CallState.ON_SCENE,
        UnitState.TRANSPORTING: CallState.TRANSPORTING,
        UnitState.AT_DESTINATION: CallState.TRANSPORTING,
    }
)

PROGRAMS: Mapping[str, Program] = MappingProxyType({"crisisinterventionunit": Program.MOBILE_CRISIS})

CRISIS: Mapping[str, str] = MappingProxyType(
    {
        "EDP": "Emotionally disturbed person",
        "MNTL": "Mental health",
        "MTLV": "Mental health, violent",
        "SUICIDE": "Suicide",
        "SUICTHRT": "Suicide threat",
        "WELFARE": "Welfare check",
        "INTOX": "Intoxicated person",
        "OD": "Overdose",
    }
)
"""The common incident types that an alternative response is for."""

ORIGINS: Mapping[str, Origin] = MappingProxyType(
    {"emergency": Origin.E911, "nonemergency": Origin.NON_EMERGENCY}
)

CALM = frozenset({"", "none", "normal", "no", "false", "inactive", "cleared", "notactive", "noemergency"})
"""What a unit's emergency state says when there is none. Whatever else it says is taken for one."""


def key(code: str) -> str:
    """``code`` as the tables have it: implementations differ in case, blanks and hyphens."""
    return "".join(letter for letter in code.casefold() if letter.isalnum())


def furthest(states: Iterable[UnitState]) -> UnitState | None:
    """The last stage among ``states``, else the first of them."""
    found = tuple(states)
    stages = [state for state in found if state in STAGE]
    return max(stages, key=ORDER.index) if stages else next(iter(found), None)
