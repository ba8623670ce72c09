"""Resgrid's numbers for states and priorities, and what they mean on the board.

The server answers the base type 0, *Available*, for each of its built-in unit states, also for *Out of
service*: up to `BUILT_IN_UP_TO` the status id itself is the state, beyond it the base type of a status
that the department has made is.
"""

from collections.abc import Mapping

from console.domain.vocabulary import Role, UnitState

BUILT_IN_UP_TO = 25

UNIT_STATES: Mapping[int, str] = dict(
    enumerate(
        (
            "Available",
            "Delayed",
            "Unavailable",
            "Committed",
            "OutOfService",
            "Responding",
            "OnScene",
            "Staging",
            "Returning",
            "Cancelled",
            "Released",
            "Manual",
            "Enroute",
        )
    )
)

BASE_TYPES: Mapping[int, str] = dict(
    enumerate(
        (
            "None",
            "Available",
            "NotResponding",
            "Responding",
            "OnScene",
            "MadeContact",
            "Investigating",
            "Dispatched",
            "Cleared",
            "Returning",
            "Staging",
            "Unavailable",
            "Enroute",
            "Transporting",
            "Delivering",
            "AtPatient",
            "AtHospital",
            "Searching",
            "Loading",
            "Standby",
            "OnPatrol",
            "Maintenance",
            "OnBreak",
            "Completed",
        ),
        start=-1,
    )
)

STATES: Mapping[str, UnitState] = {
    "None": UnitState.UNKNOWN,
    "Manual": UnitState.UNKNOWN,
    "Available": UnitState.AVAILABLE,
    "Cleared": UnitState.AVAILABLE,
    "Returning": UnitState.AVAILABLE,
    "Cancelled": UnitState.AVAILABLE,
    "Released": UnitState.AVAILABLE,
    "Completed": UnitState.AVAILABLE,
    "Standby": UnitState.AVAILABLE,
    "OnPatrol": UnitState.AVAILABLE,
    "Committed": UnitState.ASSIGNED,
    "Dispatched": UnitState.ASSIGNED,
    "Responding": UnitState.ENROUTE,
    "Enroute": UnitState.ENROUTE,
    "Staging": UnitState.ENROUTE,
    "OnScene": UnitState.ON_SCENE,
    "MadeContact": UnitState.ON_SCENE,
    "Investigating": UnitState.ON_SCENE,
    "AtPatient": UnitState.ON_SCENE,
    "Searching": UnitState.ON_SCENE,
    "Loading": UnitState.ON_SCENE,
    "Transporting": UnitState.TRANSPORTING,
    "Delivering": UnitState.TRANSPORTING,
    "AtHospital": UnitState.AT_DESTINATION,
    "Delayed": UnitState.DELAYED,
    "Unavailable": UnitState.OUT_OF_SERVICE,
    "OutOfService": UnitState.OUT_OF_SERVICE,
    "NotResponding": UnitState.OUT_OF_SERVICE,
    "Maintenance": UnitState.OUT_OF_SERVICE,
    "OnBreak": UnitState.OUT_OF_SERVICE,
}
"""What a state means here. Staging is near the scene and not at it; *None* and *Manual* say nothing."""

FREE = frozenset({UnitState.AVAILABLE, UnitState.OUT_OF_SERVICE, UnitState.OFF_DUTY})
"""A unit in one of these is on no call, whatever destination is still noted for it."""

STAGES: Mapping[str, str] = {
    "Committed": "assigned_at",
    "Dispatched": "assigned_at",
    "Responding": "enroute_at",
    "Enroute": "enroute_at",
    "OnScene": "on_scene_at",
    "MadeContact": "contact_at",
    "AtPatient": "contact_at",
    "Transporting": "left_at",
    "AtHospital": "destination_at",
}
"""The stamp that the beginning of a state is."""

ACTIVE = 0

CALL_STATES: Mapping[int, str] = dict(
    enumerate(("Active", "Closed", "Cancelled", "Unfounded", "Founded", "Minor"))
)

PRIORITIES: Mapping[int, int] = {3: 1, 2: 2, 1: 3, 0: 4}
"""Emergency, high, medium and low, the board's first being the most urgent."""

CALL_DESTINATION = 2

_ROLES: tuple[tuple[str, Role], ...] = (
    ("case manager", Role.CASE_MANAGER),
    ("clinician", Role.CLINICIAN),
    ("therapist", Role.CLINICIAN),
    ("counselor", Role.CLINICIAN),
    ("social worker", Role.CLINICIAN),
    ("behavioral", Role.CLINICIAN),
    ("paramedic", Role.PARAMEDIC),
    ("emt", Role.EMT),
    ("nurse", Role.NURSE),
    ("peer", Role.PEER),
    ("officer", Role.OFFICER),
    ("deputy", Role.OFFICER),
)


def code(status: int | None, base: int | None) -> str:
    """The name of a unit's state; empty where the numbers mean nothing."""
    if status is None:
        return ""
    if status <= BUILT_IN_UP_TO:
        return UNIT_STATES.get(status, "")
    return "" if base is None else BASE_TYPES.get(base, "")


def role(name: str) -> Role:
    """What somebody in a seat called ``name`` brings."""
    words = name.casefold()
    return next((found for word, found in _ROLES if word in words), Role.OTHER)
