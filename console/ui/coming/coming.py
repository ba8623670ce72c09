"""The window of the next two hours, over the board and not modal; it follows the board while it is open."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.coming import STEPS, Coming, coming
from console.domain.state import State
from console.domain.strain import strains, told_since
from console.session.store import Store
from console.ui.coming import halves, loads
from console.ui.figures.list_keys import ListKeys
from console.ui.look.look import Look, look_of
from console.ui.look.view import View, with_unit
from console.ui.parts.clocks import Present, present
from console.ui.table.table import RowsTable
from console.ui.theme.style import Role, dress

NAME = "coming"
TITLE = "Next two hours"
EVERY_S = 10
"""What it tells is in minutes; it is made anew so often."""

LEAST_LOADS = 5
"""Teams that are in sight below the half hours, however small the window is: it scrolls as a whole then."""

BORDER = 4

NO_TEAMS = "No team is on the roster."
STRAIN = (
    "Busy: time committed to calls over time on shift (unit-hour utilization, time form), as far as the calls on the "
    "board tell"
)


class ComingWindow(QDialog):
    """Half hours above, the strain of each team below; open until Esc, and `open_coming` makes it."""

    def __init__(self, store: Store[State], view: Store[View], parent: QWidget) -> None:
        super().__init__(parent)
        self._store, self._view = store, view
        look = Look(*look_of(view.value))
        self.halves = RowsTable(halves.COLUMNS, halves.RULES, look)
        self.loads = RowsTable(loads.COLUMNS, loads.RULES, look)
        self._title, self._about, self._notes = QLabel(TITLE), QLabel(), QLabel()
        self._strain, self._basis = QLabel("Strain"), QLabel()
        self._scroll = QScrollArea()
        self._shown_at = -1
        self._pack: object = None
        self._lay_out(look, parent.size())
        self.loads.picked.connect(self._pick)
        self.finished.connect(self._ended)
        self._unwatch = (
            view.watch(look_of, self._wear),
            store.watch(lambda state: (state.second, state.definitions), self._show),
        )

    def _lay_out(self, look: Look, over: QSize) -> None:
        self.setObjectName(NAME)
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        self.halves.setAccessibleName("The next half hours")
        self.loads.setAccessibleName("Strain of each team")
        body, scroll = QWidget(), self._scroll
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, look.sizes.grid(3), 0, 0)
        column.setSpacing(look.sizes.grid(1))
        self._say(self._title, "lead", look)
        self._say(self._about, "muted", look)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self.halves)
        for label, role in ((self._notes, "muted"), (self._strain, "lead"), (self._basis, "muted")):
            self._say(label, role, look)  # type: ignore[arg-type]  # one of its literals
            column.addWidget(label)
        column.addWidget(self.loads, 1)
        width = min(look.sizes.px(980), max(over.width() - 32, 320))
        self.resize(width, min(look.sizes.px(720), max(over.height() - 64, 240)))

    def _say(self, label: QLabel, role: Role, look: Look) -> None:
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setContentsMargins(look.sizes.grid(3), look.sizes.grid(1), look.sizes.grid(3), 0)
        dress(label, role)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        look = Look(*slice_)
        for table in (self.halves, self.loads):
            table.wear(look)
        head, row = self.halves.horizontalHeader().sizeHint().height(), look.sizes.row
        self.halves.setFixedHeight(head + (1 + STEPS) * row + BORDER)
        self.loads.setMinimumHeight(head + LEAST_LOADS * row + BORDER)

    def _show(self, _slice: object) -> None:
        """Make it anew every few seconds, and at once after a jump in time."""
        state = self._store.value
        slot = int(state.second.timestamp()) // EVERY_S
        if slot == self._shown_at and state.definitions is self._pack:
            return
        self._shown_at, self._pack = slot, state.definitions
        self._fill(state, present(state.second, state.agency))

    def _fill(self, state: State, now: Present) -> None:
        found = coming(state)
        self._about.setText(_about(found))
        self._notes.setText("\n".join(halves.notes(found, state, now)))
        self._notes.setVisible(bool(self._notes.text()))
        self.halves.show_rows(halves.half_rows(found, state.units), now)
        since = told_since(state)
        known = f", the oldest of {now.time(since)}." if since is not None else "; there is none."
        self._basis.setText(STRAIN + known)
        self.loads.show_rows(loads.load_rows(strains(state), state.units), now)

    def _pick(self, unit: str) -> None:
        self.loads.select(unit)
        self._view.set(with_unit(self._view.value, unit))

    def _ended(self, _result: int) -> None:
        for unwatch in self._unwatch:
            unwatch()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.halves.setFocus()


def _about(found: Coming) -> str:
    if not found.teams:
        return NO_TEAMS
    waiting = "1 call waits" if found.waiting == 1 else f"{found.waiting or 'no'} calls wait"
    return (
        "Likely free: free now, or expected to clear by then after the median of scenes like theirs, if no new call "
        f"comes. Now {waiting} for a team."
    )


def open_coming(store: Store[State], view: Store[View], near: QWidget) -> ComingWindow:
    """Show it over the window of ``near``, or bring it to the front where it is open already."""
    window = near.window()
    for open_one in window.findChildren(ComingWindow, NAME):
        if open_one.isVisible():
            open_one.raise_()
            open_one.activateWindow()
            return open_one
    made = ComingWindow(store, view, window)
    keys = window.findChild(ListKeys)
    if keys is not None:
        keys.also(made, {})
    made.show()
    return made
