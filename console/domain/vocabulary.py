"""The closed vocabularies of the board: the words that every part of the console shares.

The values are those of the documented JSON board. Whatever a dispatch system says that
fits none of them is ``UNKNOWN`` with the raw text kept beside it: never a guess.
"""

from enum import StrEnum


class CallState(StrEnum):
    """Where a call stands, from the alternative-response program's side."""

    PENDING = "pending"
    ASSIGNED = "assigned"
    ENROUTE = "enroute"
    ON_SCENE = "on_scene"
    TRANSPORTING = "transporting"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class UnitState(StrEnum):
    """What a unit is doing."""

    AVAILABLE = "available"
    ASSIGNED = "assigned"
    ENROUTE = "enroute"
    ON_SCENE = "on_scene"
    TRANSPORTING = "transporting"
    AT_DESTINATION = "at_destination"
    DELAYED = "delayed"
    OUT_OF_SERVICE = "out_of_service"
    OFF_DUTY = "off_duty"
    UNKNOWN = "unknown"


class Availability(StrEnum):
    """The five groups that every roster sums to."""

    AVAILABLE = "available"
    ASSIGNED = "assigned"
    DELAYED = "delayed"
    OUT = "out"
    UNKNOWN = "unknown"


class Program(StrEnum):
    """The kind of program a unit belongs to."""

    MOBILE_CRISIS = "mobile_crisis"
    CO_RESPONDER = "co_responder"
    CLINICIAN_EMS = "clinician_ems"
    OUTREACH = "outreach"
    POLICE = "police"
    EMS = "ems"
    FIRE = "fire"
    OTHER = "other"


ALTERNATIVE = frozenset(
    {
        Program.MOBILE_CRISIS,
        Program.CO_RESPONDER,
        Program.CLINICIAN_EMS,
        Program.OUTREACH,
    }
)
"""The programs whose units are this console's teams; the rest are shown, not counted as teams."""


class Origin(StrEnum):
    """Who asked for help, and by which way in."""

    E911 = "911"
    C988 = "988"
    NON_EMERGENCY = "non_emergency"
    OFFICER = "officer_requested"
    UNKNOWN = "unknown"


class Police(StrEnum):
    """What is known of police at a call."""

    NONE = "none"
    REQUESTED = "requested"
    ATTENDED = "attended"
    UNKNOWN = "unknown"


class Sensitivity(StrEnum):
    """The dispatch system's own label on how openly a call may be shown."""

    NORMAL = "normal"
    DIM = "dim"
    HIDE = "hide"


class Role(StrEnum):
    """What a crew member brings."""

    CLINICIAN = "clinician"
    OFFICER = "officer"
    EMT = "emt"
    PARAMEDIC = "paramedic"
    PEER = "peer"
    CASE_MANAGER = "case_manager"
    NURSE = "nurse"
    OTHER = "other"


class FacilityKind(StrEnum):
    """Where a person can be taken or referred to, and where teams start from."""

    CRISIS_CENTER = "crisis_center"
    HOSPITAL = "hospital"
    DETOX = "detox"
    SHELTER = "shelter"
    STATION = "station"
    OTHER = "other"


class Health(StrEnum):
    """How a feed is doing (RELIABILITY section 3)."""

    STARTING = "starting"
    OK = "ok"
    LATE = "late"
    STALE = "stale"
    DEGRADED = "degraded"
    AUTH = "auth"
    DOWN = "down"
    PAUSED = "paused"


class FeedName(StrEnum):
    """The kinds of data a source can give."""

    CALLS = "calls"
    UNITS = "units"
    POSITIONS = "positions"
    FACILITIES = "facilities"
    FOLLOW_UPS = "follow_ups"


class AlarmState(StrEnum):
    """Where an alarm stands (ISA-18.2); one that is over and was acknowledged is no longer there at all."""

    UNACKNOWLEDGED = "unacknowledged"
    ACKNOWLEDGED = "acknowledged"
    RETURNED = "returned"
    """What it told of is over, and nobody has said that they saw it."""

    SHELVED = "shelved"
    SUPPRESSED = "suppressed"
    """By design: the source it speaks from is down, for which one other alarm stands."""

    OUT_OF_SERVICE = "out_of_service"


class Reached(StrEnum):
    """How somebody made sure of a team's safety."""

    RADIO = "radio"
    PHONE = "phone"
    APP = "app"
    NOT_REACHED = "not_reached"
    """Nobody answered: that is on record, the check-in stays overdue and comes back."""


_AVAILABILITY = {
    UnitState.AVAILABLE: Availability.AVAILABLE,
    UnitState.ASSIGNED: Availability.ASSIGNED,
    UnitState.ENROUTE: Availability.ASSIGNED,
    UnitState.ON_SCENE: Availability.ASSIGNED,
    UnitState.TRANSPORTING: Availability.ASSIGNED,
    UnitState.AT_DESTINATION: Availability.ASSIGNED,
    UnitState.DELAYED: Availability.DELAYED,
    UnitState.OUT_OF_SERVICE: Availability.OUT,
    UnitState.OFF_DUTY: Availability.OUT,
    UnitState.UNKNOWN: Availability.UNKNOWN,
}


def availability(state: UnitState) -> Availability:
    """The group of the roster that ``state`` counts in; unknown is never available."""
    return _AVAILABILITY[state]
