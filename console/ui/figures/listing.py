"""A window with a list: what stands behind a number, the problems in the data, the state of the feeds.

It is not modal: the board stays in sight and in reach. The list follows the board while it is open.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.state import State
from console.session.store import Store
from console.ui.figures.list_keys import ListKeys
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.clocks import Present, present
from console.ui.table.rows import Column, Rules
from console.ui.table.table import RowsTable
from console.ui.theme.style import dress

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Told:
    """The words above a list, and what it says when it is empty."""

    title: str
    about: str
    empty: str


@dataclass(frozen=True, kw_only=True)
class Sheet(Generic[R]):
    """What one list shows. ``slice`` is what of the board it follows, ``pick`` what choosing a row does,
    ``lines`` how many lines of text a row has, ``width`` the window's at 100 %."""

    name: str
    told: Callable[[State, Mapping[str, R]], Told]
    columns: Sequence[Column[R]]
    rules: Rules[R]
    slice: Callable[[State], object]
    rows: Callable[[State], Mapping[str, R]]
    pick: Callable[[View, R], View] = lambda view, _row: view
    width: int = 760
    lines: int = 1


class Listing(QDialog):
    """One list, open until Esc; `open_listing` makes it. ``picked`` gives the key of the row that was chosen.

    ``does`` are acts of its own behind the keys that work here too; ``close_top`` closes what Esc closes first.
    """

    picked = Signal(str)

    def __init__(self, store: Store[State], view: Store[View], sheet: Sheet[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._store, self._view, self._sheet = store, view, sheet
        self._title, self._about, self._empty = QLabel(), QLabel(), QLabel()
        look = Look(*look_of(view.value))
        self.table = RowsTable(sheet.columns, sheet.rules, look, sheet.lines)
        self._rows: Mapping[str, Any] = {}
        self.does: dict[str, Callable[[], None]] = {}
        self.close_top: Callable[[], bool] | None = None
        self._lay_out(look, parent.size())
        self.table.picked.connect(self._pick)
        self.finished.connect(self._ended)
        self._unwatch = (
            view.watch(look_of, self._wear),
            store.watch(sheet.slice, self._show),
            store.watch(lambda state: state.second, self._tick),
        )

    def _lay_out(self, look: Look, over: QSize) -> None:
        self.setObjectName(self._sheet.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.sizes.grid(3), 0, 0)
        column.setSpacing(look.sizes.grid(1))
        for label, role in ((self._title, "lead"), (self._about, "muted"), (self._empty, "muted")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setContentsMargins(look.sizes.grid(3), 0, look.sizes.grid(3), look.sizes.grid(1))
            dress(label, role)  # type: ignore[arg-type]  # one of its literals
            column.addWidget(label)
        column.addWidget(self.table, 1)
        width = min(look.sizes.px(self._sheet.width), max(over.width() - 32, 320))
        self.resize(width, min(look.sizes.px(520), max(over.height() - 64, 240)))

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self.table.wear(Look(*slice_))

    def _show(self, _slice: object) -> None:
        state = self._store.value
        self._rows = _kept(self._rows, self._sheet.rows(state))
        self._empty.setVisible(not self._rows)
        self.table.show_rows(self._rows, present(state.second, state.agency))
        self._tell(state)

    def _tick(self, _second: object) -> None:
        state = self._store.value
        self.table.tick(present(state.second, state.agency))
        self._tell(state)

    def _tell(self, state: State) -> None:
        told = self._sheet.told(state, self._rows)
        if told.title != self._title.text():
            self.setWindowTitle(told.title)
        self._title.setText(told.title)
        self._about.setText(told.about)
        self._empty.setText(told.empty)
        self.table.setAccessibleName(told.title)

    def put_below(self, widget: QWidget) -> None:
        """Let ``widget`` stand under the list: what can be done with a row of it."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(widget)

    def _pick(self, key: str) -> None:
        self.table.select(key)
        self._view.set(self._sheet.pick(self._view.value, self._rows[key]))
        self.picked.emit(key)

    def _ended(self, _result: int) -> None:
        for unwatch in self._unwatch:
            unwatch()

    @override
    def reject(self) -> None:
        """Esc: what is open in the list goes first."""
        if self.close_top is None or not self.close_top():
            super().reject()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()


def open_listing(store: Store[State], view: Store[View], sheet: Sheet[Any], near: QWidget) -> Listing:
    """Show the list over the window of ``near``, or bring it to the front where it is open already."""
    window = near.window()
    for open_one in window.findChildren(Listing, sheet.name):
        if open_one.isVisible():
            open_one.raise_()
            open_one.activateWindow()
            return open_one
    made = Listing(store, view, sheet, window)
    keys = window.findChild(ListKeys)
    if keys is not None:
        keys.also(made, made.does)
    made.show()
    return made


def _kept(held: Mapping[str, R], rows: Mapping[str, R]) -> Mapping[str, R]:
    """``rows``, with the held object for each that is equal: the table redraws what really changed."""
    return {key: held[key] if held.get(key) == row else row for key, row in rows.items()}


def plain(text: Callable[[R], str]) -> Callable[[R, Present], str]:
    """A column's text that does not depend on the clock."""

    def told(row: R, _now: Present) -> str:
        return text(row)

    return told
