"""What rows are called, and which of several sources are one thing by that: units and facilities, not calls."""

from console.domain.contract import Row
from console.domain.entities import Call, Facility, Unit

Mark = tuple[int, str]
"""A row's place in the world: the rank of its source, and the id that it has there."""


def folded(name: str) -> str:
    """``name`` as it is compared: without case and spaces, so that ``M 12`` is ``m12``."""
    return "".join(name.split()).casefold()


def name_of(row: Row) -> str:
    """What a row is called besides its id: the name of a thing, the number of a call; empty where there is none."""
    match row:
        case Unit(callsign=name) | Facility(name=name) | Call(number=name):
            return folded(name)
        case _:
            return ""


class Names:
    """Rows by name. In each source the least id bears a name; of those the first source's row stands for all.

    A second row of the same name in one source is another thing, as that source tells the two apart. All
    depends on what is held, never on the order in which it came. ``moves`` counts what changed so far.
    """

    def __init__(self) -> None:
        self.moves = 0
        self._names: dict[Mark, str] = {}
        self._bearers: dict[str, set[Mark]] = {}

    def put(self, mark: Mark, name: str) -> set[Mark]:
        """Let a row bear ``name`` from now on; every row for which another may stand now."""
        old = self._names.get(mark)
        if old == name:
            return {mark}
        moved = self.drop(mark) | {mark}
        self._names[mark] = name
        self.moves += 1
        if name:
            bearers = self._bearers.setdefault(name, set())
            bearers.add(mark)
            moved |= bearers
        return moved

    def drop(self, mark: Mark) -> set[Mark]:
        """The row is gone; every row for which another may stand now."""
        self.moves += mark in self._names
        bearers = self._bearers.get(self._names.pop(mark, ""), set())
        bearers.discard(mark)
        return {mark} | bearers

    def first(self, mark: Mark) -> Mark:
        """The row that stands for this one: itself, or that of an earlier source."""
        bearers = self._bearers.get(self._names.get(mark, ""), set())
        if len(bearers) < 2:
            return mark
        mine = min((other for other in bearers if other[0] == mark[0]), default=None)
        return min(bearers) if mine == mark else mark

    def found(self, name: str) -> Mark | None:
        """The row that stands for ``name`` as a person wrote it."""
        return min(self._bearers.get(folded(name), ()), default=None)
