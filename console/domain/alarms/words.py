"""What each rule is called in plain words: the same on the screen, on the time axis and in a notification."""

from collections.abc import Mapping
from types import MappingProxyType

RULE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "responder_emergency": "responder emergency",
        "check_in_overdue": "check-in overdue",
        "unit_silent": "no position",
        "status_old": "no word of its state",
        "committed_to_closed": "still committed to a closed call",
        "scene_without_call": "on scene without a call",
        "status_too_long": "too long in one state",
        "pending_too_long": "waits too long",
        "assigned_too_long": "assigned, not rolling",
        "travel_too_long": "travels too long",
        "scene_too_long": "long on scene",
        "transport_too_long": "long transport",
        "kickback_soon": "goes to police soon",
        "call_missing": "no longer reported",
        "call_old": "no word of the call",
        "left_unowned": "left without an owner",
        "feed_down": "no data",
        "feed_late": "data late",
        "sign_in_needed": "sign-in needed",
        "asked_too_often": "asked too often",
        "clock_skew": "clocks differ",
        "format_changed": "rows cannot be read",
        "bad_answers": "answers cannot be read",
        "calls_vanished": "calls all gone",
        "recording_paused": "recording held up",
    }
)
"""By rule, to stand behind the name of the subject: ``1042 waits too long``, ``STAR 5 no position``."""


def rule_words(rule: str) -> str:
    """The words for ``rule``; one that this version does not know reads as itself."""
    return RULE_WORDS.get(rule) or rule.replace("_", " ")
