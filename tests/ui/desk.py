"""A window on a board, with plain widgets where the panels go."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.state import State
from console.session.store import Store
from console.ui.attention.attention import AttentionPanel
from console.ui.calls.calls import CallsPanel
from console.ui.frame.layout import Layout
from console.ui.frame.window import ConsoleWindow, Panels
from console.ui.look.view import View
from console.ui.theme import fonts
from tests.ui.board import Acts, a_view
from tests.ui.replayed import Replayed

W = TypeVar("W", bound=QWidget)


def keep(qtbot: QtBot, widget: W) -> W:
    """``widget``, closed and deleted after the test, not before: the collector may come while it paints."""
    qtbot.addWidget(widget, before_close_func=partial(_hold, widget))
    return widget


def _hold(_kept: QWidget, _closing: QWidget) -> None:
    """Nothing to do: the caller's reference is all that matters."""


class Plain(QWidget):
    """A panel that takes the focus."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class Fit:
    """A map's `fit` that counts how often it was asked for."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


class Desk:
    """One window with what it stands on."""

    def __init__(
        self,
        qtbot: QtBot,
        board: State,
        layout: Layout | None = None,
        *,
        tables: bool = False,
        replayed: Replayed | None = None,
        does: Mapping[str, Callable[[], None]] = MappingProxyType({}),
    ) -> None:
        fonts.load()
        self.qtbot = qtbot
        self.store: Store[State] = replayed.showing.shown if replayed else Store(board)
        self.view: Store[View] = a_view()
        self.fit = Fit()
        self.calls = CallsPanel(self.store, self.view, Acts()) if tables else None
        self.acts = Acts()
        self.attention = AttentionPanel(
            self.store, self.view, self.acts, replayed.playing if replayed else Store(None)
        )
        self.panels = Panels(
            self.attention,
            self.calls or Plain("calls"),
            *(Plain("map"), Plain("metrics"), Plain("teams"), Plain("detail"), self.fit),
            {"calls": self.calls.table} if self.calls else {},
            does={**self.attention.does, **does},
            close_top=self.attention.close_top,
        )
        self.window = ConsoleWindow(self.store, self.view, Acts(), self.panels, layout, replayed)
        keep(qtbot, self.window)

    def open(self, width: int = 1_920, height: int = 1_080) -> "Desk":
        """Show the window at this size and let it settle."""
        self.window.resize(width, height)
        self.window.show()
        self.qtbot.waitExposed(self.window)
        self.qtbot.wait(20)
        return self

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)


def undress(app: QApplication) -> None:
    """Take the style sheet off the application again."""
    app.setStyleSheet("")
    app.styleHints().unsetColorScheme()
