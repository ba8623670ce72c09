"""The plain words for what the dispatch system says, so that no color or shape ever stands alone."""

from collections.abc import Mapping
from types import MappingProxyType

from console.domain.vocabulary import AlarmState, Reached

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "unknown": "unknown",
        # where a call stands
        "pending": "queued",
        "assigned": "assigned",
        "enroute": "en route",
        "on_scene": "on scene",
        "transporting": "transporting",
        "closed": "closed",
        # what a unit does, and the group of the roster it counts in
        "available": "available",
        "at_destination": "at destination",
        "delayed": "delayed",
        "out_of_service": "out of service",
        "off_duty": "off duty",
        "out": "out of service",
        # programs
        "clinician_ems": "clinician + EMT",
        "co_responder": "co-responder",
        "mobile_crisis": "mobile crisis",
        "outreach": "outreach",
        "police": "police",
        "ems": "EMS",
        "fire": "fire",
        "other": "other",
        # who is in a crew
        "clinician": "clinician",
        "officer": "officer",
        "emt": "EMT",
        "paramedic": "paramedic",
        "peer": "peer",
        "case_manager": "case manager",
        "nurse": "nurse",
        # how a call came in, and what is known of police at it
        "911": "911",
        "988": "988",
        "non_emergency": "non-emergency",
        "officer_requested": "officer request",
        "none": "none",
        "requested": "requested",
        "attended": "attended",
        # where a person can be taken
        "crisis_center": "crisis center",
        "hospital": "hospital",
        "detox": "detox",
        "shelter": "shelter",
        "station": "station",
        # feeds and how they do
        "calls": "calls",
        "units": "units",
        "positions": "positions",
        "facilities": "beds",
        "follow_ups": "follow-ups",
        "starting": "starting",
        "ok": "current",
        "late": "late",
        "stale": "stale",
        "degraded": "degraded",
        "auth": "sign-in needed",
        "down": "down",
        "paused": "paused",
    }
)
"""Enum value to word, for every enum of `domain/vocabulary.py` that a person reads."""


STANDS: Mapping[AlarmState, str] = {
    AlarmState.UNACKNOWLEDGED: "not acknowledged",
    AlarmState.ACKNOWLEDGED: "acknowledged",
    AlarmState.RETURNED: "over, not acknowledged",
    AlarmState.SHELVED: "shelved",
    AlarmState.SUPPRESSED: "held back, its source is down",
    AlarmState.OUT_OF_SERVICE: "out of service",
}
"""Where an alarm stands, in words."""

REACHED: Mapping[Reached, str] = {
    Reached.RADIO: "by radio",
    Reached.PHONE: "by phone",
    Reached.APP: "by app",
    Reached.NOT_REACHED: "not reached",
}
"""How somebody made sure of a team, in words."""


def word(value: str) -> str:
    """The word for an enum's value, as it stands inside a line; a value without one reads as itself."""
    return WORDS.get(value) or value.replace("_", " ").lower()


def heading(value: str) -> str:
    """The same word as it stands alone or starts a line: ``Out of service``."""
    plain = word(value)
    return plain[:1].upper() + plain[1:]
