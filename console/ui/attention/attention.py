"""The Needs attention panel: one line for each alarm, what and what to do, as high as its lines ask for."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.state import State
from console.domain.vocabulary import AlarmState
from console.session.playing import Playing
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.attention import choosing
from console.ui.attention.blinking import Blinking
from console.ui.attention.columns import columns
from console.ui.attention.flooding import flood_text
from console.ui.attention.foot import Foot
from console.ui.attention.hand import AlarmHand
from console.ui.attention.header import Header
from console.ui.attention.lines import RULES, calling
from console.ui.attention.listed import Listed, made_from
from console.ui.attention.menu import LineMenu
from console.ui.attention.resting import Resting
from console.ui.attention.stature import Stature
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.clocks import UNSTARTED, Present, present
from console.ui.table.table import RowsTable
from console.ui.theme.theme import Theme

FIRST = 2
"""Members of a heap that come into sight when it is opened."""


def _board(state: State) -> tuple[Any, ...]:
    return (*made_from(state), state.alarms.counts, state.agency, state.second)


class AttentionPanel(QWidget):
    """It shows the store's board; selection and expanders are the person's. ``does`` are the acts for the keys."""

    def __init__(
        self, store: Store[State], view: Store[View], verbs: Verbs, playing: Store[Playing | None]
    ) -> None:
        super().__init__()
        self.setAccessibleName("Needs attention")
        self._store, self._view = store, view
        self._look = Look(*look_of(view.value))
        self._now: Present = UNSTARTED
        self._listed = Listed()
        self.blinking = Blinking()
        self._header, self._foot = Header(), Foot()
        self._table = RowsTable(columns(self._lit), RULES, self._look, lines=2)
        self._resting = Resting(self._table)
        self._stature = Stature(self, self._header, self._table, self._foot, self._resting)
        self.hand = AlarmHand(store, view, verbs, self._foot, playing)
        self._menu = LineMenu(self._table, self.hand)
        self.does = self.hand.does
        self._lay_out()
        self._connect()
        self._unwatch: list[Callable[[], None]] = [
            store.watch(_board, self._show_board),
            view.watch(look_of, self._wear),
            view.watch(lambda seen: seen.alarm, self._table.select),
            view.watch(lambda seen: seen.still, self._beat),
            playing.watch(lambda replay: replay and replay.shift, self._turned),
        ]

    @property
    def table(self) -> RowsTable:
        """The lines, for those who look at them."""
        return self._table

    @property
    def foot(self) -> Foot:
        """What was just done, or is asked."""
        return self._foot

    def close_top(self) -> bool:
        """Close the field that is open; whether there was one."""
        return self._foot.close_field()

    def _lay_out(self) -> None:
        self._table.setAccessibleName("Alarms that need attention")
        self._table.horizontalHeader().hide()
        self._table.setMinimumHeight(1)  # its own idea of a least height is beyond one line
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, share in ((self._header, 0), (self._table, 1), (self._foot, 0)):
            column.addWidget(widget, share)

    def _connect(self) -> None:
        self._table.picked.connect(self._pick)
        self._table.moved.connect(self._move)
        self._table.customContextMenuRequested.connect(self._offer)
        self._header.acknowledge.connect(self.hand.acknowledge)
        self._header.top.connect(self._table.scrollToTop)
        self._table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._foot.changed.connect(self._fit)
        self._foot.silent.connect(self._calm)
        self._resting.came.connect(self._came)
        self._resting.over.connect(self._settle)
        self.blinking.beat.connect(self._table.viewport().update)

    def _lit(self) -> bool:
        return self.blinking.lit

    def _show_board(self, board: tuple[Any, ...]) -> None:
        state = self._store.value
        ticked = state.second != self._now.at
        self._now = present(state.second, state.agency)
        self._show_lines(state)
        self.hand.look()
        if ticked:
            self._table.tick(self._now)
            self._fit()

    def _show_lines(self, state: State) -> None:
        if self._listed.look(state):
            self._count(state)
        held = self._resting.place()
        self._table.show_rows(self._listed.lines, self._now)
        self._resting.keep(held)
        self._header.show_flood(flood_text(state, self._now))
        self._fit()
        self._resting.keep(held)
        self._scrolled()
        self._beat()

    def _count(self, state: State) -> None:
        standing = state.alarms.standing.values()
        seen = sum(alarm.state is AlarmState.ACKNOWLEDGED for alarm in standing)
        self._header.show_counts(len(calling(standing)), seen, calm=not self._listed.lines)
        self._table.setVisible(bool(self._listed.lines))
        self._calm()

    def _calm(self) -> None:
        if not self._listed.lines:
            self._foot.rest()

    def _turned(self, _shift: object) -> None:
        """Another board is on the screen: what was asked or could be undone was about the one before."""
        self._foot.clear()
        self._listed.close_all()
        self._resting.stop()
        self._move("")

    def _scrolled(self, _value: int = 0) -> None:
        self._header.show_above(self._resting.above())

    def _beat(self, _still: object = None) -> None:
        blinks = any(line.blinks for line in self._listed.lines.values())
        self.blinking.run(blinks and not self._view.value.still)

    def _fit(self) -> None:
        self._stature.fit(len(self._listed.lines))

    def _settle(self) -> None:
        self._fit()
        self._table.scrollToTop()

    def _wear(self, slice_: tuple[Theme, float]) -> None:
        self._look = Look(*slice_)
        self._table.wear(self._look)
        self._header.wear(self._look.theme)
        self._fit()

    def _pick(self, key: str) -> None:
        """Open or close a heap; select an alarm with the call or team that it tells of."""
        line = self._listed.lines.get(key)
        self._view.set(choosing.with_subject(self._view.value, self._store.value, key))
        if line is not None and line.heap is not None:
            self._listed.toggle(key)
            self._resting.stop()
            self._show_lines(self._store.value)
            self._reveal(key)

    def _reveal(self, heap: str) -> None:
        """Bring the first members of a heap that was opened into sight, below its own line."""
        rows = self._table.rows
        last = min(rows.place(heap) + FIRST, rows.rowCount() - 1)
        if heap in self._listed.opened and last >= 0:
            self._table.scrollTo(rows.index(last, 0))

    def _move(self, key: str) -> None:
        """The keyboard came to a line: it is the selected one, and the board stays as it is until Enter."""
        self._view.set(choosing.with_line(self._view.value, key))

    def _came(self) -> None:
        row = max(self._table.currentIndex().row(), 0)
        if self._listed.lines and row < self._table.rows.rowCount():
            self._move(self._table.rows.id(row))

    def _offer(self, at: QPoint) -> None:
        row = self._table.currentIndex().row()
        if row < 0:
            return
        key = self._table.rows.id(row)
        self._move(key)
        self._menu.offer(self._store.value, key, at)

    def close_panel(self) -> None:
        """Stop watching; nothing of the panel is called after this."""
        for unwatch in self._unwatch:
            unwatch()
        self._unwatch.clear()
        self.blinking.run(on=False)
        self._foot.stop()
        self._resting.stop()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_panel()
        super().closeEvent(event)
