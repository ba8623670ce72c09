"""The calls as the page was last told: the open ones that the filters let pass and that have a place."""

from collections.abc import Mapping
from typing import Any

from console.domain.entities import Call, Unit
from console.domain.limits import state_since
from console.domain.sets import waiting
from console.domain.state import State
from console.ui.calls.call_filters import passing
from console.ui.calls.call_rows import CallRow as BoardRow
from console.ui.calls.call_rows import Sources, call_rows
from console.ui.look.view import Filters
from console.ui.map.message import CallRow
from console.ui.map.packing import degrees, label, seconds
from console.ui.map.places import Area, sound
from console.ui.parts.masking import dimmed, hidden
from console.ui.table.diff import changes


class Calls:
    """Shows the rows of the call board, by the same rules, where they have a place to be shown at."""

    def __init__(self) -> None:
        self._sources = Sources()
        self._board: Mapping[str, BoardRow] = {}
        self._units: Mapping[str, Unit] = {}
        self._told: Mapping[str, BoardRow] = {}
        self._made_of: tuple[Any, ...] = ()
        self.unplaced = 0
        self.withheld = 0

    def rows(self, state: State, filters: Filters, area: Area | None) -> tuple[list[CallRow], list[str]]:
        """Rows of the calls that are new or different, and the ids of those no longer shown."""
        self._follow(state)
        made_of = (self._board, filters, area)
        if len(self._made_of) == 3 and all(a is b for a, b in zip(self._made_of, made_of, strict=True)):
            return [], []
        self._made_of = made_of
        found = changes(self._told, shown := self._shown(filters, area))
        self._told = shown
        return [_row(shown[key]) for key in found.put], found.gone

    def _follow(self, state: State) -> None:
        names = self._sources.callsigns
        if state.units is not self._units:
            self._units = state.units
            fresh = {key: unit.callsign for key, unit in state.units.items()}
            names = names if fresh == names else fresh
        sources = Sources(state.open_calls, state.missing, state.definitions, names, state.alarms.standing)
        self._board = call_rows(self._board, self._sources, sources, state.second)
        self._sources = sources

    def _shown(self, filters: Filters, area: Area | None) -> Mapping[str, BoardRow]:
        """The rows to draw. What the dispatch system asks to cover is not placed: a pin is an address."""
        passed = passing(self._board, filters)
        open_ = {key: row for key, row in passed.items() if not hidden(row.call)}
        placed = {key: row for key, row in open_.items() if sound(row.call.lat, row.call.lon, area)}
        self.withheld, self.unplaced = len(passed) - len(open_), len(open_) - len(placed)
        return placed


def _row(row: BoardRow) -> CallRow:
    call = row.call
    return (
        call.id,
        label(call.number or call.id),
        degrees(call.lat or 0.0),
        degrees(call.lon or 0.0),
        _since(call),
        row.badge.priority,
        row.badge.loud,
        row.missing is not None,
        dimmed(call),
    )


def _since(call: Call) -> int:
    return seconds(state_since(call)) if waiting(call) else 0
