"""What a call or a unit does, in words: the same on the screen and on paper."""

from console.domain.entities import Call, Unit
from console.domain.limits import Stay
from console.domain.vocabulary import Availability, CallState, UnitState, availability
from console.reports.wording.clocks import age_text
from console.reports.wording.masking import isolated, joined
from console.reports.wording.words import word


def call_state(call: Call) -> str:
    """The word for the call's state; one that nobody knows is quoted as the source gave it."""
    return word(call.state) if call.state is not CallState.UNKNOWN else f"Unknown {quoted(call)}".strip()


def quoted(call: Call) -> str:
    """The source's own word for a state that nobody knows, nothing for the others."""
    return f"«{isolated(call.raw_state)}»" if call.state is CallState.UNKNOWN and call.raw_state else ""


def unit_state(unit: Unit) -> str:
    """The word for the unit's state, with the source's own where that says more or is all there is."""
    raw = isolated(unit.raw_state)
    if unit.state is UnitState.UNKNOWN:
        return f"Unknown «{raw}»" if raw else "Unknown"
    plain = word(unit.state)
    more = availability(unit.state) in (Availability.OUT, Availability.DELAYED)
    return joined((plain, raw)) if more and raw.casefold() != plain else plain


def sign(unit: Unit) -> str:
    """What people call the unit: its callsign, else its id."""
    return isolated(unit.callsign or unit.id)


def over_text(stay: Stay | None, level: int) -> str:
    """``over 10 min`` where a stay in one state is over a limit, else nothing."""
    if stay is None or not level:
        return ""
    return f"over {age_text((stay.red if level > 1 else stay.amber) - stay.since)}"
