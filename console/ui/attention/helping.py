"""Who could take a call before police get it, for the lines of calls that wait too long."""

from collections.abc import Mapping
from datetime import timedelta

from msgspec.structs import replace

from console.domain.clearing.scenes import Like
from console.domain.expecting.countdown import Candidate, countdown
from console.domain.expecting.saying import away, brief, called
from console.domain.expecting.teams import Expected, outlook
from console.domain.state import State
from console.domain.watching.catalog import KICK_BACK, PENDING_LONG
from console.ui.attention.subject import Help, Subject
from console.ui.parts.clocks import Present
from console.ui.parts.masking import isolated

MOST = 8
"""Lines that name a team: those in sight, and few enough for a storm."""

ASKED_AGAIN = timedelta(seconds=15)
"""How often a line asks anew, while the team it names does what it did: minutes are what it tells."""

NEW, PACE_S = 3, 3
"""New lines that ask in one second, and every how many seconds one line asks anew: at the design load an answer costs
three milliseconds."""

MANY = 300
"""Units of a board on which new lines, too, wait for their turn."""

FRESH = timedelta(seconds=30)
"""For how long a line goes by what was asked: one that no longer asks says nothing."""


def likely(subjects: Mapping[str, Subject], state: State) -> dict[str, Subject]:
    """Those of ``subjects`` that are told anew who could take their call; a team that moved is named no more."""
    wanted = [(key, one) for key, one in subjects.items() if _asks(one)][:MOST]
    turn = not state.second.second % PACE_S
    new = [(key, one) for key, one in wanted if one.help is None][
        : NEW if turn or len(state.units) <= MANY else 0
    ]
    moved = {key: one for key, one in wanted if one.help is not None and _moved(one.help, state)}
    asked = dict(new or (_next(wanted, state) if turn else ()))
    expected = outlook(state) if asked else {}
    unsure = {key: replace(one, help=Help(state.second)) for key, one in moved.items()}
    return unsure | {key: replace(one, help=_help(one, state, expected)) for key, one in asked.items()}


def _next(wanted: list[tuple[str, Subject]], state: State) -> list[tuple[str, Subject]]:
    """The line whose turn it is to ask anew."""
    due = [
        (one.help.at, key, one)
        for key, one in wanted
        if one.help is not None and one.help.at != state.second
        if _due(one.help, state) or _unsure(one.help, state)
    ]
    return [(key, one) for _, key, one in sorted(due, key=lambda found: found[:2])[:1]]


def _unsure(held: Help, state: State) -> bool:
    return held.one is None or _moved(held, state)


def _due(held: Help, state: State) -> bool:
    """Whether it was asked long enough ago, or at a later moment of a replay."""
    return not held.at <= state.second < held.at + ASKED_AGAIN


def _moved(held: Help, state: State) -> bool:
    """Whether the team that is named does something else by now, or is gone."""
    if held.one is None:
        return False
    unit = state.units.get(held.one.unit)
    return unit is None or unit.state is not held.stands


def who_could(subject: Subject, now: Present) -> str:
    """``STAR 4 clears in ~6 min (n 31 like), 9 min away``, or the team that is free; empty without any.

    The card and its tooltips say in full what the estimate goes by.
    """
    found = subject.help
    if found is None or found.one is None or now.at - found.at > FRESH or not _asks(subject):
        return ""
    one = found.one
    when, _basis = brief(one, now.at)
    words = (isolated(found.name), "clears" if _clears(one) else "", when, _number(one))
    return f"{' '.join(word for word in words if word)}, {away(one)}"


def _clears(one: Candidate) -> bool:
    """Whether anything can be said of when it clears."""
    expected = one.expected
    if expected is None or expected.longest:
        return False
    return expected.past or expected.clears_at is not None


def _number(one: Candidate) -> str:
    """How many scenes that goes by, and of which kind."""
    expected = one.expected
    if expected is None or expected.longest:
        return ""
    return f"(n {expected.by or expected.n} {_KINDS[expected.like]})"


_KINDS = {Like.CATEGORY: "like", Like.PROGRAM: "of its program", Like.ALL: "of all", None: "like"}


def _asks(subject: Subject) -> bool:
    return (
        subject.alarm.rule in (KICK_BACK, PENDING_LONG) and subject.due is not None and subject.alarm.active
    )


def _help(subject: Subject, state: State, expected: dict[str, Expected]) -> Help:
    """The nearest free team, else the one that could be there first."""
    found = countdown(state, subject.call, expected) if subject.call is not None else None
    best = None if found is None else found.free or next(iter(found.clearing), None)
    if best is None:
        return Help(state.second)
    return Help(state.second, called(state, best.unit), best, state.units[best.unit].state)
