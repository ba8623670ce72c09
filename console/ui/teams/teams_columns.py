"""The columns of the roster, as data."""

from typing import Any

from console.domain.vocabulary import Availability, Program, Reached, UnitState, availability
from console.reports.wording.words import REACHED
from console.ui.calls.calls_columns import natural
from console.ui.look.brush import Brush
from console.ui.parts.clocks import Present
from console.ui.table.columns import Column, Rules
from console.ui.teams.team_groups import Group, Row, group_text
from console.ui.teams.team_rows import TeamRow
from console.ui.teams.team_words import detail_text, detail_tone, doing, lost, sign, told
from console.ui.theme import shapes
from console.ui.theme.theme import Token
from console.ui.theme.words import heading

_GROUPS = {kind: place for place, kind in enumerate(Availability)}
_BADGE = 13
"""Pixels at 100 % of the badge at a symbol's corner: a figure of 8, which can be read."""

NOTE = 90
"""Pixels at 100 % in which every check-in has room, ``check-in 1 h 04``: the figures of safety are never cut."""

_TIME_TONES: tuple[Token, Token, Token] = ("text", "p2", "p1")
_BADGE_TONES: tuple[Token, Token, Token, Token] = ("text", "p1", "p2", "p3")
_PROGRAMS = {program: place for place, program in enumerate(dict.fromkeys((Program.CLINICIAN_EMS, *Program)))}


_BRIEF = (("no position ", "no fix "), ("status ", ""), ("shift ", ""))
"""What a note says in fewer words where it would lose its figures; the tooltip says it in full."""


def _detail(brush: Brush, row: TeamRow, now: Present) -> None:
    text, small = detail_text(row, now), brush.look.small
    if small.fitted(text, brush.room)[0] != text:
        for word, brief in _BRIEF:
            text = text.replace(word, brief)
    brush.text(text, small, detail_tone(row), brush.middle, right=True)


def _doing(brush: Brush, row: TeamRow, _now: Present) -> None:
    brush.line(doing(row), _doing_tone(row))


def _symbol(brush: Brush, row: TeamRow, _now: Present) -> None:
    """The unit by its shape, with the badge of its worst alarm at a corner, as on the map."""
    look, unit = brush.look, row.unit
    mark = shapes.mark(availability(unit.state), stale=row.old or lost(row))
    brush.pixmap(look.icons.unit(unit.program, mark, look.sizes.icon, brush.dpr), start=True)
    if row.badge.priority:
        size, loud = look.sizes.px(_BADGE), row.badge.loud
        brush.corner(look.icons.badge(row.badge.priority, size, brush.dpr, loud), look.sizes.icon)


def _doing_tone(row: TeamRow) -> Token:
    if row.unit.emergency:
        return "p1"
    if row.unit.state is UnitState.UNKNOWN:
        return "stale"
    return _BADGE_TONES[row.badge.priority] if row.doubt and row.badge.loud != "gray" else "muted"


def _acts(row: Row) -> tuple[tuple[str, str], ...]:
    """What can be done with a row: ask after a team whose check-in clock runs."""
    if isinstance(row, Group) or row.due is None:
        return ()
    return tuple((how.value, f"Check in {sign(row.unit)}: {REACHED[how]}") for how in Reached)


def _order(row: Row) -> Any:
    if isinstance(row, Group):
        return (_GROUPS[row.availability], 0)
    unit = row.unit
    group = _GROUPS[availability(unit.state)]
    urgent = 0 if unit.emergency else 1 if row.badge.rank == 1 else 2
    return (group, 1, urgent, _PROGRAMS[unit.program], natural(unit.callsign or unit.id))


COLUMNS: tuple[Column[TeamRow], ...] = (
    Column(
        title="Program",
        width=34,
        text=lambda row, _now: heading(row.unit.program),
        paint=_symbol,
        tip=told,
    ),
    Column(title="Team", width=60, most=90, identity=True, text=lambda row, _now: sign(row.unit), tip=told),
    Column(
        title="Doing",
        text=lambda row, _now: doing(row),
        sub=lambda row, _now: row.badge.text,
        tone=_doing_tone,
        paint=_doing,
        tip=told,
    ),
    Column(
        title="Time",
        width=52,
        folds=1,
        right=True,
        ticks=True,
        text=lambda row, now: now.clock(row.unit.since),
        tone=lambda row: _TIME_TONES[row.level],
        tip=told,
    ),
    Column(
        title="Note",
        width=24,
        most=NOTE,
        identity=True,
        small=True,
        folds=2,
        right=True,
        ticks=True,
        text=detail_text,
        paint=_detail,
        tip=told,
    ),
)

RULES: Rules[Row] = Rules(order=_order, section=group_text, acts=_acts)
