"""The call board: every open call, what the filters hold back, and whether what it shows is of the present."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.entities import Unit
from console.domain.state import State
from console.domain.vocabulary import FeedName
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.calls.call_filters import narrowed, passing
from console.ui.calls.call_rows import CallRow, Sources, call_rows
from console.ui.calls.calls_columns import COLUMNS, RULES
from console.ui.calls.calls_header import CallsHeader
from console.ui.look.look import Look, look_of
from console.ui.look.view import Filters, Order, View, with_call
from console.ui.parts.clocks import UNSTARTED, Present, present
from console.ui.parts.freshness import Freshness, as_of_text, empty_text, freshness
from console.ui.parts.notice import Notice
from console.ui.table.table import RowsTable
from console.ui.theme.theme import Theme


def _board(state: State) -> tuple[Any, ...]:
    return (
        state.open_calls,
        state.missing,
        state.definitions,
        state.units,
        state.alarms.standing,
        state.feeds,
        state.agency,
        state.second,
    )


class CallsPanel(QWidget):
    """One row per open call. It shows the store's board by the view's filters, order and selection."""

    def __init__(self, store: Store[State], view: Store[View], verbs: Verbs) -> None:
        super().__init__()
        self.setAccessibleName("Calls")
        self._view = view
        self._sources = Sources()
        self._rows: Mapping[str, CallRow] = {}
        self._units: Mapping[str, Unit] = {}
        self._now: Present = UNSTARTED
        self._fresh = Freshness(current=False, read=False)
        self._header = CallsHeader()
        self._table = RowsTable(COLUMNS, RULES, Look(*look_of(view.value)), lines=2)
        self._notice = Notice("Show all calls of the program")
        self._lay_out()
        self._header.filtered.connect(self._filter)
        self._notice.pressed.connect(self._header.clear)
        self._table.picked.connect(self._select)
        self._table.ordered.connect(self._sort)
        self._unwatch: list[Callable[[], None]] = [
            store.watch(_board, self._show_board),
            view.watch(look_of, self._wear),
            view.watch(lambda seen: seen.filters, self._show_filters),
            view.watch(lambda seen: seen.order, self._table.sort_by),
            view.watch(lambda seen: seen.call, self._table.select),
        ]

    @property
    def table(self) -> RowsTable:
        """The table, for a window that moves the focus."""
        return self._table

    def _lay_out(self) -> None:
        self._table.setAccessibleName("Open calls")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._table, 1)
        column.addWidget(self._notice, 1)

    def _show_board(self, board: tuple[Any, ...]) -> None:
        calls, missing, pack, units, alarms, feeds, agency, second = board
        ticked = second != self._now.at
        self._now = present(second, agency)
        sources = Sources(calls, missing, pack, self._callsigns(units), alarms)
        self._rows = call_rows(self._rows, self._sources, sources, second)
        self._sources = sources
        self._fresh = freshness(feeds, FeedName.CALLS, second)
        self._show_rows(self._view.value.filters)
        if ticked:
            self._table.tick(self._now)

    def _callsigns(self, units: Mapping[str, Unit]) -> Mapping[str, str]:
        if units is self._units:
            return self._sources.callsigns
        self._units = units
        found = {key: unit.callsign for key, unit in units.items()}
        return self._sources.callsigns if found == self._sources.callsigns else found

    def _show_filters(self, filters: Filters) -> None:
        self._show_rows(filters)

    def _show_rows(self, filters: Filters) -> None:
        shown = passing(self._rows, filters)
        self._table.show_rows(shown, self._now)
        self._table.hatch(not self._fresh.current)
        self._header.show_counts(self._rows, shown, filters, as_of_text(self._fresh, self._now))
        self._table.setVisible(bool(shown))
        self._notice.setVisible(not shown)
        if not shown:
            self._explain(filters)

    def _explain(self, filters: Filters) -> None:
        count = len(self._rows)
        if not count:
            self._notice.say(empty_text(self._fresh, "open calls", self._now), button=False)
        elif narrowed(filters):
            self._notice.say(f"None of {count} open calls passes the filters.", button=True)
        else:
            self._notice.say(f"No open call for the program.\n{count} police, EMS hidden.", button=False)

    def _wear(self, look: tuple[Theme, float]) -> None:
        self._table.wear(Look(*look))

    def _filter(self, filters: Filters) -> None:
        self._view.set(replace(self._view.value, filters=filters))

    def _sort(self, order: Order) -> None:
        self._view.set(replace(self._view.value, order=order))

    def _select(self, call: str) -> None:
        """Select the call that was picked, or let go of it where it is the selected one."""
        seen = self._view.value
        self._view.set(with_call(seen, "" if call == seen.call else call))

    def close_panel(self) -> None:
        """Stop watching; nothing of the panel is called after this."""
        for unwatch in self._unwatch:
            unwatch()
        self._unwatch.clear()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_panel()
        super().closeEvent(event)
