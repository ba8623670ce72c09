"""What a row of the call board says, in words."""

from datetime import timedelta

from console.domain.entities import Call
from console.domain.limits import state_since
from console.domain.vocabulary import ALTERNATIVE, CallState, Origin
from console.reports.wording.states import call_state, over_text, quoted
from console.ui.calls.call_rows import CallRow
from console.ui.parts.clocks import Present, age_text
from console.ui.parts.masking import isolated, joined, nature, number, tip
from console.ui.theme.theme import Token
from console.ui.theme.words import word

LEVEL_TONES: tuple[Token, Token, Token] = ("muted", "p2", "p1")
"""The color of a time within its limits, over amber and over red."""

COLORS = "The bar and “over” go by the limit that is passed, the badge by the priority of the alarm."
"""Why the two may differ in color: an alarm of priority 3 can tell of a wait over its first limit."""


def state_text(call: Call) -> str:
    """The word for the call's state; one that nobody knows is quoted as the source gave it."""
    return call_state(call)


def police_text(row: CallRow, now: Present) -> str:
    """``police in 6 min`` on a call that policy hands to police, ``police due since 14:02`` behind that moment."""
    if row.hand_over is None:
        return ""
    left = row.hand_over - now.at
    if left <= timedelta(0):
        return f"police due since {now.time(row.hand_over)}"
    return f"police in {age_text(left)}"


def missing_text(row: CallRow, now: Present) -> str:
    """What stands on the row of a call that the source no longer reports."""
    return f"not reported since {now.time(row.missing)}" if row.missing else ""


def state_word(row: CallRow, _now: Present) -> str:
    """The word for its state as it stands in a column."""
    return "Unknown" if row.call.state is CallState.UNKNOWN else word(row.call.state)


def state_folded(row: CallRow, now: Present) -> str:
    """The state where its column found no room: ``queued over 20 min``."""
    return f"{state_word(row, now)} {over_text(row.stay, row.level)}".rstrip()


def state_second(row: CallRow, _now: Present) -> str:
    """What stands below the state: what to do, what is too long, or who else has the call."""
    if row.missing:
        return "check CAD"
    return over_text(row.stay, row.level) or quoted(row.call) or _with_others(row)


def _with_others(row: CallRow) -> str:
    """``with police`` on a call that another service has and that stays on the board: it is eligible."""
    program = row.call.program
    handed = program is not None and program not in ALTERNATIVE and not row.elsewhere
    return f"with {word(program)}" if program and handed else ""


def second_line(row: CallRow, now: Present) -> str:
    """What stands below the nature: when police take the call, the way it came in, the program."""
    call = row.call
    origin = "" if call.origin is Origin.UNKNOWN else word(call.origin)
    program = word(call.program) if call.program else "no program named"
    eligible = "eligible" if _with_others(row) else ""
    if row.missing:
        return missing_text(row, now)
    return joined((police_text(row, now), old_text(row, now), origin, program, eligible))


def old_text(row: CallRow, now: Present) -> str:
    """``not updated for 1 h 04`` where nothing was heard of the call for too long."""
    return f"not updated for {now.ago(row.old)}" if row.old else ""


def limit_text(row: CallRow, now: Present) -> str:
    """The bar in words: how much of the red limit has passed."""
    if row.stay is None:
        return ""
    return f"{row.stay.used(now.at):.0%} of {age_text(row.stay.red - row.stay.since)}"


def told(row: CallRow, now: Present) -> str:
    """The tooltip of the whole row."""
    call = row.call
    since = state_since(call)
    limits = ""
    if row.stay is not None:
        amber, red = (age_text(end - row.stay.since) for end in (row.stay.amber, row.stay.red))
        limits = f"limit {amber}, at the latest {red}"
    return tip(
        joined((number(call), nature(call), isolated(call.area))),
        f"received {now.both(call.received_at)}",
        joined((f"{state_text(call)} {now.both(since)}", over_text(row.stay, row.level), limits)),
        f"policy hands it to police at {now.time(row.hand_over)}" if row.hand_over else "",
        row.badge.text,
        COLORS if row.level and row.badge.priority else "",
        f"last word of it {now.both(call.updated_at)}" if call.updated_at else "",
        joined(isolated(team) for team in row.teams),
        f"{missing_text(row, now)}, check CAD" if row.missing else "",
    )
