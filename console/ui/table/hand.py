"""Keeps a table's rows where a person's hand and eyes are while the rows come, go and move."""

from typing import Any, NamedTuple

from PySide6.QtCore import QItemSelectionModel, QObject, QTimer, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QTableView

from console.ui.table.rows import RowsModel

STILL_MS = 1_000
"""How long the hand must rest before rows may move under it (FEATURES A4)."""

LONGEST_MS = 10_000
"""A hand that never rests does not keep the board from its order for longer than this."""

NEAR_MS = 10_000
"""How long a resting pointer still marks the row that somebody means; after that it is just a pointer."""


class Place(NamedTuple):
    """What to come back to: a row by id and its height on the screen, and the row of the keyboard."""

    key: str
    top: int
    current: str


class Hand(QObject):
    """The hand over one table. It says when it ``rested`` and the rows may take their places."""

    rested = Signal()

    def __init__(self, view: QTableView, model: RowsModel[Any]) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._drift = 0
        self._left_at = 0
        self._still = self._timer(STILL_MS)
        self._longest = self._timer(LONGEST_MS)
        self._near = self._timer(NEAR_MS)
        self._still.timeout.connect(self.rest)
        self._longest.timeout.connect(self.rest)
        self._near.timeout.connect(self._let_go)

    def _timer(self, milliseconds: int) -> QTimer:
        return QTimer(self, singleShot=True, interval=milliseconds)

    @property
    def moving(self) -> bool:
        """Whether the hand moves, so that no row may."""
        return self._still.isActive()

    def move(self) -> None:
        """The pointer moved over the table."""
        self._still.start()
        self._near.start()
        if not self._longest.isActive():
            self._longest.start()

    def rest(self) -> None:
        """The hand counts as resting from here on."""
        self._still.stop()
        self._longest.stop()
        self.rested.emit()

    def place(self) -> Place:
        """What is to stay in its place: the row under the pointer, else the keyboard's, else the top one."""
        view = self._view
        current = view.currentIndex().row()
        row = view.rowAt(view.viewport().mapFromGlobal(QCursor.pos()).y()) if self._pointed() else -1
        if row < 0 and view.verticalScrollBar().value() > 0:
            top = view.rowViewportPosition(current) if current >= 0 else -1
            row = current if 0 <= top < view.viewport().height() else view.rowAt(0)
        return Place(
            self._model.id(row) if row >= 0 else "",
            view.rowViewportPosition(row) if row >= 0 else 0,
            self._model.id(current) if current >= 0 else "",
        )

    def back_to(self, place: Place) -> None:
        """Scroll so that the row is where it was; the view must have laid out its rows."""
        view, row = self._view, self._model.place(place.key)
        current = self._model.place(place.current)
        if current >= 0 and not view.currentIndex().isValid():
            index, keep = self._model.index(current, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            view.selectionModel().setCurrentIndex(index, keep)
        if row < 0:
            return
        bar = view.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + view.rowViewportPosition(row) - place.top)
        if self._pointed():
            self._drift = bar.value() - before + (self._drift if before == self._left_at else 0)
            self._left_at = bar.value()

    def _pointed(self) -> bool:
        return self._near.isActive() and self._view.viewport().underMouse()

    def _let_go(self) -> None:
        """Undo the scrolling that kept a row under the pointer, unless a person scrolled since."""
        bar = self._view.verticalScrollBar()
        if self._drift and bar.value() == self._left_at:
            bar.setValue(bar.value() - self._drift)
        self._drift = 0
