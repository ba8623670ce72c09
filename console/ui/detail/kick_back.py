"""A waiting call's countdown on its card: when policy hands it to police, and which team could be there before."""

from collections.abc import Iterator
from datetime import timedelta

from console.domain.entities import Call
from console.domain.expecting.countdown import Candidate, Countdown, countdown
from console.domain.expecting.saying import away, brief, called, clears, minutes, record, sentence
from console.domain.state import State
from console.domain.watching.catalog import KICK_BACK
from console.ui.detail.card_lines import Line, heading
from console.ui.parts.clocks import Present, clock_text
from console.ui.parts.masking import isolated, joined
from console.ui.theme.theme import Token

HOW = (
    "A team is expected to clear when half of the scenes like its own were over, of those that lasted as long as it "
    "has been there by now; and to travel the straight line with the pack's detour and speed."
)
_TONES: dict[int, Token] = {1: "p1", 2: "p2", 3: "p3"}


def kick_back_lines(state: State, call: Call, now: Present) -> Iterator[Line]:
    """The section; nothing for a call that police will not be handed."""
    found = countdown(state, call)
    if found is None:
        return
    yield heading("Before police")
    yield _left(state, found, now)
    if found.of_others:
        yield Line("", "no team of its program is on duty; others:", tone="muted")
    if found.free is not None:
        yield _team(state, found.free, "free", now)
    for one in found.clearing:
        yield _team(state, one, joined(brief(one, now.at)), now)
    if found.free is None and not found.clearing:
        yield Line("", "no team that could take it is on duty", tone="stale")
    yield from _in_time(state, found, now)
    yield Line("so far", record(state.learning), tone="muted", note=HOW)


def _left(state: State, found: Countdown, now: Present) -> Line:
    """The countdown; in the color of its alarm once that is due."""
    left = found.hand_over - now.at
    pack = state.definitions
    rule = pack.rules.get(KICK_BACK)
    near = left <= timedelta(minutes=pack.kick_back.warn)
    tone = _TONES[rule.priority] if near and rule is not None else "text"
    when, whole = now.time(found.hand_over), isolated(sentence(state, found, now.at))
    if left <= timedelta(0):
        return Line(clock_text(timedelta(0)), "policy hands it to police now", when, tone, note=whole)
    return Line(clock_text(left), "left by policy", when, tone, note=whole)


def _team(state: State, one: Candidate, text: str, now: Present) -> Line:
    name = isolated(called(state, one.unit))
    note = joined((clears(one, now.at), away(one)))
    return Line(name, text, away(one), target=("unit", one.unit), note=note)


def _in_time(state: State, found: Countdown, now: Present) -> Iterator[Line]:
    """Whether the first committed team could be there before police, where nobody is free."""
    best = next(iter(found.clearing), None)
    there = best.there_at if best is not None else None
    if best is None or there is None or found.free is not None:
        return
    spare = found.hand_over - there
    when = f"{minutes(spare)} before" if spare > timedelta(0) else f"{minutes(-spare)} after"
    name = isolated(called(state, best.unit))
    yield Line(name, f"there ~{now.time(there)}, {when} police", tone="muted")
