"""The text box beside a call or a unit on the map: what may be read by anybody, and what is held to reveal."""

from collections.abc import Iterator

from console.domain.alarms.words import rule_words
from console.domain.entities import Call, Unit
from console.domain.limits import state_since, stay_of
from console.domain.state import State
from console.domain.vocabulary import CallState
from console.domain.watching.catalog import About
from console.reports.wording.words import STANDS
from console.ui.calls.call_rows import callsigns
from console.ui.map.message import Card, Line, Secret
from console.ui.parts.clocks import NOTHING, Present, clock_text, present
from console.ui.parts.masking import dimmed, isolated, joined, nature, number
from console.ui.standing.badge import alarms_of
from console.ui.theme.words import heading, word

MASKED = ("Caller", "Phone")
"""The fields of a call that the page is given only while they are held; with an address where it is sensitive."""


def card(state: State, kind: str, key: str) -> Card | None:
    """The card of a call or unit; ``None`` for anything that the board does not hold."""
    now = present(state.second, state.agency)
    if kind == "call" and key in state.calls:
        return _call_card(state, state.calls[key], now)
    if kind == "unit" and key in state.units:
        return _unit_card(state, state.units[key], now)
    return None


def secret(call: Call) -> Secret:
    """What the mask of ``call`` hides."""
    values = {"Caller": call.caller_name, "Phone": call.caller_phone, "Address": call.address}
    return Secret(call.id, tuple((name, isolated(values[name]) or NOTHING) for name in _masked(call)))


def _masked(call: Call) -> tuple[str, ...]:
    """What only a held mask shows: people always, the address of a call that is to stand back."""
    return (*MASKED, "Address") if dimmed(call) else MASKED


def _call_card(state: State, call: Call, now: Present) -> Card:
    title = joined((number(call), nature(call)))
    return Card("call", call.id, title, tuple(_call_lines(state, call, now)), _masked(call))


def _call_lines(state: State, call: Call, now: Present) -> Iterator[Line]:
    if call.program is not None:
        yield "Program", word(call.program)
    yield "Area", isolated(call.area) or NOTHING
    if not dimmed(call):
        yield "Address", isolated(call.address) or NOTHING
    yield "State", _state_text(call.state, call.raw_state)
    if stay := stay_of(call, state.definitions):
        limit = stay.red if stay.level(now.at) > 1 else stay.amber
        what = "Waiting" if call.state is CallState.PENDING else "In this state"
        yield what, f"{now.clock(stay.since)}, limit {clock_text(limit - stay.since)}"
    else:
        yield "Since", now.both(state_since(call))
    names = {key: state.units[key].callsign for key in call.committed if key in state.units}
    yield "Teams", ", ".join(isolated(name) for name in callsigns(call, names)) or "none"
    yield from _alarm_lines(state, About.CALL, call.id)
    if lost := state.missing.get(call.id):
        yield "", f"no longer reported since {now.time(lost)}"


def _unit_card(state: State, unit: Unit, now: Present) -> Card:
    return Card("unit", unit.id, isolated(unit.callsign or unit.id), tuple(_unit_lines(state, unit, now)))


def _unit_lines(state: State, unit: Unit, now: Present) -> Iterator[Line]:
    yield "Program", word(unit.program)
    on = state.calls.get(unit.call)
    said = _state_text(unit.state, unit.raw_state)
    yield "State", joined((said, number(on) if on else isolated(unit.call)))
    yield "Since", now.both(unit.since)
    fix = state.positions.get(unit.id)
    yield "Fix", f"{now.ago(fix.at)} old" if fix else "none"
    if unit.updated_at is not None:
        yield "Status", f"{now.ago(unit.updated_at)} old"
    yield from _alarm_lines(state, About.UNIT, unit.id)
    yield "Crew", ", ".join(word(member.role) for member in unit.crew) or NOTHING


def _alarm_lines(state: State, about: About, key: str) -> Iterator[Line]:
    for alarm in alarms_of(state.alarms.standing, about, key):
        yield f"Alarm {alarm.priority}", joined((rule_words(alarm.rule), STANDS[alarm.state]))


def _state_text(state: str, raw: str) -> str:
    """The state's word; one that nobody mapped is told as the dispatch system says it."""
    return f"{heading(state)} «{isolated(raw)}»" if state == "unknown" and raw else word(state)
