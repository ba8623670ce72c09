"""The rows of one feed by their place on the board: several may be meant for one, and one of them is shown."""

from collections.abc import Iterable
from datetime import timedelta

from console.domain.contract import Row
from console.domain.entities import Position
from console.feeds.joining.names import Mark

OLDER = timedelta(seconds=60)
"""How much older the first source's fix may be than another's and still be the one that is shown."""


class Places:
    """What each source gave, where on the board it belongs, and what stands there."""

    def __init__(self) -> None:
        self.given: dict[Mark, Row] = {}
        self.shown: dict[str, Row] = {}
        self._places: dict[Mark, str] = {}
        self._meant: dict[str, set[Mark]] = {}
        self._own: dict[int, set[str]] = {}

    def give(self, mark: Mark, row: Row) -> None:
        """A source gives a row."""
        self.given[mark] = row
        self._own.setdefault(mark[0], set()).add(mark[1])

    def take(self, mark: Mark) -> None:
        """A source does not give the row any more."""
        if self.given.pop(mark, None) is not None:
            self._own[mark[0]].discard(mark[1])

    def own(self, rank: int) -> set[str]:
        """The ids that a source gave rows for."""
        return self._own.get(rank, set())

    def place(self, mark: Mark) -> str:
        """Where the row belongs; empty for one that is not known."""
        return self._places.get(mark, "")

    def settle(self, mark: Mark, place: str) -> tuple[str, ...]:
        """Say where a row belongs, nowhere where ``place`` is empty; the places to look at again."""
        old = self._places.get(mark, "")
        if old == place:
            return (place,) if place else ()
        if old:
            self._meant[old].discard(mark)
            del self._places[mark]
        if place:
            self._places[mark] = place
            self._meant.setdefault(place, set()).add(mark)
        return tuple(one for one in (old, place) if one)

    def meant(self, place: str) -> list[Mark]:
        """The rows that belong there, the one to show first."""
        held = self._meant.get(place, set())
        if len(held) < 2:
            if not held:
                self._meant.pop(place, None)
            return list(held)
        marks = sorted(held)
        best = self._best(marks)
        return [best, *(mark for mark in marks if mark != best)]

    def _best(self, marks: list[Mark]) -> Mark:
        """The first source's row; of fixes the newest, where that one is much older."""
        fixes = {mark: row for mark in marks if isinstance(row := self.given[mark], Position)}
        if len(fixes) < 2:
            return marks[0]
        newest = max(fix.at for fix in fixes.values())
        if newest - fixes[marks[0]].at <= OLDER:
            return marks[0]
        return next(mark for mark in fixes if fixes[mark].at == newest)

    def show(self, place: str, row: Row | None) -> bool:
        """Let ``row`` stand there, or nothing; whether that is a change."""
        if row is None:
            return self.shown.pop(place, None) is not None
        changed = self.shown.get(place) != row
        self.shown[place] = row
        return changed

    def twins(self, key: str, ranks: Iterable[int]) -> list[Mark]:
        """The rows of this id, in the order of their sources."""
        return [(rank, key) for rank in ranks if (rank, key) in self.given]
