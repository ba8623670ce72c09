"""Takes care of the archive that is recorded into: opens it, looks after it, and begins another where it is damaged."""

from datetime import datetime

from console.archive.keeping.retaining import Sweep
from console.archive.recording import telling
from console.archive.recording.desk import Desk, begin_anew, sit_down
from console.archive.recording.telling import News
from console.archive.spec import ArchiveSpec
from console.archive.store.aside import Aside
from console.domain.entities import Agency

SIGN_S = 5.0
LOOK_S = 30.0
"""Between two looks whether the file still holds together: damage of the disk is noticed within that time."""

LOOKING_S = 0.3
"""For how long it is looked at: all that is written into, and of the rest as far as time allows."""


class Care:
    """Of one archive, and what there is to say of it."""

    def __init__(self, spec: ArchiveSpec) -> None:
        self._spec = spec
        self._sweep = Sweep(spec.keep, spec.room)
        self._next_sign = self._next_look = 0.0
        self._broken_off: datetime | None = None
        self._aside: list[Aside] = []
        self._removed: tuple[datetime, bool] | None = None

    def open(self, steady: float, wall: datetime) -> Desk:
        """A place to write at. Raises as `sit_down` does."""
        desk = sit_down(self._spec, wall)
        self._broken_off = desk.broken_off
        if desk.replaced:
            self._aside.append(desk.replaced)
        self._next_sign, self._next_look = steady + SIGN_S, steady + LOOK_S
        return desk

    def look(self, desk: Desk, steady: float, wall: datetime) -> None:
        """Now and then sign, let old shifts go, and see that the file is whole. Raises `Damaged` where it is not."""
        if steady >= self._next_sign:
            self._next_sign = steady + SIGN_S
            desk.sign(wall)
        if steady >= self._next_look:
            self._next_look = steady + LOOK_S
            desk.examine(LOOKING_S)
        desk.sweep(self._sweep, steady, wall)

    def removed(self, desk: Desk, at: datetime, wall: datetime) -> None:
        """Somebody took the file away, or put another one in its place."""
        self._removed = at, desk.abandon(wall)

    def begin_anew(self, error: Exception, wall: datetime, *, known: bool) -> bool:
        """Whether the damaged archive is out of the way of a new one. Raises as `begin_anew` of the desk."""
        if self._aside:  # twice in a row is no damage that a new file helps against
            return False
        moved = begin_anew(self._spec, error, wall, known=known)
        if moved:
            self._aside.append(moved)
        return moved is not None

    @property
    def begins_anew(self) -> bool:
        """Whether the archive was set aside, and no other is there yet."""
        return bool(self._aside)

    def news(self, at: datetime, agency: Agency | None) -> News | None:
        """What is to be told once it records; once."""
        said = [telling.aside(moved, at, agency) for moved in self._aside]
        if self._removed:
            said.append(telling.removed(*self._removed, agency))
        if self._broken_off:
            said.append(News(telling.broken_off(self._broken_off, at, agency)))
        self._aside, self._removed, self._broken_off = [], None, None
        return telling.together(said) if said else None
