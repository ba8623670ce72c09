"""Who could take a call before police get it, for the lines of calls that wait too long."""

from collections.abc import Mapping

from msgspec.structs import replace

from console.domain.expecting.countdown import Candidate, countdown
from console.domain.expecting.saying import away, brief, called
from console.domain.expecting.teams import Expected, outlook
from console.domain.state import State
from console.domain.watching.catalog import KICK_BACK, PENDING_LONG
from console.ui.attention.subject import Subject
from console.ui.parts.clocks import Present
from console.ui.parts.masking import isolated


def likely(subjects: Mapping[str, Subject], state: State) -> dict[str, Subject]:
    """Those of ``subjects`` of which the team that could take the call is another one now, with that team."""
    wanted = {key: one for key, one in subjects.items() if _asks(one)}
    expected = outlook(state) if wanted else {}
    found = {key: _team(one, state, expected) for key, one in wanted.items()}
    return {key: replace(wanted[key], team=team) for key, team in found.items() if team != wanted[key].team}


def who_could(subject: Subject, now: Present) -> str:
    """``STAR 4 clears in ~6 min (31 like scenes), 9 min away``, or the team that is free; empty without any."""
    if subject.team is None or not _asks(subject):
        return ""
    name, one = subject.team
    when, basis = brief(one, now.at)
    sure = one.expected is not None and one.expected.clears_at is not None
    told = " ".join((isolated(name), "clears" if sure else "", when, f"({basis})" if basis else ""))
    return f"{' '.join(told.split())}, {away(one)}"


def _asks(subject: Subject) -> bool:
    return (
        subject.alarm.rule in (KICK_BACK, PENDING_LONG) and subject.due is not None and subject.alarm.active
    )


def _team(subject: Subject, state: State, expected: dict[str, Expected]) -> tuple[str, Candidate] | None:
    """The nearest free team, else the one that could be there first."""
    found = countdown(state, subject.call, expected) if subject.call is not None else None
    if found is None:
        return None
    best = found.free or next(iter(found.clearing), None)
    return None if best is None else (called(state, best.unit), best)
