"""What the right button and the menu key offer on a table: what can be done with the row, its copy, ways to sort."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from console.ui.look.view import Order
from console.ui.table.rows import RowsModel


@dataclass(frozen=True, slots=True)
class _Act:
    """An act by name, and the row that it is for, by id: rows may have moved meanwhile."""

    name: str
    row: str


class RowMenu(QMenu):
    """The menu of one table; the header offers sorting to the mouse alone, this one to the keyboard too.

    ``asked`` tells the name of an act and the id of the row that it is for.
    """

    ordered = Signal(object)
    asked = Signal(str, str)

    def __init__(self, model: RowsModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.triggered.connect(self._chosen)

    def offer(self, place: int, at: QPoint) -> None:
        """Open for the row at ``place`` (-1 for none) where the pointer or the row is."""
        self.clear()
        if place >= 0:
            self._add_acts(place)
            self.addAction("Copy row").setData(self._model.plain(place))
        sortable = [column.title for column in self._model.columns if column.sort]
        if sortable:
            self.addAction("Own order").setData(Order())
        for title in sortable:
            self.addAction(f"Sort by {title}").setData(Order(title))
        if not self.isEmpty():
            self.popup(at)

    def offer_acts(self, place: int, at: QPoint) -> None:
        """Open with nothing but what can be done with the row; stay shut where that is nothing."""
        self.clear()
        if place >= 0 and self._add_acts(place):
            self.setActiveAction(self.actions()[0])
            self.popup(at)

    def _add_acts(self, place: int) -> bool:
        acts, key = self._model.rules.acts(self._model.row(place)), self._model.id(place)
        for name, words in acts:
            self.addAction(words.replace("&", "&&")).setData(_Act(name, key))
        if acts:
            self.addSeparator()
        return bool(acts)

    def _chosen(self, action: QAction) -> None:
        what = action.data()
        if isinstance(what, Order):
            self.ordered.emit(what)
        elif isinstance(what, _Act):
            self.asked.emit(what.name, what.row)
        else:
            QGuiApplication.clipboard().setText(str(what))
