"""The card of what is selected: a call with its timeline, or a unit; identity stays masked until it is held."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.entities import Call, Unit
from console.domain.state import State
from console.domain.vocabulary import FeedName, Reached
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.detail.call_card import call_card, call_lines, nature_text
from console.ui.detail.call_notes import NoteField
from console.ui.detail.card_head import CardHead
from console.ui.detail.card_lines import COLUMNS, RULES, Line, placed, spanning
from console.ui.detail.check_in import CheckIn
from console.ui.detail.reveal import Identity, signed_out
from console.ui.detail.unit_card import unit_card, unit_lines
from console.ui.look.look import Look, look_of
from console.ui.look.view import View, with_call, with_unit
from console.ui.parts.clocks import Present, present
from console.ui.parts.freshness import as_of_text, freshness
from console.ui.parts.masking import isolated, joined, number
from console.ui.parts.notice import Notice
from console.ui.table.table import RowsTable
from console.ui.teams.team_words import sign
from console.ui.theme.theme import Theme
from console.ui.theme.words import word


def _board(state: State) -> tuple[Any, ...]:
    return (
        state.calls,
        state.units,
        state.positions,
        state.follow_ups,
        state.missing,
        state.definitions,
        state.feeds,
        state.agency,
        state.notes,
        state.alarms,
        state.second,
    )


class DetailPanel(QWidget):
    """The selected call or unit in full."""

    def __init__(self, store: Store[State], view: Store[View], verbs: Verbs) -> None:
        super().__init__()
        self.setAccessibleName("Detail")
        self._store, self._view, self._verbs = store, view, verbs
        self._lines: Mapping[str, Line] = {}
        self._head = CardHead()
        self._table = RowsTable(COLUMNS, RULES, Look(*look_of(view.value)))
        self._note = NoteField()
        self._identity = Identity(self._note)
        self._check_in = CheckIn()
        self._notice = Notice("Clear the selection")
        self._lay_out()
        self._table.picked.connect(self._open)
        self._identity.held.connect(self._hold)
        self._note.written.connect(self._write)
        self._check_in.checked.connect(self._reached)
        self._notice.pressed.connect(self._clear)
        self._unwatch: list[Callable[[], None]] = [
            view.watch(look_of, self._wear),
            view.watch(lambda seen: (seen.call, seen.unit), self._select),
            store.watch(_board, self._show_board),
        ]

    @property
    def table(self) -> RowsTable:
        """The table, for a window that moves the focus."""
        return self._table

    def _lay_out(self) -> None:
        self._table.setAccessibleName("Timeline and facts")
        self._table.horizontalHeader().hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._table, 1)
        column.addWidget(self._check_in)
        column.addWidget(self._identity)
        column.addWidget(self._notice, 1)

    def _select(self, _chosen: tuple[str, str]) -> None:
        self._identity.cover()
        self._table.scrollToTop()
        self._show()

    def _show_board(self, _slice: tuple[Any, ...]) -> None:
        self._show()

    def _show(self) -> None:
        state, chosen = self._store.value, self._view.value
        now = present(state.second, state.agency)
        if chosen.call in state.calls:
            self._show_call(state.calls[chosen.call], state, now)
        elif chosen.unit in state.units:
            self._show_unit(state.units[chosen.unit], state, now)
        else:
            self._show_nothing(chosen.call or chosen.unit)

    def _show_call(self, call: Call, state: State, now: Present) -> None:
        shut = signed_out(state.feeds.values())
        if shut:
            self._identity.cover()
        revealed = self._identity.revealed
        card = call_card(state, call, now, revealed=revealed)
        title = ", ".join(
            part for part in (nature_text(call, revealed=revealed), isolated(call.area)) if part
        )
        mask = "identity shown" if revealed else "identity masked"
        self._head.say(f"Call {number(call)}", title, self._as_of(FeedName.CALLS, state, now), mask)
        more = bool(card.notes) or any(item.case_manager or item.outcome for item in card.follow_ups)
        self._identity.show_call(call, more=more, shut=shut)
        self._note.show_call(call.id)
        self._fill(call_lines(card, now), now, identity=True)

    def _show_unit(self, unit: Unit, state: State, now: Present) -> None:
        card = unit_card(state, unit)
        title = joined((word(unit.program), isolated(unit.kind)))
        as_of = self._as_of(FeedName.UNITS, state, now)
        self._head.say(f"Unit {sign(unit)}", title, as_of, "names masked")
        self._check_in.show_unit(unit.id, sign(unit))
        self._fill(unit_lines(card, now), now, check_in=card.row.due is not None)

    def _as_of(self, feed: FeedName, state: State, now: Present) -> str:
        """How old what is shown is, hatched where that is too old."""
        fresh = freshness(state.feeds, feed, now.at)
        self._table.hatch(not fresh.current)
        return as_of_text(fresh, now)

    def _fill(
        self, lines: Iterable[Line], now: Present, *, identity: bool = False, check_in: bool = False
    ) -> None:
        self._lines = placed(self._lines, lines)
        self._table.show_rows(self._lines, now)
        self._table.span(1, spanning(self._lines.values()))
        self._arrange(shown=True, identity=identity, check_in=check_in)

    def _show_nothing(self, wanted: str) -> None:
        self._head.say("Detail")
        if wanted:
            gone = f"{isolated(wanted)} is no longer on the board.\nThe source does not report it any more."
            self._notice.say(gone, button=True)
        else:
            self._notice.say("Nothing is selected.\nPick a call or a team to see it in full.", button=False)
        self._arrange(shown=False)

    def _arrange(self, *, shown: bool, identity: bool = False, check_in: bool = False) -> None:
        self._table.setVisible(shown)
        self._check_in.setVisible(check_in)
        self._identity.setVisible(identity)
        self._notice.setVisible(not shown)

    def _hold(self, held: bool) -> None:
        call = self._view.value.call
        if held and call and not signed_out(self._store.value.feeds.values()):
            self._verbs.reveal(call)
        self._show()

    def _write(self, call: str, text: str) -> None:
        self._verbs.note(text, call)

    def _reached(self, unit: str, how: Reached) -> None:
        self._verbs.check_in(unit, how)

    def _open(self, key: str) -> None:
        match self._lines[key].target:
            case ("call", call):
                self._view.set(with_call(self._view.value, call))
            case ("unit", unit):
                self._view.set(with_unit(self._view.value, unit))

    def _clear(self) -> None:
        self._view.set(with_call(self._view.value, ""))

    def _wear(self, look: tuple[Theme, float]) -> None:
        self._table.wear(Look(*look))

    def close_panel(self) -> None:
        """Cover what is revealed and stop watching; nothing of the panel is called after this."""
        self._identity.cover()
        for unwatch in self._unwatch:
            unwatch()
        self._unwatch.clear()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_panel()
        super().closeEvent(event)
