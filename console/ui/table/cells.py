"""The one delegate of the program's tables: reads a row by its column and paints the cell."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView
from typing_extensions import override

from console.ui.look.brush import Brush
from console.ui.look.look import Look
from console.ui.parts.masking import joined
from console.ui.table.columns import Column
from console.ui.table.rows import Index, RowsModel


class Cells(QStyledItemDelegate):
    """Paints straight from the model's rows; the style's own item painting costs four times as much.

    ``selected`` is the picked row's id; ``hatched`` marks all rows as not of the present; ``folded`` are
    the columns that found no room of their own.
    """

    def __init__(self, view: QTableView, model: RowsModel[Any], look: Look) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self.look = look
        self.selected = ""
        self.hatched = False
        self.folded: tuple[Column[Any], ...] = ()

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place, model = index.row(), self._model
        row, column = model.row(place), model.columns[index.column()]
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        if mirrored:
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # each text runs its own way
        brush = Brush(painter, self.look, option.rect, self._view.devicePixelRatioF(), mirrored=mirrored)
        section = model.rules.section(row)
        if section:
            brush.ground(selected=False, hatched=False)
            brush.heading(section, self._view.visualRect(self._model.index(place, 0)))
            return
        picked = bool(self.selected) and model.id(place) == self.selected
        brush.ground(selected=picked, hatched=self.hatched or model.rules.hatched(row))
        self._content(brush, column, row)
        if self._view.hasFocus() and self._view.currentIndex().row() == place:
            self._outline(brush, index.column())

    def _content(self, brush: Brush, column: Column[Any], row: Any) -> None:
        now = self._model.now
        if column.paint is not None:
            column.paint(brush, row, now)
            return
        second = column.sub(row, now)
        if self.folded and not column.width:
            second = joined((*(other.folded(row, now) for other in self.folded), second))
        text, tone = column.text(row, now), column.tone(row)
        if second:
            brush.lines(text, tone, second, column.sub_tone(row), right=column.right)
        elif text:
            brush.line(text, tone, right=column.right)

    def _outline(self, brush: Brush, column: int) -> None:
        """This cell's part of the frame around the row the keyboard is on."""
        box, painter = brush.box, brush.painter
        color = self.look.color("focus")
        painter.fillRect(box.left(), box.top(), box.width(), 1, color)
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, color)
        if column == 0:
            painter.fillRect(box.left(), box.top(), 1, box.height(), color)
        if column == len(self._model.columns) - 1:
            painter.fillRect(box.right(), box.top(), 1, box.height(), color)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.look.sizes.px(self._model.columns[index.column()].width), self.look.sizes.row)
