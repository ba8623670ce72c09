"""The countdown in words, for a line and for a card."""

from datetime import datetime, timedelta

from console.domain.board import State
from console.domain.clearing.learning import Learning
from console.domain.clearing.scenes import Like
from console.domain.entities import Call
from console.domain.expecting.countdown import Candidate, Countdown, countdown
from console.domain.expecting.teams import Expected

UNKNOWN = "not known yet"


def said(state: State, call: Call, now: datetime, teams: dict[str, Expected] | None = None) -> str:
    """One line: ``police in 4 min · STAR 4 likely clears in ~6 min (median of 31 like scenes), 9 min away``.

    Empty for a call that police will not be handed. ``teams`` is the board's `outlook`, for who asks for many calls.
    """
    found = countdown(state, call, teams)
    return "" if found is None else sentence(state, found, now)


def sentence(state: State, found: Countdown, now: datetime) -> str:
    """The countdown ``found`` in one line."""
    best = next(iter(found.clearing), None)
    parts = [handed(found, now)]
    if found.free is not None:
        parts.append(f"{called(state, found.free.unit)} is free, {away(found.free)}")
    if best is not None:
        parts.append(f"{called(state, best.unit)} {clears(best, now)}, {away(best)}")
    if len(parts) == 1:
        parts.append("no team that could take it is on duty")
    return " · ".join(parts)


def handed(found: Countdown, now: datetime) -> str:
    """``police in 4 min``, or that the time is up."""
    left = found.hand_over - now
    return f"police in {minutes(left)}" if left > timedelta(0) else "police by policy now"


def clears(one: Candidate, now: datetime) -> str:
    """``likely clears in ~6 min (median of 31 like scenes)``; where nothing can be said, that and why."""
    found = one.expected
    if found is None:
        return "is free"
    if found.like is None:
        return f"clears: {UNKNOWN} (n = {found.n} like scenes)"
    if found.longest:
        return f"is there longer than at all {found.n} {kind(found.like)}"
    if found.clears_at is None and not found.past:
        return f"clears: {UNKNOWN} (when it arrives is not known)"
    on_way = "" if found.since is not None else ", still on its way"
    basis = f"{found.n} {kind(found.like)}"
    if found.by and found.by < found.n:
        basis = f"the {found.by} of {basis} that lasted as long"
    if found.clears_at is None:
        return f"clears any time now (past the median of {basis})"
    if not found.past:
        return f"likely clears in ~{minutes(found.clears_at - now)} (median of {basis}{on_way})"
    return f"past the median, likely clears in ~{minutes(found.clears_at - now)} (median of {basis})"


def brief(one: Candidate, now: datetime) -> tuple[str, str]:
    """The same in few words, and by what scenes: ``in ~6 min``, ``31 like scenes``."""
    found = one.expected
    if found is None:
        return "is free", ""
    if found.like is None:
        return UNKNOWN, "1 scene like it" if found.n == 1 else f"{found.n or 'no'} scenes like it"
    basis = f"{found.n} {_SHORT[found.like]}"
    if found.longest:
        return f"longer than all {basis}", ""
    if found.clears_at is None:
        return ("any time now", f"past {basis}") if found.past else ("on its way, place not known", "")
    used = basis if found.by == found.n else f"{found.by} of {basis}"
    return f"in ~{minutes(found.clears_at - now)}", used


_SHORT = {Like.CATEGORY: "like scenes", Like.PROGRAM: "program scenes", Like.ALL: "scenes in all"}


def kind(like: Like) -> str:
    """Which scenes a team's was compared with."""
    return {
        Like.CATEGORY: "like scenes",
        Like.PROGRAM: "scenes of its program",
        Like.ALL: "scenes of all teams",
    }[like]


def away(one: Candidate) -> str:
    """``9 min away``, by the straight line; or that its place is not known."""
    return "way not known" if one.away is None else f"{minutes(one.away)} away"


def record(learning: Learning) -> str:
    """``right 14 of 19 times this shift, typically 3 min off``."""
    if not learning.settled:
        return "no estimate settled yet this shift"
    off = f", typically {minutes(learning.off)} off" if learning.off is not None else ""
    return f"right {learning.right} of {learning.settled} times this shift{off}"


def called(state: State, unit: str) -> str:
    """What people call the unit: its callsign, else its id."""
    known = state.units.get(unit)
    return (known.callsign if known is not None else "") or unit


def minutes(span: timedelta) -> str:
    """Whole minutes, at least one: nobody can know it better."""
    whole = max(1, round(span.total_seconds() / 60))
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60:02}"
