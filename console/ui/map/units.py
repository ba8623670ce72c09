"""The units as the page was last told, so that a push holds only those that are different."""

from collections.abc import Iterable, Mapping

from console.domain.entities import Position, Unit
from console.domain.vocabulary import ALTERNATIVE, UnitState, availability
from console.ui.map.message import UnitRow
from console.ui.map.packing import fixes, label
from console.ui.map.places import Area, sound
from console.ui.table.diff import changes


class Units:
    """Gives each unit on duty a slot, a small number that stands for it in packed fixes.

    Who is off duty is not shown: the map watches shifts, not people.
    """

    def __init__(self) -> None:
        self._units: Mapping[str, Unit] = {}
        self._positions: Mapping[str, Position] = {}
        self._slots: dict[str, int] = {}
        self._free: list[int] = []
        self._fresh: list[str] = []
        self._teams: set[str] = set()
        self._placed: set[str] = set()

    @property
    def unplaced(self) -> int:
        """How many teams on duty have no position that can be drawn."""
        return len(self._teams - self._placed)

    def slots(self, keys: Iterable[str]) -> tuple[int, ...]:
        """The slots of those units that have one."""
        return tuple(self._slots[key] for key in keys if key in self._slots)

    def rows(self, units: Mapping[str, Unit]) -> tuple[list[UnitRow], list[int]]:
        """Rows of the units that are new or different, and the slots of those that are gone."""
        found = changes(self._units, units)
        self._units = units
        off = [key for key in found.put if units[key].state is UnitState.OFF_DUTY]
        gone = [self._close(key) for key in (*found.gone, *off) if key in self._slots]
        on = (units[key] for key in found.put if units[key].state is not UnitState.OFF_DUTY)
        return [self._row(unit) for unit in on], gone

    def moved(self, positions: Mapping[str, Position], area: Area | None) -> tuple[str, list[int]]:
        """Fixes that are new, packed, and the slots of units that lost theirs. Call it after `rows`."""
        found = changes(self._positions, positions)
        self._positions = positions
        late = (key for key in self._fresh if key in positions)
        known = [key for key in dict.fromkeys((*found.put, *late)) if key in self._slots]
        self._fresh = []
        good = [key for key in known if sound(positions[key].lat, positions[key].lon, area)]
        lost = [key for key in {*found.gone, *known}.difference(good) if key in self._placed]
        self._placed.update(good)
        self._placed.difference_update(lost)
        return fixes((self._slots[key], positions[key]) for key in good), list(self.slots(lost))

    def _row(self, unit: Unit) -> UnitRow:
        if unit.id not in self._slots:
            self._slots[unit.id] = self._free.pop() if self._free else len(self._slots)
            self._fresh.append(unit.id)
        team = unit.program in ALTERNATIVE
        (self._teams.add if team else self._teams.discard)(unit.id)
        name = label(unit.callsign or unit.id)
        return self._slots[unit.id], unit.id, name, unit.program, team, availability(unit.state)

    def _close(self, key: str) -> int:
        slot = self._slots.pop(key)
        self._free.append(slot)
        self._teams.discard(key)
        self._placed.discard(key)
        return slot
