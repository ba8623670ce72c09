"""Tells when the first row of a table is on the screen."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QTableView
from typing_extensions import override


class FirstPaint(QObject):
    """Emits ``painted`` once, after the first paint of ``table`` that had rows to show.

    `stop` it before the table goes: a filter in Python that outlives its window takes the process down.
    """

    painted = Signal()

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        table.viewport().installEventFilter(self)

    def stop(self) -> None:
        """Watch no more; there may never have been a row."""
        self._table.viewport().removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        model = self._table.model()
        if event.type() is QEvent.Type.Paint and model.rowCount() > 0:
            self.stop()
            QTimer.singleShot(0, self.painted.emit)
        return False
