"""What stands in for a map that will not run: where each unit was last seen, as a list."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.entities import Position, Unit
from console.domain.state import State
from console.session.store import Store
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.clocks import present
from console.ui.parts.masking import isolated
from console.ui.parts.notice import Notice
from console.ui.table.columns import Column, Rules
from console.ui.table.table import RowsTable
from console.ui.theme.words import heading, word


class Seen(Struct, frozen=True, gc=False):
    """A unit and where it was last seen."""

    unit: Unit
    fix: Position | None


def _place(seen: Seen) -> str:
    return f"{seen.fix.lat:.4f}, {seen.fix.lon:.4f}" if seen.fix else "no position"


_COLUMNS: tuple[Column[Seen], ...] = (
    Column(title="Unit", text=lambda seen, _now: isolated(seen.unit.callsign or seen.unit.id), width=110),
    Column(title="Program", text=lambda seen, _now: heading(seen.unit.program), width=140),
    Column(title="State", text=lambda seen, _now: word(seen.unit.state), width=120),
    Column(title="Last seen", text=lambda seen, _now: _place(seen), width=0),
    Column(
        title="Age",
        text=lambda seen, now: now.ago(seen.fix.at if seen.fix else None),
        width=80,
        ticks=True,
        right=True,
    ),
)

_RULES: Rules[Seen] = Rules(order=lambda seen: (seen.unit.program, seen.unit.callsign, seen.unit.id))


class Fallback(QWidget):
    """The list, watched only while it is in sight; ``again`` says that a person wants the map back."""

    again = Signal()

    def __init__(self, store: Store[State], view: Store[View]) -> None:
        super().__init__()
        self._store, self._view = store, view
        self._unwatch: list[Callable[[], None]] = []
        self._rows: Mapping[str, Seen] = {}
        self._table = RowsTable(_COLUMNS, _RULES, Look(*look_of(view.value)))
        self._table.setAccessibleName("Units and where they were last seen")
        self._notice = Notice("Load the map again")
        self._notice.say(
            "The map stopped three times within five minutes, so units are listed instead. "
            "Everything else goes on. Load the map again; if it stops again, restart the console.",
            button=True,
        )
        self._notice.pressed.connect(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._notice)
        column.addWidget(self._table, 1)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._unwatch:
            self._unwatch = [
                self._view.watch(look_of, lambda look: self._table.wear(Look(*look))),
                self._store.watch(lambda state: (state.units, state.positions, state.second), self._show),
            ]

    def _show(self, board: tuple[Any, ...]) -> None:
        units, positions, second = board
        fresh = {key: Seen(unit, positions.get(key)) for key, unit in units.items()}
        self._rows = {
            key: row if (held := self._rows.get(key)) != row else held for key, row in fresh.items()
        }
        self._table.show_rows(self._rows, present(second, self._store.value.agency))

    def close_panel(self) -> None:
        """Stop watching."""
        for unwatch in self._unwatch:
            unwatch()
        self._unwatch.clear()
