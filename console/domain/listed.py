"""Every problem of the board as it stands: what was counted on the way in, and what does not fit together now."""

from collections.abc import Iterable, Mapping

from console.domain.contradictions import doubts
from console.domain.feed import Problem
from console.domain.orphans import answered, orphans
from console.domain.state import State
from console.domain.vocabulary import FeedName


def keyed(problems: Iterable[Problem]) -> dict[str, Problem]:
    """``problems`` by the key that the board gives them."""
    return {f"{one.feed} {one.kind} {one.what}": one for one in problems}


def misfits(state: State) -> dict[str, Problem]:
    """Orphans and contradictions. They are of the present: what was mended is gone from here."""
    return keyed((*orphans(state), *doubts(state)))


def doubts_of(state: State) -> tuple[object, ...]:
    """What contradictions go by, to be compared item by item with ``is``."""
    there = answered(state)
    return state.calls, state.units, *(name in there for name in FeedName)


def misfits_of(state: State) -> tuple[object, ...]:
    """What all misfits go by, to be compared in the same way."""
    return state.positions, *doubts_of(state)


def listed(state: State) -> Mapping[str, Problem]:
    """All problems, by key."""
    return {**state.problems, **misfits(state)}
