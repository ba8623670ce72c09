"""The window with everything in it: what the desktop program shows, resizes, dresses and takes pictures of."""

import os
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from console.domain.state import State
from console.resources import path
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui import fonts, messages
from console.ui.appearance import as_choice
from console.ui.arrangement import Panels
from console.ui.calls import CallsPanel
from console.ui.detail import DetailPanel
from console.ui.first_paint import FirstPaint
from console.ui.layout import Layout, file_name
from console.ui.map import assets
from console.ui.map.scheme import register_scheme
from console.ui.map.view import MapPanel
from console.ui.metrics import MetricsPanel
from console.ui.style import chosen
from console.ui.teams import TeamsPanel
from console.ui.view import View
from console.ui.window import ConsoleWindow

NO_SANDBOX = "--no-sandbox"
QUIET = "--log-level=3"
"""Chromium's own log says much about desktops it does not find; what matters comes as a signal of the page."""

FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"


class Folders(Struct, frozen=True):
    """Where the window keeps its layout (``None``: nowhere) and the composed map page."""

    layout: Path | None
    cache: Path


def application(arguments: list[str], *, sandboxed: bool) -> QApplication:
    """The Qt application, with what must be said before it exists; its typeface is loaded."""
    given = os.environ.get(FLAGS, "").split()
    wanted = [QUIET] if sandboxed else [QUIET, NO_SANDBOX]
    os.environ[FLAGS] = " ".join([*given, *(flag for flag in wanted if flag not in given)])
    messages.install()
    register_scheme()
    app = QApplication(arguments)
    app.setApplicationName("smart-console")
    app.setQuitOnLastWindowClosed(False)
    fonts.load()
    return app


class Program(QObject):
    """One window on one board. ``closed`` is emitted when a person closes it, ``painted`` with the first row."""

    closed = Signal()
    painted = Signal()

    def __init__(self, store: Store[State], verbs: Verbs, folders: Folders) -> None:
        super().__init__()
        self._view = Store(View(theme=chosen(QGuiApplication.styleHints(), "system")))
        files = assets.files(path("map"), folders.cache)
        self._map = MapPanel(store, self._view, verbs, files)
        calls = CallsPanel(store, self._view, verbs)
        FirstPaint(calls.table).painted.connect(self.painted)
        panels = Panels(
            calls=calls,
            map=self._map,
            metrics=MetricsPanel(store, self._view, verbs),
            teams=TeamsPanel(store, self._view, verbs),
            detail=DetailPanel(store, self._view, verbs),
            fit=self._map.fit,
        )
        self._window = ConsoleWindow(store, self._view, verbs, panels, _layout(folders.layout))
        self._window.closed.connect(self.closed)

    @property
    def window(self) -> ConsoleWindow:
        """The main window."""
        return self._window

    @property
    def view(self) -> Store[View]:
        """What the person looks at."""
        return self._view

    def show(self) -> None:
        """Open the window."""
        self._window.show()

    def close(self) -> None:
        """Close the window and let go of the board."""
        self._window.close()

    def resize(self, width: int, height: int) -> None:
        """Give the window this size in pixels."""
        self._window.resize(width, height)

    def set_theme(self, name: str) -> None:
        """Dress the window in ``light``, ``dark`` or ``night``."""
        self._window.appearance.choose(as_choice(name))

    def picture(self, file: Path) -> None:
        """Write the window as it looks now; raises `OSError` where the file cannot be written."""
        if not self._window.grab().save(str(file)):
            raise OSError(f"{file}: the picture cannot be written: check the folder and the disk")


def _layout(folder: Path | None) -> Layout | None:
    """The remembered layout of this set of screens."""
    if folder is None:
        return None
    screens = [screen.geometry() for screen in QGuiApplication.screens()]
    return Layout(folder / file_name(screens), version("smart-console"))
