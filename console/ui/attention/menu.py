"""What the right button and the menu key offer on a line: its acts, and a copy."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from console.domain.state import State
from console.ui.attention.hand import AlarmHand, offers
from console.ui.table.table import RowsTable


class LineMenu(QMenu):
    """The menu of the panel's table."""

    def __init__(self, table: RowsTable, hand: AlarmHand) -> None:
        super().__init__(table)
        self._table, self._hand = table, hand
        self._text = ""

    def offer(self, state: State, key: str, at: QPoint) -> None:
        """Open for the line ``key`` at the point ``at`` of the table."""
        self.clear()
        for text, act in offers(self._hand, state, key):
            self.addAction(text, act)
        if not self.isEmpty():
            self.addSeparator()
        self._text = self._table.rows.plain(self._table.rows.place(key))
        self.addAction("Copy line", self._copy)
        self.popup(self._table.viewport().mapToGlobal(at))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
