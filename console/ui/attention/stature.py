"""How high the panel is: as its lines ask for, at most a third of the column, and calm while somebody reads."""

from PySide6.QtWidgets import QDockWidget, QWidget

from console.ui.attention.foot import Foot, needed
from console.ui.attention.header import Header
from console.ui.attention.resting import Resting
from console.ui.table.table import RowsTable

SHARE = 0.3
"""The most of the window's height: a third of the column, which head and status line leave."""

ENDLESS = 16_777_215
"""Qt's own greatest height: the window of a panel that was popped out may be as high as a person wants."""

LEAST = 2
"""Lines that are in sight however large the type is; one while a field is open."""

BORDER = 2


class Stature:
    """Gives ``panel``, made of these parts, its height in the column of docks."""

    def __init__(
        self, panel: QWidget, header: Header, table: RowsTable, foot: Foot, resting: Resting
    ) -> None:
        self._panel, self._header, self._table, self._foot = panel, header, table, foot
        self._resting = resting

    def fit(self, lines: int) -> None:
        """As high as so many lines; the same as before while somebody looks at one, which would move."""
        panel, dock = self._panel, self._panel.parent()
        if isinstance(dock, QDockWidget) and dock.isFloating():
            panel.setMinimumHeight(0)
            panel.setMaximumHeight(ENDLESS)
            return
        row = self._table.verticalHeader().defaultSectionSize()
        header, foot = needed(self._header, panel.width()), self._foot.height_wanted()
        room = int(panel.window().height() * SHARE - header) // row
        crowded = self._foot.field is not None and room <= LEAST
        fitting = 1 if crowded else max(LEAST, room)
        wanted = min(lines, fitting)
        if self._resting.holds and lines:
            wanted = min(max(self._table.viewport().height() // row, 1), fitting)
        panel.setFixedHeight(header + foot + (wanted * row + BORDER if lines else 0))
