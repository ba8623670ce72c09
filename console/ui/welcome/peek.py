"""A peek at what a source gives: five calls and five units as the board would show them."""

from collections.abc import Mapping
from dataclasses import replace
from operator import is_
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from console.domain.state import State
from console.ui.calls import call_rows, calls_columns
from console.ui.look.look import Look
from console.ui.look.view import Roster
from console.ui.parts.clocks import present
from console.ui.parts.labels import label
from console.ui.table.columns import Rules
from console.ui.table.table import RowsTable
from console.ui.teams import team_groups, team_rows, teams_columns

FEW = 5
GROUPED = FEW + 2
"""Rows of units: as on the board, each availability has a heading."""

_UNIT_RULES = replace(teams_columns.RULES, acts=lambda _row: ())
"""A trial is looked at: nobody checks a team in from there."""


class Peek(QWidget):
    """The first calls and units in the order of the board, which are all that is drawn."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._calls = RowsTable(calls_columns.COLUMNS, calls_columns.RULES, look, lines=2)
        self._units = RowsTable(teams_columns.COLUMNS, _UNIT_RULES, look)
        self._units.horizontalHeader().hide()
        self._calls.setAccessibleName("The first calls")
        self._units.setAccessibleName("The first units")
        self._shown: tuple[object, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for column, (name, table) in enumerate((("Calls", self._calls), ("Units", self._units))):
            self._grid.addWidget(label(self, "label", name), 0, column)
            self._grid.addWidget(table, 1, column)
            self._grid.setColumnStretch(column, 1)
        self.wear(look)

    def wear(self, look: Look) -> None:
        """Draw with another theme or scale from here on."""
        sizes = look.sizes
        self._grid.setHorizontalSpacing(sizes.grid(4))
        for table in (self._calls, self._units):
            table.wear(look)
            table.setFixedHeight(FEW * sizes.two_lines + sizes.px(32))

    def show_board(self, board: State) -> None:
        """Show the first of its open calls and of its units, once a second unless they changed."""
        shown = (board.open_calls, board.units, board.second)
        if all(map(is_, shown, self._shown)) and self._shown:
            return
        self._shown = shown
        now = present(board.second, board.agency)
        signs = {key: unit.callsign for key, unit in board.units.items()}
        calls = call_rows.call_rows(
            {}, call_rows.Sources(), call_rows.Sources(board.open_calls, {}, board.definitions, signs), now.at
        )
        units = team_rows.team_rows({}, team_rows.Sources(now.at), team_rows.sources_of(board))
        shown_units = team_groups.grouped({}, units, Roster()).rows
        self._calls.show_rows(_first(calls, calls_columns.RULES, FEW), now)
        self._units.show_rows(_first(shown_units, _UNIT_RULES, GROUPED), now)

    @property
    def calls(self) -> tuple[str, ...]:
        """The ids of the calls that are shown."""
        return self._calls.rows.ids

    @property
    def units(self) -> tuple[str, ...]:
        """The ids of the units that are shown."""
        return self._units.rows.ids


def _first(rows: Mapping[str, Any], rules: Rules[Any], count: int) -> dict[str, Any]:
    """The first rows in their own order; a heading that nothing follows is left out."""
    first = sorted(rows.items(), key=lambda pair: (rules.order(pair[1]), pair[0]))[:count]
    while first and rules.section(first[-1][1]):
        first.pop()
    return dict(first)
