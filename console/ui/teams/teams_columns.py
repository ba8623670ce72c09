"""The columns of the roster, as data."""

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QRect

from console.domain.entities import CrewMember, Unit
from console.domain.metrics import is_team
from console.domain.vocabulary import Availability, Program, UnitState, availability
from console.ui.calls.calls_columns import natural
from console.ui.look.brush import Brush
from console.ui.parts.clocks import Present
from console.ui.parts.masking import isolated, joined, tip
from console.ui.table.columns import Column, Rules
from console.ui.teams.team_rows import Group, Row, TeamRow, group_text
from console.ui.theme import shapes
from console.ui.theme.theme import Token
from console.ui.theme.words import heading, word

SOON = timedelta(minutes=30)
"""How long before its end a shift is worth a word."""

_GROUPS = {kind: place for place, kind in enumerate(Availability)}
_PROGRAMS = {program: place for place, program in enumerate(dict.fromkeys((Program.CLINICIAN_EMS, *Program)))}


def sign(unit: Unit) -> str:
    """What people call the unit: its callsign, else its id."""
    return isolated(unit.callsign or unit.id)


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
    raw = isolated(unit.raw_state)
    if unit.state is UnitState.UNKNOWN:
        return f"Unknown «{raw}»" if raw else "Unknown"
    plain = word(unit.state)
    more = availability(unit.state) in (Availability.OUT, Availability.DELAYED)
    return joined((plain, raw)) if more and raw.casefold() != plain else plain


def doing(row: TeamRow) -> str:
    """What stands beside the callsign: the crew of a free unit, else what it does and for which call.

    An emergency comes before both: this column always has room.
    """
    first = "emergency" if row.unit.emergency else ""
    if row.unit.state is UnitState.AVAILABLE:
        return joined((first, crew_text(row.unit)))
    return joined((first, state_text(row.unit), isolated(row.call)))


def silence(row: TeamRow, now: Present) -> str:
    """``silent 7 min`` where the unit's position is too old to go by."""
    return f"silent {now.ago(row.fix)}" if row.fix else ""


def _lost(row: TeamRow) -> bool:
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
    """The one thing most worth knowing of a unit beside what it does."""
    return silence(row, now) or shift_text(row.unit, now)


def _detail(brush: Brush, row: TeamRow, now: Present) -> None:
    token: Token = "stale" if _lost(row) else "muted"
    brush.text(detail_text(row, now), brush.look.small, token, brush.middle, right=True)


def _doing(brush: Brush, row: TeamRow, _now: Present) -> None:
    look = brush.look
    if row.unit.emergency:
        brush.pixmap(look.icons.badge(1, look.sizes.px(14), brush.dpr), start=True)
        brush = Brush(brush.painter, look, _past_badge(brush), brush.dpr, mirrored=brush.mirrored)
    brush.line(doing(row), _doing_tone(row))


def _past_badge(brush: Brush) -> QRect:
    taken = brush.look.sizes.px(18)
    return brush.box.adjusted(*((0, 0, -taken, 0) if brush.mirrored else (taken, 0, 0, 0)))


def _symbol(brush: Brush, row: TeamRow, _now: Present) -> None:
    look, unit = brush.look, row.unit
    mark = shapes.mark(availability(unit.state), stale=row.old or _lost(row))
    brush.pixmap(look.icons.unit(unit.program, mark, look.sizes.icon, brush.dpr), start=True)


def _told(row: TeamRow, now: Present) -> str:
    unit = row.unit
    return tip(
        joined((sign(unit), word(unit.program))),
        joined((doing(row), now.both(unit.since))),
        *(member_text(member) for member in unit.crew),
        ", ".join(isolated(word(skill)) for skill in unit.capabilities),
        joined((silence(row, now), f"last position {now.both(row.fix)}")) if row.fix else "",
        shift_text(unit, now),
        f"shift until {now.time(unit.shift_until)}" if unit.shift_until else "",
    )


def _doing_tone(row: TeamRow) -> Token:
    if row.unit.emergency:
        return "p1"
    return "stale" if row.unit.state is UnitState.UNKNOWN else "muted"


def _order(row: Row) -> Any:
    if isinstance(row, Group):
        return (_GROUPS[row.availability], 0)
    unit = row.unit
    group = _GROUPS[availability(unit.state)]
    return (group, 1, not unit.emergency, _PROGRAMS[unit.program], natural(unit.callsign or unit.id))


COLUMNS: tuple[Column[TeamRow], ...] = (
    Column(
        title="Program",
        width=32,
        text=lambda row, _now: heading(row.unit.program),
        paint=_symbol,
        tip=_told,
    ),
    Column(title="Team", width=60, most=110, identity=True, text=lambda row, _now: sign(row.unit), tip=_told),
    Column(title="Doing", text=lambda row, _now: doing(row), tone=_doing_tone, paint=_doing, tip=_told),
    Column(
        title="Time",
        width=52,
        spare=1,
        right=True,
        ticks=True,
        text=lambda row, now: now.clock(row.unit.since),
        tip=_told,
    ),
    Column(
        title="Note",
        width=24,
        most=96,
        spare=2,
        right=True,
        ticks=True,
        text=detail_text,
        paint=_detail,
        tip=_told,
    ),
)

RULES: Rules[Row] = Rules(order=_order, section=group_text)
