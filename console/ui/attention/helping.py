"""Who could take a call before police get it, for the lines of calls that wait too long."""

from collections.abc import Mapping

from msgspec.structs import replace

from console.domain.expecting.countdown import countdown
from console.domain.expecting.saying import away, brief, called
from console.domain.expecting.teams import Expected, outlook
from console.domain.state import State
from console.domain.watching.catalog import KICK_BACK, PENDING_LONG
from console.ui.attention.subject import Help, Subject
from console.ui.parts.clocks import Present
from console.ui.parts.masking import isolated

MOST = 12
"""Lines that name a team: more than are in sight, and few enough for a storm."""


def likely(subjects: Mapping[str, Subject], state: State) -> dict[str, Subject]:
    """Those of ``subjects`` that do not say yet who could take their call as of this second, with that team."""
    wanted = [(key, one) for key, one in subjects.items() if _asks(one)][:MOST]
    old = {key: one for key, one in wanted if one.help is None or one.help.at != state.second}
    expected = outlook(state) if old else {}
    return {key: replace(one, help=_help(one, state, expected)) for key, one in old.items()}


def who_could(subject: Subject, now: Present) -> str:
    """``STAR 4 clears in ~6 min (31 like scenes), 9 min away``, or the team that is free; empty without any."""
    found = subject.help
    if found is None or found.one is None or not _asks(subject):
        return ""
    one, name = found.one, found.name
    when, basis = brief(one, now.at)
    sure = one.expected is not None and one.expected.clears_at is not None
    told = " ".join((isolated(name), "clears" if sure else "", when, f"({basis})" if basis else ""))
    return f"{' '.join(told.split())}, {away(one)}"


def _asks(subject: Subject) -> bool:
    return (
        subject.alarm.rule in (KICK_BACK, PENDING_LONG) and subject.due is not None and subject.alarm.active
    )


def _help(subject: Subject, state: State, expected: dict[str, Expected]) -> Help:
    """The nearest free team, else the one that could be there first."""
    found = countdown(state, subject.call, expected) if subject.call is not None else None
    best = None if found is None else found.free or next(iter(found.clearing), None)
    return Help(state.second) if best is None else Help(state.second, called(state, best.unit), best)
