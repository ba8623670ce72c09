"""Every problem of the board as it stands: what was counted on the way in, and what does not fit together now."""

from collections.abc import Iterable, Mapping
from operator import is_

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


def misfits_of(state: State) -> tuple[object, ...]:
    """What misfits go by, to be compared item by item with ``is``; contradictions go by all but the first."""
    there = answered(state)
    return state.positions, state.calls, state.units, *(name in there for name in FeedName)


class Matching:
    """The misfits of a board that moves, looked for again only where what they go by is another object."""

    def __init__(self) -> None:
        self._seen: tuple[object, ...] = ()
        self._doubts: tuple[Problem, ...] = ()
        self._found: dict[str, Problem] = {}

    def look(self, state: State) -> dict[str, Problem]:
        """The misfits of ``state``; the same object where they are those of the last look."""
        basis = misfits_of(state)
        if _same(basis, self._seen):
            return self._found
        if not _same(basis[1:], self._seen[1:]):
            self._doubts = doubts(state)
        self._seen = basis
        found = keyed((*orphans(state), *self._doubts))
        self._found = self._found if found == self._found else found
        return self._found


def _same(left: tuple[object, ...], right: tuple[object, ...]) -> bool:
    return len(left) == len(right) and all(map(is_, left, right))


def listed(state: State) -> Mapping[str, Problem]:
    """All problems, by key."""
    return {**state.problems, **misfits(state)}
