"""A seat at a window with the attention panel, at which somebody presses keys."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.alarms.alarm import Alarm
from console.domain.events import Acknowledged
from console.domain.state import State
from console.domain.vocabulary import AlarmState
from console.session.playing import Playing
from console.session.store import Store
from console.ui.attention.attention import AttentionPanel
from console.ui.frame.window import ConsoleWindow, Panels
from console.ui.look.view import with_alarm
from console.ui.theme import fonts
from tests.ui.attention.alarmed import Living
from tests.ui.board import a_view
from tests.ui.desk import Fit, Plain, keep

W = TypeVar("W", bound=QWidget)


class Seat:
    """A window with the panel, at which somebody presses keys."""

    def __init__(self, qtbot: QtBot, board: State) -> None:
        fonts.load()
        self.store, self.view = Store(board), a_view()
        self.acts = Living(self.store)
        self.playing: Store[Playing | None] = Store(None)
        self.panel = AttentionPanel(self.store, self.view, self.acts, self.playing)
        panels = Panels(
            self.panel,
            *(Plain("calls"), Plain("map"), Plain("metrics"), Plain("teams"), Plain("detail"), Fit()),
            does=self.panel.does,
            close_top=self.panel.close_top,
        )
        self.window = keep(qtbot, ConsoleWindow(self.store, self.view, self.acts, panels))
        self.window.resize(1_600, 960)
        self.window.show()
        qtbot.waitExposed(self.window)
        qtbot.wait(20)
        self.window.setFocus()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def enter(self) -> None:
        """Come to the list as F6 does."""
        self.panel.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def write(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def choose(self, alarm: Alarm) -> None:
        """Select its line."""
        self.view.set(with_alarm(self.view.value, alarm.id))

    def field(self, kind: type[W]) -> W:
        """The field that is open."""
        found = self.panel.foot.field
        assert isinstance(found, kind)
        return found

    def state_of(self, alarm: Alarm) -> AlarmState:
        """Where the alarm stands now."""
        return self.store.value.alarms.standing[alarm.id].state

    @property
    def said(self) -> str:
        """What the panel says was done."""
        return self.panel.foot.said

    @property
    def acknowledged(self) -> list[str]:
        """The alarms that the last act acknowledged."""
        act = self.acts.done[-1]
        assert isinstance(act, Acknowledged)
        return list(act.alarms)
