"""What people did about alarms, in a line each: for the time axis and the debrief."""

from collections.abc import Mapping
from typing import assert_never

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.words import RULE_WORDS, rule_words
from console.domain.events import (
    Acknowledged,
    Acted,
    Bookmarked,
    CheckedIn,
    Muted,
    Noted,
    PutBack,
    Revealed,
    Shelved,
    SignedOff,
    TakenOut,
    Unmuted,
    Unshelved,
)
from console.domain.vocabulary import Reached

NAMED = 3
"""Alarms of one act that are named; the rest is counted."""

_HOW = {
    Reached.RADIO: "reached by radio",
    Reached.PHONE: "reached by phone",
    Reached.APP: "reached by app",
    Reached.NOT_REACHED: "not reached",
}

Standing = Mapping[str, Alarm]
"""Alarms by id, from which their subjects' names are known; without one its id serves."""


def answer(act: Acted, standing: Standing) -> str:
    """``acknowledged 1042 waits too long``; empty for what is not about alarms, and for sound. No free text."""
    match act:
        case Acknowledged(alarms=names):
            named = ", ".join(_alarm(name, standing) for name in names[:NAMED])
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            return f"acknowledged {named}{more}"
        case CheckedIn(unit=unit, how=how):
            called = next((one.name for one in standing.values() if one.subject == unit and one.name), unit)
            return f"{called} {_HOW[how]}"
        case Shelved(alarm=name, until=until):
            minutes = round((until - act.at).total_seconds() / 60)
            return f"shelved for {minutes} min: {_alarm(name, standing)}"
        case Unshelved(alarm=name):
            return f"taken from the shelf: {_alarm(name, standing)}"
        case TakenOut(what=what):
            return f"out of service: {_alarm(what, standing)}"
        case PutBack(what=what):
            return f"back in service: {_alarm(what, standing)}"
        case SignedOff(strip=strip):
            return f"signed off {strip}"
        case Noted() | Bookmarked() | Revealed() | Muted() | Unmuted():
            return ""
        case _:
            assert_never(act)


def _alarm(name: str, standing: Standing) -> str:
    """An alarm by its id, or a whole rule."""
    rule, _, subject = name.partition(":")
    if not subject:
        return RULE_WORDS.get(rule, rule)
    alarm = standing.get(name)
    return f"{alarm.name if alarm and alarm.name else subject} {rule_words(rule)}"
