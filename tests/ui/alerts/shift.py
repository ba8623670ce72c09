"""A live board that goes on by itself: events are stamped, folded and looked at by the rules as in the program."""

from collections.abc import Callable
from datetime import timedelta

from msgspec.structs import replace
from PySide6.QtGui import QIcon
from pytestqt.qtbot import QtBot

from console.domain.events import Acted, CarriedOver, Recorded
from console.domain.state import State, start
from console.escalation import AlarmSettings
from console.session.clock import FixedClock
from console.session.live import Live
from console.session.sequence import Sequence
from console.session.session import Session
from console.session.verbs import ActingVerbs
from console.ui.alerts.alerts import Alerts, Boards
from console.ui.alerts.desktop import Desktop
from tests.domain.alarming import BEGINNING
from tests.domain.builders import NOON
from tests.ui.alerts.board import Played
from tests.ui.desk import Desk

FRAME = timedelta(seconds=0.25)


class Shift:
    """A window on a running shift with its alerts; the pack repeats priority 1 each 5 s and escalates it after 10 s."""

    def __init__(self, qtbot: QtBot, settings: AlarmSettings | None = None) -> None:
        does = {"mute": self._mute, "test_tones": self._test}
        self.desk = Desk(qtbot, start(NOON), does=does)
        self.clock = FixedClock(NOON)
        self.sequence = Sequence(self.clock)
        self.session = Session(self.clock, self.sequence, self.desk.store)
        self.done: list[Acted] = []
        verbs = ActingVerbs(self._act, "m.ruiz", lambda: None)
        live = Live(self.desk.store, verbs, settings or AlarmSettings())
        self.player = Played()
        for event in (*BEGINNING, CarriedOver(NOON)):
            self.append(event)
        self.go(2)
        boards = Boards(self.desk.store, verbs, self.desk.view, None, live)
        self.alerts = Alerts(boards, self.desk.window, self.player, Desktop(QIcon()))
        qtbot.wait(1)
        self.desk.open(1_366, 768)

    @property
    def board(self) -> State:
        """The board as it is now."""
        return self.desk.store.value

    def append(self, event: Recorded) -> None:
        """Something comes in now."""
        self.sequence.append(lambda at: replace(event, at=at))

    def go(self, seconds: float) -> list[str]:
        """Time passes, frame by frame; which tones are played in it."""
        before = len(self.player.live) if hasattr(self, "player") else 0
        for _ in range(round(seconds / FRAME.total_seconds())):
            self.clock.set(self.clock.now() + FRAME)
            self.session.step()
        return list(self.player.live[before:])

    def close(self) -> None:
        """The shift is over."""
        self.alerts.close()

    def _mute(self) -> None:
        self.alerts.mute()

    def _test(self) -> None:
        self.alerts.test()

    def _act(self, make: Callable[..., Acted]) -> None:
        self.done.append(make(self.clock.now()))
        self.sequence.append(make)
