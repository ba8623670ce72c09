"""The roster: teams grouped by whether they can be sent, and how old what is known of them is."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.state import State
from console.domain.vocabulary import FeedName, Reached
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.look.look import Look, look_of
from console.ui.look.view import Roster, View, with_unit
from console.ui.parts.chips import Chip, button, say, toggle
from console.ui.parts.clocks import UNSTARTED, Present, present
from console.ui.parts.flow import Flow
from console.ui.parts.freshness import AS_OF_ROOM, Freshness, as_of_text, empty_text, freshness
from console.ui.parts.labels import Reserved, label
from console.ui.parts.notice import Notice
from console.ui.table.table import RowsTable
from console.ui.teams.team_groups import Shown, any_team, choices, chosen_text, grouped, others
from console.ui.teams.team_rows import Sources, TeamRow, sources_of, team_rows
from console.ui.teams.teams_columns import COLUMNS, RULES
from console.ui.theme.theme import Theme

CHECK_IN_KEY = "I"
"""On a team's row: asks how it was reached."""


def _board(state: State) -> tuple[Any, ...]:
    return (
        state.units,
        state.calls,
        state.positions,
        state.definitions,
        state.alarms,
        state.feeds,
        state.agency,
        state.second,
    )


class TeamsPanel(QWidget):
    """One row per unit under its availability. It shows the store's roster by the view's filters."""

    def __init__(self, store: Store[State], view: Store[View], verbs: Verbs) -> None:
        super().__init__()
        self.setAccessibleName("Teams")
        self._store, self._view, self._verbs = store, view, verbs
        self._now: Present = UNSTARTED
        self._sources = Sources(UNSTARTED.at)
        self._rows: Mapping[str, TeamRow] = {}
        self._shown = Shown()
        self._fresh = Freshness(current=False, read=False)
        self._name = label(self, "label", "Teams")
        self._count = label(self, "title")
        self._as_of = Reserved(self, "muted", AS_OF_ROOM, tone="stale")
        self._skills = Chip("skills", "Filter teams by role, capability or language", self)
        self._others = toggle(self, "Show the units that are no team")
        self._ahead = button(self, "Next 2 h", "The next two hours: shifts, teams likely free, strain")
        self._table = RowsTable(COLUMNS, RULES, Look(*look_of(view.value)))
        self._notice = Notice("Show every team")
        self._lay_out()
        self._skills.opened.connect(self._offer)
        self._skills.chosen.connect(self._choose)
        self._others.clicked.connect(self._show_others)
        self._ahead.clicked.connect(self._look_ahead)
        self._notice.pressed.connect(self._clear)
        self._table.picked.connect(self._select)
        self._table.asked.connect(self._check_in)
        check_in = QShortcut(QKeySequence(CHECK_IN_KEY), self._table)
        check_in.setAutoRepeat(False)
        check_in.setContext(Qt.ShortcutContext.WidgetShortcut)
        check_in.activated.connect(self._table.offer_acts)
        self._unwatch: list[Callable[[], None]] = [
            store.watch(_board, self._show_board),
            view.watch(look_of, self._wear),
            view.watch(lambda seen: seen.roster, self._show_rows),
            view.watch(lambda seen: seen.unit, self._table.select),
        ]

    @property
    def table(self) -> RowsTable:
        """The table, for a window that moves the focus."""
        return self._table

    def _lay_out(self) -> None:
        self._table.setAccessibleName("Teams by availability")
        self._table.horizontalHeader().hide()
        header = QWidget(self)
        flow = Flow(
            header, (self._name, self._count, self._skills, self._ahead, self._as_of), end=self._others
        )
        flow.setContentsMargins(8, 4, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self._table, 1)
        column.addWidget(self._notice, 1)

    def _show_board(self, _board: tuple[Any, ...]) -> None:
        state = self._store.value
        ticked = state.second != self._now.at
        self._now = present(state.second, state.agency)
        self._fresh = freshness(state.feeds, FeedName.UNITS, state.second)
        sources = sources_of(state, current=self._fresh.current)
        self._rows = team_rows(self._rows, self._sources, sources)
        self._sources = sources
        self._show_rows(self._view.value.roster)
        if ticked:
            self._table.tick(self._now)

    def _show_rows(self, roster: Roster) -> None:
        self._shown = grouped(self._shown.rows, self._rows, roster)
        self._table.show_rows(self._shown.rows, self._now)
        self._table.hatch(not self._fresh.current)
        self._say(roster)
        nobody = self._shown.units == 0
        self._table.setVisible(not nobody)
        self._notice.setVisible(nobody)
        if nobody:
            self._explain()

    def _say(self, roster: Roster) -> None:
        teams, units, total = any_team(self._rows), self._shown.units, self._shown.total
        self._name.setText("Teams" if teams and not roster.others else "Units")
        self._count.setText(f"{total} on roster" if units == total else f"{units} of {total} on roster")
        self._as_of.setText(as_of_text(self._fresh, self._now))
        self._skills.say(chosen_text(self._rows, roster), roster.skills)
        more = others(self._rows) if teams else ""
        say(self._others, f"+{more}" if more else "", pressed=roster.others)

    def _explain(self) -> None:
        if self._rows:
            skill = "None of the units on the roster has what is asked for."
            self._notice.say(skill, button=True)
        else:
            self._notice.say(empty_text(self._fresh, "units", self._now), button=False)

    def _wear(self, look: tuple[Theme, float]) -> None:
        self._table.wear(Look(*look))

    def _offer(self) -> None:
        self._skills.offer(choices(self._rows, self._view.value.roster))

    def _choose(self, _key: str, chosen: frozenset[str]) -> None:
        self._set(replace(self._view.value.roster, skills=chosen))

    def _clear(self) -> None:
        self._set(replace(self._view.value.roster, skills=frozenset()))

    def _show_others(self, pressed: bool) -> None:
        self._set(replace(self._view.value.roster, others=pressed))

    def _set(self, roster: Roster) -> None:
        self._view.set(replace(self._view.value, roster=roster))

    def _look_ahead(self) -> None:
        from console.ui.coming.coming import open_coming

        open_coming(self._store, self._view, self)

    def _select(self, unit: str) -> None:
        """Select the unit that was picked, or let go of it where it is the selected one."""
        seen = self._view.value
        self._view.set(with_unit(seen, "" if unit == seen.unit else unit))

    def _check_in(self, how: str, unit: str) -> None:
        self._verbs.check_in(unit, Reached(how))

    def close_panel(self) -> None:
        """Stop watching; nothing of the panel is called after this."""
        for unwatch in self._unwatch:
            unwatch()
        self._unwatch.clear()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_panel()
        super().closeEvent(event)
