"""A live table: its rows change under the eyes of a person, and nothing she looks at or points at is lost."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from PySide6.QtCore import QByteArray, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView
from typing_extensions import override

from console.ui.look.look import Look
from console.ui.look.view import Order
from console.ui.parts.clocks import UNSTARTED, Present
from console.ui.table.cells import Cells
from console.ui.table.columns import Column, Rules
from console.ui.table.hand import Hand, Place
from console.ui.table.row_menu import RowMenu
from console.ui.table.rows import Index, RowsModel
from console.ui.table.widths import fitted
from console.ui.theme.style import calm

_WAYS = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_Home})


class RowsTable(QTableView):
    """Rows by id, drawn by `Cells`. What is selected is an id, so it outlives every change of the rows.

    ``picked`` tells of a click or Enter on a row, ``moved`` of the keyboard that came to another one.
    """

    picked = Signal(str)
    moved = Signal(str)
    ordered = Signal(object)
    asked = Signal(str, str)

    def __init__(self, columns: Sequence[Column[Any]], rules: Rules[Any], look: Look, lines: int = 1) -> None:
        super().__init__()
        self._model: RowsModel[Any] = RowsModel(columns, rules, UNSTARTED)
        self._cells = Cells(self, self._model, look)
        self._lines = lines
        self._order = Order()
        self._spanned: tuple[int, ...] = ()
        self._wide: dict[int, int] = {}
        self._wanted: Mapping[str, Any] = {}
        self._hand = Hand(self, self._model)
        self._hand.rested.connect(self._settle)
        self.setModel(self._model)
        self.setItemDelegate(self._cells)
        self._set_up()
        self.wear(look)
        self.clicked.connect(self._pick)
        self._menu = RowMenu(self._model, self)
        self._menu.ordered.connect(self.ordered)
        self._menu.asked.connect(self.asked)
        self.horizontalHeader().sectionClicked.connect(self._sort_clicked)

    def _set_up(self) -> None:
        calm(self, self._cells.look.sizes.row)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for place, column in enumerate(self._model.columns):
            if not column.width:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def rows(self) -> RowsModel[Any]:
        """The model, for those who look at it."""
        return self._model

    @property
    def held(self) -> bool:
        """Whether a hand is moving over the table, so that no row may move."""
        return self._hand.moving

    def wear(self, look: Look) -> None:
        """Draw with another theme or scale from here on."""
        self._cells.look = look
        height = look.sizes.two_lines if self._lines == 2 else look.sizes.row
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self._wide.clear()
        self._measure(self._model.ids)
        self._fit_columns()
        self.viewport().update()

    def columns_kept(self) -> QByteArray:
        """The order of the columns, to be given to `put_columns` at the next start."""
        return self.horizontalHeader().saveState()

    def put_columns(self, kept: QByteArray) -> None:
        """Take up the order of the columns. ``kept`` must be whole: Qt does not survive a damaged one."""
        self.horizontalHeader().restoreState(kept)
        self._fit_columns()

    def show_rows(self, rows: Mapping[str, Any], now: Present) -> None:
        """Show exactly ``rows``, as soon as the hand rests; until then nothing moves, but values change.

        Rows whose sort key changed take their new place on the next whole second.
        """
        self._wanted = rows
        place = self._hand.place()
        moved = self._model.put(rows, now, still=self.held, order=now.at != self._model.now.at)
        self._measure(self._model.touched)
        if moved:
            self._back_to(place)

    def span(self, column: int, places: tuple[int, ...]) -> None:
        """Let the text of that column run on to the end of the rows at ``places``, and of no others."""
        if places == self._spanned:
            return
        self._spanned = places
        self.clearSpans()
        for place in places:
            self.setSpan(place, column, 1, len(self._model.columns) - column)

    def tick(self, now: Present) -> None:
        """Redraw the clocks that can be seen."""
        last = self.rowAt(self.viewport().height() - 1)
        first, last = max(0, self.rowAt(0)), last if last >= 0 else self._model.rowCount() - 1
        self._model.tick(now, first, last)
        self._measure(self._model.ids[first : last + 1], ticking=True)

    def settle(self) -> None:
        """Let the rows take their places now."""
        self._hand.rest()

    def _settle(self) -> None:
        place = self._hand.place()
        if self._model.put(self._wanted, self._model.now):
            self._back_to(place)

    def select(self, key: str) -> None:
        """Mark the row of that id as selected and bring it into sight; another id, or none, unmarks it."""
        if key == self._cells.selected:
            return
        self._cells.selected = key
        place = self._model.place(key)
        if place >= 0:
            self.setCurrentIndex(self._model.index(place, 0))
            self.scrollTo(self._model.index(place, 0))
        self.viewport().update()

    def hatch(self, hatched: bool) -> None:
        """Mark all rows as not of the present, or as current again."""
        if hatched is not self._cells.hatched:
            self._cells.hatched = hatched
            self.viewport().update()

    def sort_by(self, order: Order) -> None:
        """Sort by a column, or by the table's own order."""
        if order == self._order:
            return
        self._order = order
        self._model.sort_by(order.column, descending=order.descending)
        self.scrollToTop()
        self._show_indicator()

    def offer_acts(self) -> None:
        """Open the menu of what can be done with the row that the keyboard is on."""
        at = self.visualRect(self.currentIndex()).bottomLeft()
        self._menu.offer_acts(self.currentIndex().row(), self.viewport().mapToGlobal(at))

    def _show_indicator(self) -> None:
        header, titles = self.horizontalHeader(), [column.title for column in self._model.columns]
        header.setSortIndicatorShown(self._order.column in titles)
        if self._order.column in titles:
            way = Qt.SortOrder.DescendingOrder if self._order.descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(titles.index(self._order.column), way)

    def _sort_clicked(self, section: int) -> None:
        column, held = self._model.columns[section], self._order
        if column.sort is None:
            return
        if held.column != column.title:
            self.ordered.emit(Order(column.title))
        else:
            self.ordered.emit(Order() if held.descending else Order(column.title, descending=True))

    def _pick(self, index: QModelIndex) -> None:
        if not self._model.rules.section(self._model.row(index.row())):
            self.picked.emit(self._model.id(index.row()))

    def _back_to(self, place: Place) -> None:
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        self._hand.back_to(place)

    def _measure(self, keys: Sequence[str], *, ticking: bool = False) -> None:
        """Let columns grow to their longest text, and never shrink again: nothing jumps."""
        if not keys:
            return
        look, wanted = self._cells.look, dict(self._wide)
        for place, column in enumerate(self._model.columns):
            if column.most and (column.ticks or not ticking):
                longest = self._model.longest(place, keys)
                kind = look.small if column.small else look.body
                needed = ceil(kind.metrics.horizontalAdvance(longest)) + 2 * look.pad
                wanted[place] = max(wanted.get(place, 0), min(needed, look.sizes.px(column.most)))
        if wanted != self._wide:
            self._wide = wanted
            self._fit_columns()

    def _fit_columns(self) -> None:
        columns, px = self._model.columns, self._cells.look.sizes.px
        widths = fitted(columns, self._wide, self.viewport().width(), px)
        folded = (column for place, column in enumerate(columns) if column.folds and place not in widths)
        self._cells.folded = tuple(sorted(folded, key=lambda column: column.folds))
        for place, column in enumerate(columns):
            self.setColumnHidden(place, place not in widths)
            if column.width and place in widths:
                self.setColumnWidth(place, widths[place])

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._pick(
                self.currentIndex()
            )  # not by `activated`, which a double click sends after its `clicked`
        else:
            before = self.currentIndex().row()
            if before < 0 and event.key() in _WAYS:
                self._come()
            else:
                super().keyPressEvent(event)
            if self.currentIndex().row() not in (before, -1):
                self.moved.emit(self._model.id(self.currentIndex().row()))

    def _come(self) -> None:
        """The keyboard comes to the first row that is no heading: a heading takes no step into the list."""
        rows = range(self._model.rowCount())
        first = next((row for row in rows if not self._model.rules.section(self._model.row(row))), -1)
        if first >= 0:
            self.setCurrentIndex(self._model.index(first, 0))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu.offer(self.currentIndex().row(), event.globalPos())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hand.move()
