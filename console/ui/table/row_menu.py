"""What the right button and the menu key offer on a table: a copy of the row, and every way to sort."""

from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from console.ui.look.view import Order
from console.ui.table.rows import RowsModel


class RowMenu(QMenu):
    """The menu of one table; the header offers sorting to the mouse alone, this one to the keyboard too."""

    ordered = Signal(object)

    def __init__(self, model: RowsModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.triggered.connect(self._chosen)

    def offer(self, place: int, at: QPoint) -> None:
        """Open for the row at ``place`` (-1 for none) where the pointer or the row is."""
        self.clear()
        if place >= 0:
            self.addAction("Copy row").setData(self._model.plain(place))
        sortable = [column.title for column in self._model.columns if column.sort]
        if sortable:
            self.addAction("Own order").setData(Order())
        for title in sortable:
            self.addAction(f"Sort by {title}").setData(Order(title))
        if not self.isEmpty():
            self.popup(at)

    def _chosen(self, action: QAction) -> None:
        what = action.data()
        if isinstance(what, Order):
            self.ordered.emit(what)
        else:
            QGuiApplication.clipboard().setText(str(what))
