"""The teams as lines of the handover, those that need somebody first."""

from datetime import datetime

from console.domain.alarms.alarm import Check
from console.domain.entities import Unit
from console.domain.limits import status_of
from console.domain.metrics import is_team
from console.domain.state import State
from console.domain.vocabulary import Availability, availability
from console.domain.watching.of_units import next_check
from console.reports.handover.lines import TeamLine
from console.reports.wording.masking import isolated, joined
from console.reports.wording.states import over_text, sign, unit_state
from console.reports.wording.words import REACHED, word

_ORDER = (
    Availability.ASSIGNED,
    Availability.DELAYED,
    Availability.UNKNOWN,
    Availability.AVAILABLE,
    Availability.OUT,
)


def roster(state: State) -> list[Unit]:
    """The alternative-response teams; every unit where there is none, as on the board."""
    return [unit for unit in state.units.values() if is_team(unit)] or list(state.units.values())


def teams(state: State) -> tuple[TeamLine, ...]:
    """Every team: who calls for help, who should have been asked after, who is at work, who is free, who is out."""
    return tuple(sorted((_line(unit, state) for unit in roster(state)), key=_order))


def _line(unit: Unit, state: State) -> TeamLine:
    check = state.alarms.checked.get(unit.id)
    asked = next_check(state.definitions, check, state.alarms.kept.get(unit.id, unit))
    stay = status_of(unit, state.definitions)
    due = asked[1] if asked is not None else None
    return TeamLine(
        id=unit.id,
        callsign=sign(unit),
        program=word(unit.program),
        state=unit.state,
        said=joined(("EMERGENCY" if unit.emergency else "", unit_state(unit))),
        since=unit.since,
        over=over_text(stay, stay.level(state.second)) if stay is not None else "",
        call=_call(unit, state),
        due=due,
        overdue=due is not None and due <= state.second,
        asked=check.at if check is not None else None,
        how=_how(check),
        until=unit.shift_until,
        emergency=unit.emergency,
    )


def _order(line: TeamLine) -> tuple[bool, bool, int, datetime | bool, str]:
    due = line.due if line.overdue and line.due is not None else False
    return not line.emergency, not line.overdue, _ORDER.index(availability(line.state)), due, line.callsign


def _how(check: Check | None) -> str:
    return f"{REACHED[check.how]}, {isolated(check.who)}" if check is not None else ""


def _call(unit: Unit, state: State) -> str:
    """The number of the call it is on, told where that is over or unknown."""
    if not unit.call:
        return ""
    call = state.calls.get(unit.call)
    if call is None:
        return isolated(unit.call)
    said = isolated(call.number or call.id)
    return said if call.open else f"{said} (closed)"
