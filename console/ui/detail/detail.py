"""The card of what is selected: a call with its timeline, or a unit; identity stays masked until it is held."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.entities import Call, Unit
from console.domain.state import State
from console.domain.vocabulary import FeedName
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.detail.call_card import Card, call_lines, follow_ups_of, nature_text
from console.ui.detail.call_notes import NoteField
from console.ui.detail.card_lines import COLUMNS, RULES, Line, placed
from console.ui.detail.kick_back import kick_back_lines
from console.ui.detail.reveal import Identity, signed_out
from console.ui.detail.unit_card import UnitCard, unit_lines
from console.ui.look.look import Look, look_of
from console.ui.look.view import View, with_call, with_unit
from console.ui.parts.clocks import Present, present
from console.ui.parts.freshness import as_of_text, freshness
from console.ui.parts.labels import Elided, label
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
        state.second,
    )


class DetailPanel(QWidget):
    """The selected call or unit in full."""

    def __init__(self, store: Store[State], view: Store[View], verbs: Verbs) -> None:
        super().__init__()
        self.setAccessibleName("Detail")
        self._store, self._view, self._verbs = store, view, verbs
        self._lines: Mapping[str, Line] = {}
        self._shown = False
        self._name = label(self, "label")
        self._title = Elided(self, "title")
        self._as_of = label(self, "muted", tone="stale")
        self._mask = label(self, "muted")
        self._table = RowsTable(COLUMNS, RULES, Look(*look_of(view.value)))
        self._note = NoteField()
        self._identity = Identity(self._note)
        self._notice = Notice("Clear the selection")
        self._lay_out()
        self._table.picked.connect(self._open)
        self._identity.held.connect(self._hold)
        self._note.written.connect(self._write)
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
        self._head_line = header = QHBoxLayout()
        header.setContentsMargins(8, 4, 8, 4)
        header.setSpacing(8)
        header.addWidget(self._name)
        header.addWidget(self._title, 1)
        header.addWidget(self._as_of)
        header.addWidget(self._mask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self._table, 1)
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
        card = Card(
            call,
            state.definitions,
            state.units,
            follow_ups_of(call, state.follow_ups.values(), state.calls),
            state.missing.get(call.id),
            revealed,
            tuple(note for note in state.notes if note.call == call.id),
            tuple(kick_back_lines(state, call, now)),
        )
        title = ", ".join(
            part for part in (nature_text(call, revealed=revealed), isolated(call.area)) if part
        )
        self._head(f"Call {number(call)}", title, FeedName.CALLS, state, now)
        self._mask.setText("identity shown" if revealed else "identity masked")
        more = bool(card.notes) or any(item.case_manager or item.outcome for item in card.follow_ups)
        self._identity.show_call(call, more=more, shut=shut)
        self._note.show_call(call.id)
        self._fill(call_lines(card, now), now, identity=True)

    def _show_unit(self, unit: Unit, state: State, now: Present) -> None:
        stale_s = state.definitions.positions.stale_s
        card = UnitCard(unit, state.positions.get(unit.id), state.calls.get(unit.call), stale_s)
        self._head(
            f"Unit {sign(unit)}",
            joined((word(unit.program), isolated(unit.kind))),
            FeedName.UNITS,
            state,
            now,
        )
        self._mask.setText("names masked")
        self._fill(unit_lines(card, now), now, identity=False)

    def _head(self, name: str, title: str, feed: FeedName, state: State, now: Present) -> None:
        fresh = freshness(state.feeds, feed, now.at)
        self._name.setText(name)
        self._title.setText(title)
        self._as_of.setText(as_of_text(fresh, now))
        self._table.hatch(not fresh.current)

    def _fill(self, lines: Iterable[Line], now: Present, *, identity: bool) -> None:
        self._lines = placed(self._lines, lines)
        self._table.show_rows(self._lines, now)
        self._arrange(shown=True, identity=identity)

    def _show_nothing(self, wanted: str) -> None:
        self._head_nothing()
        if wanted:
            gone = f"{isolated(wanted)} is no longer on the board.\nThe source does not report it any more."
            self._notice.say(gone, button=True)
        else:
            self._notice.say("Nothing is selected.\nPick a call or a team to see it in full.", button=False)
        self._arrange(shown=False, identity=False)

    def _head_nothing(self) -> None:
        self._name.setText("Detail")
        self._title.setText("")
        self._as_of.setText("")

    def _arrange(self, *, shown: bool, identity: bool) -> None:
        self._as_of.setVisible(bool(self._as_of.text()))
        self._shown = shown
        self._fit_head()
        self._table.setVisible(shown)
        self._identity.setVisible(identity)
        self._notice.setVisible(not shown)

    def _fit_head(self) -> None:
        """Say what is masked where the title leaves room for it; the masks themselves say it too."""
        others = [self._name, *([self._as_of] if self._as_of.text() else []), self._mask]
        title = self._title.fontMetrics().horizontalAdvance(self._title.text())
        needed = title + sum(word.sizeHint().width() + self._head_line.spacing() for word in others)
        margins = self._head_line.contentsMargins()
        self._mask.setVisible(self._shown and needed <= self.width() - margins.left() - margins.right())

    def _hold(self, held: bool) -> None:
        call = self._view.value.call
        if held and call and not signed_out(self._store.value.feeds.values()):
            self._verbs.reveal(call)
        self._show()

    def _write(self, call: str, text: str) -> None:
        self._verbs.note(text, call)

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
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_panel()
        super().closeEvent(event)
