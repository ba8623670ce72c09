"""What a row of the roster says, in words."""

from collections.abc import Iterator
from datetime import timedelta

from console.domain.alarms.alarm import Check
from console.domain.entities import CrewMember, Unit
from console.domain.metrics import is_team
from console.domain.vocabulary import UnitState
from console.reports.wording import states
from console.reports.wording.states import over_text, unit_state
from console.reports.wording.words import REACHED
from console.ui.calls.call_words import LEVEL_TONES
from console.ui.parts.clocks import Present, clock_text
from console.ui.parts.masking import isolated, joined, tip
from console.ui.teams.team_doubt import CLOSED, DOUBTS, NO_CALL, UNASSIGNED
from console.ui.teams.team_rows import TeamRow
from console.ui.theme.theme import Token
from console.ui.theme.words import word

SOON = timedelta(minutes=30)
"""How long before its end a shift is worth a word."""


def sign(unit: Unit) -> str:
    """What people call the unit: its callsign, else its id."""
    return states.sign(unit)


def crew_text(unit: Unit) -> str:
    """Who is on the unit, without names: ``clinician · EMT · es``."""
    roles = dict.fromkeys(word(member.role) for member in unit.crew)
    spoken = dict.fromkeys(isolated(tongue) for member in unit.crew for tongue in member.languages)
    return joined((*roles, *(tongue for tongue in spoken if tongue != "en"))) or isolated(unit.kind)


def member_text(member: CrewMember) -> str:
    """One crew member without the name: role and languages."""
    return joined((word(member.role), ", ".join(isolated(tongue) for tongue in member.languages)))


def state_text(unit: Unit) -> str:
    """The word for the unit's state, with the source's own where that says more or is all there is."""
    return unit_state(unit)


def doing(row: TeamRow) -> str:
    """What stands beside the callsign: the crew of a free unit, else what it does and for which call.

    An emergency comes before both: this column always has room.
    """
    first = "EMERGENCY" if row.unit.emergency else ""
    if row.unit.state is UnitState.AVAILABLE:
        return joined((first, crew_text(row.unit)))
    return joined((first, state_text(row.unit), _for_whom(row)))


def _for_whom(row: TeamRow) -> str:
    number = isolated(row.call)
    said = {NO_CALL: "no call", CLOSED: f"closed {number}", UNASSIGNED: f"{number} has no team"}
    return said.get(row.doubt, number)


def silence(row: TeamRow, now: Present) -> str:
    """``silent 7 min`` where the unit's position is too old to go by, ``no position 9 min`` where none ever came."""
    if row.fix is None:
        return ""
    return f"no position {now.ago(row.fix)}" if row.unplaced else f"silent {now.ago(row.fix)}"


def unheard_text(row: TeamRow, now: Present) -> str:
    """``status 47 min old`` where nothing was heard of a committed unit's state for too long."""
    return f"status {now.ago(row.unheard)} old" if row.unheard else ""


def check_text(row: TeamRow, now: Present) -> str:
    """``check-in 04:10`` until the team is to be asked after, ``overdue 02:10`` from then on."""
    if row.due is None:
        return ""
    if row.asked == 2:
        return f"overdue {now.clock(row.due)}"
    return f"check-in {clock_text(row.due - now.at)}"


def checked_text(check: Check, now: Present) -> str:
    """The last check-in: ``by radio, m.ruiz 4 min · 16:26``."""
    return f"{REACHED[check.how]}, {isolated(check.who)} {now.both(check.at)}"


def lost(row: TeamRow) -> bool:
    """Whether a team of ours is silent; of another service's unit that is said, but not in color."""
    return row.fix is not None and is_team(row.unit)


def shift_text(unit: Unit, now: Present) -> str:
    """``off in 14 min`` near the end of the shift, ``shift over 14:00`` behind it."""
    until = unit.shift_until
    if until is None or unit.state is UnitState.OFF_DUTY or until - now.at > SOON:
        return ""
    if until <= now.at:
        return f"shift over {now.time(until)}"
    return f"off in {max(1, int((until - now.at).total_seconds()) // 60)} min"


def detail_text(row: TeamRow, now: Present) -> str:
    """The one thing most worth knowing of a unit beside what it does: the most urgent first."""
    return next(filter(None, _details(row, now)), "")


def _details(row: TeamRow, now: Present) -> Iterator[str]:
    check = check_text(row, now)
    yield check if row.asked == 2 else ""
    yield silence(row, now)
    yield check if row.asked else ""
    yield unheard_text(row, now)
    yield over_text(row.stay, row.level)
    yield check
    yield shift_text(row.unit, now)


def detail_tone(row: TeamRow) -> Token:
    """The color of that."""
    if row.asked == 2:
        return "p1"
    if row.fix is not None:
        return "stale" if lost(row) else "muted"
    if row.asked:
        return "p2"
    return "stale" if row.unheard else LEVEL_TONES[row.level]


def told(row: TeamRow, now: Present) -> str:
    """The tooltip of the whole row."""
    unit = row.unit
    return tip(
        joined((sign(unit), word(unit.program))),
        joined((doing(row), now.both(unit.since), over_text(row.stay, row.level))),
        row.badge.text,
        DOUBTS.get(row.doubt, ""),
        joined((_long_check(row, now), f"due {now.time(row.due)}" if row.due else "")),
        f"last check-in {checked_text(row.check, now)}" if row.check else "",
        *(member_text(member) for member in unit.crew),
        ", ".join(isolated(word(skill)) for skill in unit.capabilities),
        _position_told(row, now),
        f"status heard {now.both(unit.updated_at)}" if unit.updated_at else "",
        shift_text(unit, now),
        f"shift until {now.time(unit.shift_until)}" if unit.shift_until else "",
    )


def _long_check(row: TeamRow, now: Present) -> str:
    if row.due is None:
        return ""
    return f"check-in {check_text(row, now)}" if row.asked == 2 else check_text(row, now)


def _position_told(row: TeamRow, now: Present) -> str:
    if row.fix is None:
        return ""
    return silence(row, now) if row.unplaced else f"{silence(row, now)} · last position {now.both(row.fix)}"
