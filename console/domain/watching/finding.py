"""What the rules find of one subject, and when that is next worth a look."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from console.domain.alarms.agenda import up
from console.domain.board import State
from console.domain.watching import of_calls, of_sources, of_strips, of_units
from console.domain.watching.catalog import About, parted
from console.domain.watching.keeping import in_doubt
from console.domain.watching.spell import Spell


def spells(state: State, about: About, key: str) -> Iterable[Spell]:
    """What is to be said of the ``about`` with the id ``key``, now or at a later moment."""
    match about:
        case About.CALL:
            return of_calls.spells(state, key)
        case About.UNIT:
            return of_units.spells(state, key)
        case About.STRIP:
            return of_strips.spells(state, key)
        case About.SOURCE:
            return of_sources.spells(state, key)
        case About.RECORDING:
            return of_sources.of_recording(state)
        case About.BOARD:
            return ()


def soon(state: State) -> int:
    """The next whole second (UTC, since 1970): the soonest at which anything can be looked at."""
    return int(state.second.timestamp()) + 1


def reckoned(state: State, subjects: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each of ``subjects`` with the second of its next look, 0 for none: before it, a look would find nothing.

    One of which an alarm stands or starts, or that is so far that one may start, is looked at at once; so the second
    that changes a row and the second that looks at it cannot be told apart, and a look costs nothing where nothing
    is to be found.
    """
    alarms, first = state.alarms, soon(state)
    for what in subjects:
        about, key = parted(what)
        if what in alarms.held or (about is About.UNIT and (key in alarms.flagged or in_doubt(state, key))):
            yield what, first
        else:
            found = _begins(state, about, key)
            yield what, 0 if found is None else max(first, up(found))


def _begins(state: State, about: About, key: str) -> datetime | None:
    """When a rule first finds something, or found it; ``None`` where none ever will as the rows are now."""
    rules, begins = state.definitions.rules, None
    if not rules:
        return None
    if about is About.SOURCE:
        begins = of_sources.blind_at(of_sources.feeds(state, key), state.second)
    for spell in spells(state, about, key):
        if not spell.steps or spell.rule not in rules:
            continue
        moment = spell.steps[0][0]
        if moment is None:
            return state.second
        if begins is None or moment < begins:
            begins = moment
    return begins
