"""The open calls as lines of the handover, the most urgent first."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.words import rule_words
from console.domain.entities import Call
from console.domain.limits import state_since, stay_of
from console.domain.sets import elsewhere
from console.domain.state import State
from console.domain.watching.catalog import CATALOG, About
from console.reports.handover.lines import CallLine
from console.reports.wording.masking import isolated, nature, number
from console.reports.wording.states import call_state, over_text
from console.reports.wording.words import STANDS

_NONE = 9
"""The rank of a call without an alarm."""


def calls(state: State) -> tuple[CallLine, ...]:
    """Every open call: those that alarms call for, then by level, priority and age; other services' last."""
    alarms = _by_call(state.alarms.standing.values())
    signs = {unit.id: unit.callsign or unit.id for unit in state.units.values()}
    ranked = sorted(state.open_calls.values(), key=lambda call: _urgency(call, state, alarms))
    return tuple(_line(call, state, alarms.get(call.id, []), signs) for call in ranked)


def _line(call: Call, state: State, alarms: list[Alarm], signs: Mapping[str, str]) -> CallLine:
    stay = stay_of(call, state.definitions)
    return CallLine(
        id=call.id,
        number=number(call),
        nature=nature(call) or "nature not given",
        area=isolated(call.area),
        priority=call.priority,
        state=call.state,
        said=call_state(call),
        since=state_since(call),
        over=over_text(stay, stay.level(state.second)) if stay is not None else "",
        teams=tuple(isolated(signs.get(unit) or unit) for unit in call.committed),
        alarm=_worst(alarms),
        missing=state.missing.get(call.id),
        elsewhere=elsewhere(call),
    )


def _urgency(
    call: Call, state: State, alarms: Mapping[str, list[Alarm]]
) -> tuple[bool, int, int, int, datetime]:
    """Other services' calls last; what nobody acknowledged before what somebody did."""
    ranks = [alarm.priority for alarm in alarms.get(call.id, []) if alarm.calling]
    stay = stay_of(call, state.definitions)
    level = stay.level(state.second) if stay is not None else 0
    received = call.received_at or call.updated_at or state.second
    return (
        elsewhere(call),
        min(ranks, default=_NONE),
        -level,
        99 if call.priority is None else call.priority,
        received,
    )


def _by_call(alarms: Iterable[Alarm]) -> dict[str, list[Alarm]]:
    found: dict[str, list[Alarm]] = {}
    for alarm in alarms:
        facts = CATALOG.get(alarm.rule)
        if facts is not None and facts.about is About.CALL and alarm.active:
            found.setdefault(alarm.subject, []).append(alarm)
    return found


def _worst(alarms: list[Alarm]) -> str:
    """The most urgent alarm in words, the one that calls before the others, and how many more there are."""
    if not alarms:
        return ""
    first = min(alarms, key=lambda alarm: (not alarm.calling, alarm.priority, alarm.raised_at))
    stands = "" if first.calling else f", {STANDS[first.state]}"
    more = f" +{len(alarms) - 1}" if len(alarms) > 1 else ""
    return f"P{first.priority} {rule_words(first.rule)}{stands}{more}"
