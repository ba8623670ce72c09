"""Alarms of the live board while a replay is on the screen: they are people's, and of this minute."""

from functools import partial
from typing import Any

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton
from typing_extensions import override

from console.domain.alarms.alarm import Alarm
from console.domain.state import State
from console.domain.watching.catalog import CATALOG
from console.session.replays import Replays
from console.session.store import Store
from console.ui.attention import told
from console.ui.attention.lasting import lasts_since
from console.ui.attention.subject import subject
from console.ui.frame.filled import BAR, fill
from console.ui.frame.trouble_bar import in_line, plain_line
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.announce import announce
from console.ui.parts.clocks import present
from console.ui.parts.masking import joined
from console.ui.replay.words import RETURN
from console.ui.theme.theme import Token

PREFIX = "LIVE ALARM"
"""Not a word of the replay's: what it tells of is now."""

_TONES: tuple[Token, ...] = ("p1", "p2")


def calling(state: State) -> tuple[Alarm, ...]:
    """The live alarms of priority 1 and 2 that wait for somebody, the most urgent and then the newest first.

    An escalated one has a banner of its own, and so has trouble with the data (`frame.live_banner`).
    """
    found = [alarm for alarm in state.alarms.standing.values() if alarm.priority <= 2 and _waits(alarm)]
    return tuple(sorted(found, key=partial(_order, state)))


def _order(state: State, alarm: Alarm) -> tuple[object, ...]:
    """Of those that came together the one that lasts the longest is first."""
    return alarm.priority, -alarm.raised_at.timestamp(), lasts_since(state, alarm), alarm.id


def _waits(alarm: Alarm) -> bool:
    elsewhere = alarm.escalated_at is not None or CATALOG[alarm.rule].data
    return alarm.calling and alarm.active and alarm.announced_at is not None and not elsewhere


def words(state: State, alarms: tuple[Alarm, ...]) -> str:
    """The first of ``alarms``, and how many more there are."""
    now = present(state.second, state.agency)
    first = subject(state, alarms[0])
    more = f"and {len(alarms) - 1} more" if len(alarms) > 1 else ""
    said = joined((told.what(first, now), told.more(first, now), more))
    return f"{PREFIX}, priority {alarms[0].priority}: {said}"


class LiveLine(QFrame):
    """Hidden while the live board is shown; its button goes back to it."""

    def __init__(self, live: Store[State], view: Store[View], replays: Replays) -> None:
        super().__init__()
        self._live, self._replays = live, replays
        self._look = Look(*look_of(view.value))
        self._tone: Token = "p2"
        self._spoken = ""
        self.text, self.back = QLabel(), QPushButton(RETURN)
        self._lay_out()
        self.back.clicked.connect(replays.back_to_live)
        self._unwatch = (
            view.watch(look_of, self._wear),
            replays.playing.watch(lambda playing: playing is None, self._tell),
            live.watch(lambda state: (state.alarms.standing, state.second), self._tell),
        )

    def _lay_out(self) -> None:
        self.setObjectName(BAR)
        self.setAccessibleName("Alarms on the live board")
        plain_line(self.text)
        self.text.setContentsMargins(0, self._look.sizes.grid(1), 0, self._look.sizes.grid(1))
        in_line(self, (self.text, self.back), self._look.sizes)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._look = Look(*slice_)
        self._dress()

    def _tell(self, _slice: object) -> None:
        state = self._live.value
        alarms = calling(state) if self._replays.playing.value is not None else ()
        if alarms:
            self._tone = _TONES[alarms[0].priority - 1]
            self.text.setText(words(state, alarms))
            self._dress()
            if self._spoken != alarms[0].id:
                announce(self, self.text.text())
        self._spoken = alarms[0].id if alarms else ""
        self.setVisible(bool(alarms))

    def _dress(self) -> None:
        fill(self, (self.text, self.back), self._look, self._tone)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        for unwatch in self._unwatch:
            unwatch()
        super().closeEvent(event)
