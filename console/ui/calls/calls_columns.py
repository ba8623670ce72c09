"""The columns of the call board, as data."""

import re
from datetime import datetime
from typing import Any

from console.domain.entities import Call
from console.domain.limits import state_since
from console.domain.vocabulary import ALTERNATIVE, CallState, Origin
from console.ui.calls import call_paint
from console.ui.calls.call_rows import CallRow, callsigns, urgency
from console.ui.parts.clocks import NOTHING, Present, age_text
from console.ui.parts.masking import dimmed, isolated, joined, nature, number, tip
from console.ui.table.columns import Column, Rules
from console.ui.theme.theme import Token
from console.ui.theme.words import heading, word

__all__ = ["COLUMNS", "RULES", "callsigns", "state_text"]


def state_text(call: Call) -> str:
    """The word for the call's state; one that nobody knows is quoted as the source gave it."""
    return word(call.state) if call.state is not CallState.UNKNOWN else f"Unknown {_quoted(call)}".strip()


def wait_text(row: CallRow) -> str:
    """``over 10 min`` where the wait is over a limit, else nothing."""
    if row.wait is None or not row.alarm:
        return ""
    limit = row.wait.red if row.alarm == 1 else row.wait.amber
    return f"over {age_text(limit - row.wait.since)}"


def missing_text(row: CallRow, now: Present) -> str:
    """What stands on the row of a call that the source no longer reports."""
    return f"not reported since {now.time(row.missing)}" if row.missing else ""


def _state(row: CallRow, _now: Present) -> str:
    return "Unknown" if row.call.state is CallState.UNKNOWN else word(row.call.state)


def _state_second(row: CallRow, _now: Present) -> str:
    if row.missing:
        return "check CAD"
    return wait_text(row) or _quoted(row.call) or _with_others(row)


def _with_others(row: CallRow) -> str:
    """``with police`` on a call that another service has and that stays on the board: it is eligible."""
    program = row.call.program
    handed = program is not None and program not in ALTERNATIVE and not row.elsewhere
    return f"with {word(program)}" if program and handed else ""


def _quoted(call: Call) -> str:
    return f"«{isolated(call.raw_state)}»" if call.state is CallState.UNKNOWN and call.raw_state else ""


def _second_line(row: CallRow, now: Present) -> str:
    call = row.call
    origin = "" if call.origin is Origin.UNKNOWN else word(call.origin)
    program = word(call.program) if call.program else "no program named"
    eligible = "eligible" if _with_others(row) else ""
    return missing_text(row, now) or joined((origin, program, eligible))


def _limit_text(row: CallRow, now: Present) -> str:
    if row.wait is None:
        return ""
    return f"{row.wait.used(now.at):.0%} of {age_text(row.wait.red - row.wait.since)}"


def _teams_text(row: CallRow, _now: Present) -> str:
    if not row.teams:
        return NOTHING
    first, *others = row.teams
    return f"{isolated(first)} +{len(others)}" if others else isolated(first)


def _told(row: CallRow, now: Present) -> str:
    call = row.call
    since = state_since(call)
    limits = ""
    if row.wait is not None:
        amber, red = (age_text(end - row.wait.since) for end in (row.wait.amber, row.wait.red))
        limits = f"limit {amber}, at the latest {red}"
    return tip(
        joined((number(call), nature(call), isolated(call.area))),
        f"received {now.both(call.received_at)}",
        joined((f"{state_text(call)} {now.both(since)}", limits)),
        joined(isolated(team) for team in row.teams),
        f"{missing_text(row, now)}, check CAD" if row.missing else "",
    )


def _tone(row: CallRow) -> Token:
    return "muted" if dimmed(row.call) else "text"


def _state_tone(row: CallRow) -> Token:
    return "stale" if row.call.state is CallState.UNKNOWN else _tone(row)


def _state_second_tone(row: CallRow) -> Token:
    if row.missing or row.call.state is CallState.UNKNOWN:
        return "stale"
    return ("muted", "p1", "p2")[row.alarm]


def _second_tone(row: CallRow) -> Token:
    return "stale" if row.missing else "muted"


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
        tip=_told,
    ),
    Column(
        title="Call",
        width=40,
        most=120,
        identity=True,
        text=lambda row, _now: number(row.call),
        tone=_tone,
        sort=lambda row: natural(row.call.number or row.call.id),
        tip=_told,
    ),
    Column(
        title="Nature",
        text=lambda row, _now: nature(row.call) or "nature not given",
        sub=_second_line,
        tone=_tone,
        sub_tone=_second_tone,
        sort=lambda row: nature(row.call).casefold(),
        tip=_told,
    ),
    Column(
        title="Area",
        width=40,
        most=80,
        spare=2,
        text=lambda row, _now: isolated(row.call.area),
        tone=_muted,
        sort=lambda row: natural(row.call.area),
        tip=_told,
    ),
    Column(
        title="State",
        width=84,
        folds=1,
        folded=_state,
        text=_state,
        sub=_state_second,
        tone=_state_tone,
        sub_tone=_state_second_tone,
        sort=lambda row: _STATES[row.call.state],
        tip=_told,
    ),
    Column(
        title="",
        width=26,
        text=lambda row, _now: f"priority {row.alarm} alarm" if row.alarm else "",
        paint=call_paint.badge,
        tip=_told,
    ),
    Column(
        title="Time",
        width=54,
        right=True,
        ticks=True,
        text=lambda row, now: now.clock(state_since(row.call)),
        tone=_tone,
        sort=lambda row: _later(state_since(row.call)),
        tip=_told,
    ),
    Column(
        title="Limit",
        width=64,
        spare=3,
        ticks=True,
        text=_limit_text,
        paint=call_paint.used,
        sort=lambda row: (row.wait is None, row.wait.red.timestamp() if row.wait else 0.0),
        tip=_told,
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
        tip=_told,
    ),
)

RULES: Rules[CallRow] = Rules(order=urgency, hatched=lambda row: row.missing is not None)

ORDERS = tuple(heading(column.title) for column in COLUMNS if column.sort)
"""The columns the board can be sorted by."""
