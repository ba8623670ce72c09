"""What can be done with a row of the alarm list, by its buttons and by the keys that the panel has too."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.domain.state import State
from console.domain.watching.catalog import CATALOG
from console.session.playing import Playing
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.alarms.rows import row_of
from console.ui.attention.asking import OVER
from console.ui.attention.choosing import with_line
from console.ui.attention.foot import Foot
from console.ui.attention.hand import Act, AlarmHand
from console.ui.look.view import View
from console.ui.theme.style import dress

ACKNOWLEDGE, CHECK_IN = "Acknowledge", "Check in…"
NONE = "Select an alarm that stands."
HERE = ("acknowledge", "acknowledge_kind", "shelve")
"""The acts of the panel that go by the row of the list."""


class ListActs(QWidget):
    """A button that would come to nothing is not offered; what an act needs is asked for in ``foot``."""

    def __init__(
        self,
        store: Store[State],
        view: Store[View],
        verbs: Verbs,
        playing: Store[Playing | None],
        show_figures: Callable[[], object],
    ) -> None:
        super().__init__()
        self._store, self._view, self._verbs = store, view, verbs
        self._show_figures, self._key = show_figures, ""
        self.foot = Foot()
        self._hand = AlarmHand(store, view, verbs, self.foot, playing)
        self.does: Mapping[str, Act] = {name: partial(self._do, name) for name in HERE}
        self.acknowledge, self.back = QPushButton(ACKNOWLEDGE), QPushButton("Back now")
        self.serve, self.figures = QPushButton("Put back into service"), QPushButton("Figures of the alarms")
        self._lay_out()
        self._unwatch = (
            store.watch(lambda state: (state.alarms.standing, state.alarms.out), self._offer),
            playing.watch(lambda replay: replay and replay.shift, self._turned),
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 8)
        for button in (self.acknowledge, self.back, self.serve):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.figures)
        for button in (self.acknowledge, self.back, self.serve, self.figures):
            button.setAutoDefault(False)
            dress(button, "chip")
        self.acknowledge.clicked.connect(self.does["acknowledge"])
        self.back.clicked.connect(self._back)
        self.serve.clicked.connect(self._serve)
        self.figures.clicked.connect(self._figures)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.foot)
        column.addLayout(row)

    def take(self, key: str) -> None:
        """Row ``key`` was chosen, or the keyboard came to it."""
        self._key = key
        self._offer(None)

    def _offer(self, _slice: object) -> None:
        self._hand.look()
        row = row_of(self._store.value, self._key) if self._key else None
        alarm = row.alarm if row is not None else None
        calls = row is not None and not row.ended and alarm is not None and alarm.calling
        contact = alarm is not None and CATALOG[alarm.rule].contact
        self.acknowledge.setText(CHECK_IN if contact else ACKNOWLEDGE)
        self.acknowledge.setVisible(calls)
        self.back.setVisible(row is not None and row.shelf is not None)
        self.serve.setVisible(row is not None and row.out is not None)

    def _do(self, name: str, _down: bool = False) -> None:
        """The act of that name, with the alarm of the row; without a row, with what is selected on the board."""
        key = self._key
        if key and key not in self._store.value.alarms.standing:
            self.foot.say(NONE if key.partition(":")[0] not in CATALOG else OVER)
            return
        if key:
            self._view.set(with_line(self._view.value, key))
        self._hand.does[name]()

    def _back(self) -> None:
        self._verbs.unshelve(self._key)

    def _serve(self) -> None:
        """Put back what was taken out: the alarm itself, or all of its rule."""
        alarms = self._store.value.alarms
        row = row_of(self._store.value, self._key)
        if row is None:
            return
        alarm = row.alarm
        named = (row.rule,) if alarm is None else (alarm.id, alarm.rule)
        for what in named:
            if what in alarms.out:
                self._verbs.put_back(what)

    def _figures(self) -> None:
        self._show_figures()

    def _turned(self, _shift: object) -> None:
        """Another board is on the screen: what was asked was about the one before."""
        self._key = ""
        self.foot.clear()

    def close_acts(self) -> None:
        """Follow the board no longer."""
        self.foot.stop()
        for unwatch in self._unwatch:
            unwatch()
