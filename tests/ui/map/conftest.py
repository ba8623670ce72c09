"""The map's panel in a real web view, and a way to ask its page."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.domain.state import State
from console.session.store import Store
from console.ui.look.view import View
from console.ui.map import assets
from console.ui.map.scheme import Files, register_scheme
from console.ui.map.view import MapPanel
from tests.ui.board import Acts
from tests.ui.map.boards import VIEW

register_scheme()  # while tests are collected: no application exists yet

NO_GPU = ("propagateSizeHints", "QRhi", "RHI", "Vulkan", "GBM", "GPU", "dbus", "OpenGL")
"""What Qt says on a machine without a screen or a graphics card."""


class Desk:
    """A map panel on the screen with the stores behind it."""

    def __init__(self, qtbot: QtBot, files: Files, state: State, clock: Callable[[], float]) -> None:
        self._qtbot = qtbot
        self.store, self.view, self.verbs = Store(state), Store[View](VIEW), Acts()
        self.panel = MapPanel(self.store, self.view, self.verbs, files, clock)
        self.panel.resize(900, 620)
        self.panel.show()

    @property
    def page(self) -> Any:
        """The page, for a test that attacks it."""
        return self.panel._surface.page()

    @property
    def canvas(self) -> QWidget:
        """The widget that the mouse is over."""
        proxy = self.panel._surface.focusProxy()
        assert proxy is not None
        return proxy

    def ask(self, expression: str) -> Any:
        """The value of an expression in the page."""
        with self._qtbot.waitCallback(timeout=5_000) as answer:
            self.page.runJavaScript(expression, 0, answer)
        return answer.args[0]

    def until(self, expression: str) -> None:
        """Wait until an expression holds in the page."""
        self._qtbot.waitUntil(lambda: bool(self.ask(f"Boolean({expression})")), timeout=8_000)

    def shown(self) -> None:
        """Wait until the page has its size and has drawn all that it was told."""
        width = self.panel.width()
        self.until(f"window.live && innerWidth === {width} && live.map.getSize().x === {width}")
        self.until("live.board.look")
        self.settled()

    def settled(self) -> None:
        """Wait until the page has nothing left to draw."""
        self.until("live.owed === 0 && live.asked === 0")

    def show(self, state: State) -> None:
        """Put another board up, and wait until it is drawn."""
        self.store.set(state)
        told = self.panel._pusher
        self._qtbot.waitUntil(lambda: not told._pending and told._sent == 0, timeout=8_000)

    def spot(self, expression: str) -> QPoint:
        """A place in the page, from an expression that has x and y."""
        x, y = (self.ask(f"({expression}).{axis}") for axis in "xy")
        return QPoint(round(x), round(y))

    def colored(self, at: QPoint, color: str) -> None:
        """Wait until the screen has that color at a place of the map."""

        def same() -> None:
            assert self.panel.grab().toImage().pixelColor(at).name() == color.lower()

        self._qtbot.waitUntil(same, timeout=5_000)


@pytest.fixture(scope="session")
def files() -> Files:
    """Every file of the page."""
    return assets.files(Path(__file__).parents[3] / "resources" / "map")


@pytest.fixture
def desk(qtbot: QtBot, files: Files) -> Iterator[Callable[..., Desk]]:
    """Opens map panels on a board, and takes them down again: the page before its profile."""
    opened: list[Desk] = []

    def at(state: State, clock: Callable[[], float] = lambda: 0.0) -> Desk:
        made = Desk(qtbot, files, state, clock)
        opened.append(made)
        made.shown()
        return made

    yield at
    for one in opened:
        one.panel.close_panel()
        one.panel.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
