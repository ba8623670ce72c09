"""The command bar: type to find a call, a team or an action; arrows and Enter; Esc closes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid
from typing_extensions import override

from console.domain.state import State
from console.session.store import Store
from console.ui.figures.listing import plain
from console.ui.frame.finder import MOST, Action, Entry, best, entries
from console.ui.frame.overlay import paint_overlay, place_overlay
from console.ui.look.look import Look, look_of
from console.ui.look.view import View, with_call, with_unit
from console.ui.parts.clocks import present
from console.ui.parts.masking import isolated, joined
from console.ui.table.rows import Column, Rules
from console.ui.table.table import RowsTable
from console.ui.theme.style import dress

_COLUMNS: tuple[Column[Entry], ...] = (
    Column(title="What", text=plain(lambda entry: entry.text)),
    Column(
        title="State", width=170, text=plain(lambda entry: entry.note), tone=lambda _entry: "muted", spare=1
    ),
    Column(
        title="Key", width=80, text=plain(lambda entry: entry.hint), tone=lambda _entry: "muted", right=True
    ),
)


NOTHING_FOUND = "Nothing found for «{}». Try a call number, a call-sign or an action."


class CommandBar(QFrame):
    """A field and the rows it finds, over the middle of the window; the focus goes back where it was."""

    def __init__(
        self, store: Store[State], view: Store[View], actions: Mapping[str, Action], window: QWidget
    ) -> None:
        super().__init__(window)
        self._store, self._view, self._actions = store, view, dict(actions)
        self._look = Look(*look_of(view.value))
        self._field, self._nothing = QLineEdit(), QLabel()
        self.table = RowsTable(_COLUMNS, Rules(order=lambda entry: entry.rank), self._look)
        self._column = QVBoxLayout(self)
        self._pool: Sequence[Entry] = ()
        self._shown: Sequence[Entry] = ()
        self._at = 0
        self._before: QWidget | None = None
        self._lay_out()
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self.table.picked.connect(self._go)
        self._unwatch = view.watch(look_of, self._wear)
        self.hide()

    def _lay_out(self) -> None:
        self.setObjectName("command_bar")
        self.setAccessibleName("Command bar")
        self._field.setPlaceholderText("Find a call, a team or an action")
        self._field.setAccessibleName("Find a call, a team or an action")
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.horizontalHeader().hide()
        self.table.setAccessibleName("Found")
        self._column.addWidget(self._field)
        self._column.addWidget(self.table, 1)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        dress(self._nothing, "value", "muted")
        self._column.addWidget(self._nothing, 1)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        look = Look(*slice_)
        self.table.wear(look)
        pad = look.sizes.pad
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._look = look

    def open(self) -> None:
        """Show the bar, empty, with the focus in it."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self._pool = tuple(entries(self._store.value, self._actions))
        self._field.clear()
        self._search("")
        self._place()
        self.show()
        self.raise_()
        self.window().activateWindow()
        self._field.setFocus()

    def _place(self) -> None:
        sizes = self._look.sizes
        place_overlay(self, sizes.px(600), sizes.row * (MOST + 1) + sizes.grid(8))

    def _search(self, query: str) -> None:
        self._shown = best(query, self._pool)
        state = self._store.value
        self.table.show_rows({entry.key: entry for entry in self._shown}, present(state.second, state.agency))
        self.table.settle()
        self._nothing.setText("" if self._shown else NOTHING_FOUND.format(isolated(query)))
        self._nothing.setVisible(not self._shown)
        self.table.setVisible(bool(self._shown))
        self._move_to(0)

    def _move_to(self, place: int) -> None:
        self._field.setAccessibleDescription(self._nothing.text())
        if self._shown:
            self._at = place % len(self._shown)
            entry = self._shown[self._at]
            self.table.select(entry.key)
            self._field.setAccessibleDescription(joined((entry.text, entry.note)))

    def _go(self, key: str) -> None:
        """Close, give the focus back, then do what ``key`` names."""
        kind, _, name = key.partition(" ")
        self.close_bar()
        match kind:
            case "do":
                self._actions[name].do()
            case "call":
                self._view.set(with_call(self._view.value, name))
            case "unit":
                self._view.set(with_unit(self._view.value, name))

    def close_bar(self) -> None:
        """Hide it; nothing is lost."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_overlay(self, self._look)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_bar()
            case Qt.Key.Key_Down:
                self._move_to(self._at + 1)
            case Qt.Key.Key_Up:
                self._move_to(self._at - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._shown:
                self._go(self._shown[self._at].key)
            case _:
                super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._unwatch()
        super().closeEvent(event)
