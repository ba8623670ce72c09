"""The roster in groups by availability, and the filter by what a unit can be asked for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from msgspec import Struct

from console.domain.entities import Unit
from console.domain.metrics import is_team
from console.domain.vocabulary import ALTERNATIVE, Availability, Program, availability
from console.ui.look.view import Choice, Roster
from console.ui.parts.masking import isolated
from console.ui.teams.team_rows import TeamRow
from console.ui.theme.words import heading, word


class Group(Struct, frozen=True):
    """The row above the units of one availability: how many are shown, of how many on the roster."""

    availability: Availability
    shown: int
    total: int


Row: TypeAlias = Group | TeamRow


def group_key(group: Availability) -> str:
    """The id of a group's row, which no unit can have."""
    return f"\0{group}"


class Shown(Struct, frozen=True):
    """The roster as it is shown: its rows with their groups, and how many units that is of how many."""

    rows: Mapping[str, Row] = {}
    units: int = 0
    total: int = 0


def grouped(held: Mapping[str, Row], rows: Mapping[str, TeamRow], roster: Roster) -> Shown:
    """The rows that the roster's filters let pass, with a group row above each kind that has any.

    A group row counts all its units, shown or not, so the groups always sum to the roster. Available
    stands there even with nobody in it: that is the news.
    """
    ours = on_roster(rows, roster)
    totals = _by_availability(ours)
    if roster.skills:
        fit = {key: row for key, row in ours.items() if _has_skill(row.unit, roster.skills)}
        counts = _by_availability(fit)
    else:
        fit, counts = dict(ours), totals
    shown: dict[str, Row] = {**fit}
    for kind in Availability:
        if totals[kind] or (ours and kind is Availability.AVAILABLE):
            group, key = Group(kind, counts[kind], totals[kind]), group_key(kind)
            shown[key] = held[key] if held.get(key) == group else group
    return Shown(shown, len(fit), len(ours))


def _by_availability(rows: Mapping[str, TeamRow]) -> Counter[Availability]:
    states = Counter([row.unit.state for row in rows.values()])
    found: Counter[Availability] = Counter()
    for state, count in states.items():
        found[availability(state)] += count
    return found


def on_roster(rows: Mapping[str, TeamRow], roster: Roster) -> Mapping[str, TeamRow]:
    """The alternative-response teams; every unit where they are asked for or where there is no team at all."""
    if roster.others or not any_team(rows):
        return rows
    return {key: row for key, row in rows.items() if row.unit.program in ALTERNATIVE}


def any_team(rows: Mapping[str, TeamRow]) -> bool:
    """Whether the source has alternative-response teams; a fire department's may not."""
    return any(is_team(row.unit) for row in rows.values())


def others(rows: Mapping[str, TeamRow]) -> str:
    """How many units are no team of ours, and of which programs: ``23 police, EMS``."""
    found = Counter([row.unit.program for row in rows.values()])
    strangers = [program for program in Program if found[program] and program not in ALTERNATIVE]
    count = sum(found[program] for program in strangers)
    return f"{count} {', '.join(word(program) for program in strangers)}" if count else ""


def skills(unit: Unit) -> Iterable[str]:
    """What a unit can be asked for: the roles of its crew, its capabilities, the languages it speaks."""
    yield from (member.role for member in unit.crew)
    yield from unit.capabilities
    for member in unit.crew:
        yield from member.languages


def _has_skill(unit: Unit, wanted: frozenset[str]) -> bool:
    return not wanted or not wanted.isdisjoint(skills(unit))


def choices(rows: Mapping[str, TeamRow], roster: Roster) -> list[Choice]:
    """Every skill on the roster, with the number of units that have it."""
    found = Counter(skill for row in on_roster(rows, roster).values() for skill in set(skills(row.unit)))
    values = sorted({*found, *roster.skills}, key=str.casefold)
    return [Choice(value, isolated(word(value)), found[value]) for value in values]


def chosen_text(rows: Mapping[str, TeamRow], roster: Roster) -> str:
    """What the skill filter is set to: ``all skills``, ``clinician 4 of 12``."""
    if not roster.skills:
        return "all skills"
    ours = on_roster(rows, roster).values()
    fit = sum(_has_skill(row.unit, roster.skills) for row in ours)
    what = (
        isolated(word(next(iter(roster.skills))))
        if len(roster.skills) == 1
        else f"{len(roster.skills)} skills"
    )
    return f"{what} {fit} of {len(ours)}"


def group_text(row: Row) -> str:
    """The heading of a group row, ``Assigned 5`` or ``Assigned 2 of 5``; nothing for a unit."""
    if isinstance(row, TeamRow):
        return ""
    count = f"{row.shown}" if row.shown == row.total else f"{row.shown} of {row.total}"
    name = "Out" if row.availability is Availability.OUT else heading(row.availability)
    return f"{name} {count}"
