"""What the right button and the menu key offer on a line: its acts, and a copy."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from console.domain.alarms.words import rule_words
from console.domain.state import State
from console.domain.watching.catalog import CATALOG, CHECK_IN
from console.ui.attention.hand import Act, AlarmHand
from console.ui.attention.lines import behind
from console.ui.table.table import RowsTable


class LineMenu(QMenu):
    """The menu of the panel's table."""

    def __init__(self, table: RowsTable, hand: AlarmHand) -> None:
        super().__init__(table)
        self._table, self._hand = table, hand
        self._text = ""

    def offer(self, state: State, key: str, at: QPoint) -> None:
        """Open for the line ``key`` at the point ``at`` of the table."""
        self.clear()
        for text, act in offers(self._hand, state, key):
            self.addAction(text, act)
        if not self.isEmpty():
            self.addSeparator()
        self._text = self._table.rows.plain(self._table.rows.place(key))
        self.addAction("Copy line", self._copy)
        self.popup(self._table.viewport().mapToGlobal(at))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)


def offers(hand: AlarmHand, state: State, key: str) -> list[tuple[str, Act]]:
    """What can be done with the line ``key``, as its menu says it."""
    found = behind(state, key)
    if not found:
        return []
    first, one = found[0], len(found) == 1
    does: list[tuple[str, Act]] = []
    if any(alarm.calling for alarm in found):
        ask = first.rule == CHECK_IN and one
        does.append(("Check in…\tA" if ask else "Acknowledge\tA", partial(hand.acknowledge_one, key)))
    if first.priority > 1 and not CATALOG[first.rule].contact and one:
        does.append(("Acknowledge all of this kind\tShift+A", hand.acknowledge_kind))
    if one and hand.steps(first):
        does.append(("Shelve…\tS", partial(hand.shelve_one, first.id)))
    if CATALOG[first.rule].latched:
        return does  # a call for help is always in service
    if one:
        does.append(("Take this alarm out of service…", partial(hand.take_out, first.id)))
    if len({alarm.rule for alarm in found}) == 1:
        does.append(
            (f"Take all “{rule_words(first.rule)}” out of service…", partial(hand.take_out, first.rule))
        )
    return does
