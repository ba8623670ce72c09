"""The units as the page was last told, so that a push holds only those that are different."""

from collections.abc import Iterable, Mapping

from console.domain.alarms.alarm import Alarm, alarm_id
from console.domain.entities import Position, Unit
from console.domain.vocabulary import ALTERNATIVE, UnitState, availability
from console.domain.watching.catalog import CHECK_IN, EMERGENCY, About
from console.ui.map.message import UnitRow
from console.ui.map.packing import fixes, label
from console.ui.map.places import Area, sound
from console.ui.standing.badge import CALLS_FOR_HELP, NO_BADGE, Badge, moved, worst
from console.ui.table.diff import changes

_URGENT = {EMERGENCY: "EMERGENCY", CHECK_IN: "overdue"}
"""Alarms of a team itself: a badge stands beside its symbol. A silent one is dashed, which says the same."""


class Units:
    """Gives each unit on duty a slot, a small number that stands for it in packed fixes.

    Who is off duty is not shown: the map watches shifts, not people.
    """

    def __init__(self) -> None:
        self._units: Mapping[str, Unit] = {}
        self._positions: Mapping[str, Position] = {}
        self._standing: Mapping[str, Alarm] = {}
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

    def rows(
        self, units: Mapping[str, Unit], standing: Mapping[str, Alarm]
    ) -> tuple[list[UnitRow], list[int]]:
        """Rows of the units that are new or different, and the slots of those that are gone."""
        found, called = changes(self._units, units), self._called(standing)
        self._units = units
        off = [key for key in found.put if units[key].state is UnitState.OFF_DUTY]
        gone = [self._close(key) for key in (*found.gone, *off) if key in self._slots]
        on = [key for key in found.put if units[key].state is not UnitState.OFF_DUTY]
        more = sorted((called & self._slots.keys()).difference(on))
        return [self._row(units[key]) for key in (*on, *more)], gone

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
        badge, said = called(unit, self._standing)
        return (
            *(self._slots[unit.id], unit.id, name, unit.program, team, availability(unit.state)),
            *(badge.priority, badge.loud, said),
        )

    def _called(self, standing: Mapping[str, Alarm]) -> set[str]:
        """The units of which an alarm came, changed or went."""
        found = moved(self._standing, standing, About.UNIT)
        self._standing = standing
        return found

    def _close(self, key: str) -> int:
        slot = self._slots.pop(key)
        self._free.append(slot)
        self._teams.discard(key)
        self._placed.discard(key)
        return slot


def called(unit: Unit, standing: Mapping[str, Alarm]) -> tuple[Badge, str]:
    """The badge of a unit in danger, and what it is in words; a call for help is one with or without an alarm."""
    for rule, said in _URGENT.items():
        alarm = standing.get(alarm_id(rule, unit.id))
        badge = worst([alarm] if alarm is not None else ())
        if badge.priority:
            return badge, said
        if rule == EMERGENCY and unit.emergency:
            return CALLS_FOR_HELP, said
    return NO_BADGE, ""
