"""The line above the call board: how many calls of how many, the filters, and what they hold back."""

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from console.ui.calls.call_filters import (
    FILTERS,
    Rows,
    choices,
    chosen_text,
    cleared,
    counts,
    narrowed,
    with_choice,
)
from console.ui.look.view import Filters
from console.ui.parts.chips import Chip, say, toggle, unmarked
from console.ui.parts.flow import Flow
from console.ui.parts.freshness import AS_OF_ROOM
from console.ui.parts.labels import Reserved, label
from console.ui.theme.style import dress

_BY_FIELD = {one.field: one for one in FILTERS}


class CallsHeader(QWidget):
    """Counts and filter chips; it tells which filters a person asked for.

    The place for *as of* is always kept, so that the table does not move when a feed fails.
    """

    filtered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Rows = {}
        self._filters = Filters()
        self._name = label(self, "label", "Calls")
        self._count = label(self, "title")
        self._as_of = Reserved(self, "muted", AS_OF_ROOM, tone="stale")
        self._chips = [Chip(one.field, f"Filter by {one.plural}", self) for one in FILTERS]
        self._clear = QPushButton("clear", self)
        self._clear.setAccessibleName("Clear the filters of the call board")
        self._police = toggle(self, "Show calls that police or EMS answer")
        dress(self._clear, "chip")
        self._lay_out()
        for chip in self._chips:
            chip.opened.connect(self._offer)
            chip.chosen.connect(self._choose)
        self._clear.clicked.connect(self.clear)
        self._police.clicked.connect(self._show_police)

    def _lay_out(self) -> None:
        words = (self._name, self._count, *self._chips, self._clear, self._as_of)
        flow = Flow(self, words, end=self._police)
        flow.setContentsMargins(8, 4, 8, 4)

    def show_counts(self, rows: Rows, shown: Rows, filters: Filters, as_of: str) -> None:
        """Say how many of the open calls ``rows`` are shown by ``filters``, and how old they are."""
        self._rows, self._filters = rows, filters
        found = counts(rows, shown, filters)
        self._count.setText(f"{found.shown} of {found.total}")
        self._as_of.setText(as_of)
        for chip, one in zip(self._chips, FILTERS, strict=True):
            chip.say(chosen_text(rows, one, filters), getattr(filters, one.field))
        self._clear.setVisible(narrowed(filters))
        self._clear.setText(unmarked(f"clear “{filters.text}”") if filters.text else "clear")
        hidden = f"{found.elsewhere_hidden} police, EMS hidden" if found.elsewhere_hidden else ""
        say(self._police, "police, EMS shown" if filters.elsewhere else hidden, pressed=filters.elsewhere)

    def clear(self) -> None:
        """Let all calls of the program be shown again."""
        self.filtered.emit(cleared(self._filters))

    def _offer(self, field: str) -> None:
        chip = self._chips[list(_BY_FIELD).index(field)]
        chip.offer(choices(self._rows, _BY_FIELD[field], self._filters))

    def _choose(self, field: str, chosen: frozenset[Any]) -> None:
        self.filtered.emit(with_choice(self._filters, _BY_FIELD[field], chosen))

    def _show_police(self, pressed: bool) -> None:
        self.filtered.emit(replace(self._filters, elsewhere=pressed))
