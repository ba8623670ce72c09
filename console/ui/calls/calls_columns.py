"""The columns of the call board, as data."""

import re
from datetime import datetime
from typing import Any

from console.domain.limits import state_since
from console.domain.vocabulary import CallState
from console.ui.calls import call_paint
from console.ui.calls.call_rows import CallRow, urgency
from console.ui.calls.call_words import (
    LEVEL_TONES,
    limit_text,
    second_line,
    state_folded,
    state_second,
    state_word,
    told,
)
from console.ui.parts.clocks import NOTHING, Present
from console.ui.parts.masking import dimmed, isolated, nature, number
from console.ui.table.columns import Column, Rules
from console.ui.theme.theme import Token
from console.ui.theme.words import heading


def _teams_text(row: CallRow, _now: Present) -> str:
    if not row.teams:
        return NOTHING
    first, *others = row.teams
    return f"{isolated(first)} +{len(others)}" if others else isolated(first)


def _tone(row: CallRow) -> Token:
    return "muted" if dimmed(row.call) else "text"


def _state_tone(row: CallRow) -> Token:
    return "stale" if row.call.state is CallState.UNKNOWN else _tone(row)


def _state_second_tone(row: CallRow) -> Token:
    if row.missing or row.call.state is CallState.UNKNOWN:
        return "stale"
    return LEVEL_TONES[row.level]


def _second_tone(row: CallRow) -> Token:
    if row.missing:
        return "stale"
    return "p2" if row.soon else "stale" if row.old else "muted"


def _muted(_row: CallRow) -> Token:
    return "muted"


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts ``MC 9`` before ``MC 10``."""
    parts = re.split(r"(\d+)", text.casefold())
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)


def _later(moment: datetime | None) -> tuple[bool, float]:
    return (moment is None, -moment.timestamp() if moment else 0.0)


_STATES = {state: place for place, state in enumerate(CallState)}


def _priority(row: CallRow) -> Any:
    return (row.call.priority is None, row.call.priority or 0)


COLUMNS: tuple[Column[CallRow], ...] = (
    Column(
        title="P",
        width=24,
        folds=2,
        folded=lambda row, _now: "" if row.call.priority is None else f"P{row.call.priority}",
        text=lambda row, _now: NOTHING if row.call.priority is None else str(row.call.priority),
        tone=_muted,
        sort=_priority,
        tip=told,
    ),
    Column(
        title="Call",
        width=40,
        most=120,
        identity=True,
        text=lambda row, _now: number(row.call),
        tone=_tone,
        sort=lambda row: natural(row.call.number or row.call.id),
        tip=told,
    ),
    Column(
        title="Nature",
        text=lambda row, _now: nature(row.call) or "nature not given",
        sub=second_line,
        ticks=True,
        tone=_tone,
        sub_tone=_second_tone,
        sort=lambda row: nature(row.call).casefold(),
        tip=told,
    ),
    Column(
        title="Area",
        width=40,
        most=80,
        spare=2,
        text=lambda row, _now: isolated(row.call.area),
        tone=_muted,
        sort=lambda row: natural(row.call.area),
        tip=told,
    ),
    Column(
        title="State",
        width=84,
        folds=1,
        folded=state_folded,
        text=state_word,
        sub=state_second,
        tone=_state_tone,
        sub_tone=_state_second_tone,
        sort=lambda row: _STATES[row.call.state],
        tip=told,
    ),
    Column(
        title="",
        width=26,
        text=lambda row, _now: row.badge.text,
        paint=call_paint.badge,
        tip=told,
    ),
    Column(
        title="Time",
        width=54,
        right=True,
        ticks=True,
        text=lambda row, now: now.clock(state_since(row.call)),
        tone=_tone,
        sort=lambda row: _later(state_since(row.call)),
        tip=told,
    ),
    Column(
        title="Limit",
        width=64,
        spare=3,
        ticks=True,
        text=limit_text,
        paint=call_paint.used,
        sort=lambda row: (row.stay is None, row.stay.red.timestamp() if row.stay else 0.0),
        tip=told,
    ),
    Column(
        title="Team",
        width=62,
        most=104,
        folds=3,
        folded=lambda row, now: _teams_text(row, now) if row.teams else "",
        text=_teams_text,
        tone=_muted,
        sort=lambda row: [natural(team) for team in row.teams] or [((0, "~"),)],
        tip=told,
    ),
)

RULES: Rules[CallRow] = Rules(order=urgency, hatched=lambda row: row.missing is not None)

ORDERS = tuple(heading(column.title) for column in COLUMNS if column.sort)
"""The columns the board can be sorted by."""
