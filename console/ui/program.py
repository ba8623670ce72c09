"""The window with everything in it: what the desktop program shows, resizes, dresses and takes pictures of."""

import os
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from console.domain.state import State
from console.resources import path
from console.session.live import Live
from console.session.playing import Playing
from console.session.replays import Replays
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui import messages
from console.ui.attention.attention import AttentionPanel
from console.ui.calls.calls import CallsPanel
from console.ui.detail.detail import DetailPanel
from console.ui.frame.arrangement import Panels
from console.ui.frame.layout import Layout, file_name
from console.ui.frame.window import ConsoleWindow
from console.ui.look.appearance import as_choice
from console.ui.look.view import View, with_call
from console.ui.map.scheme import register_scheme
from console.ui.parts.first_paint import FirstPaint
from console.ui.parts.late import Late
from console.ui.teams.teams import TeamsPanel
from console.ui.theme import fonts, style
from console.ui.theme.icons import Icons
from console.ui.theme.style import chosen

if TYPE_CHECKING:
    from console.ui.alerts.alerts import Alerts
    from console.ui.figures.metrics import MetricsPanel
    from console.ui.map.view import MapPanel

NO_SANDBOX = "--no-sandbox"
QUIET = "--log-level=3"
"""Chromium's own log says much about desktops it does not find; what matters comes as a signal of the page."""

FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"

TRAY_PX = 32

FOR_REPLAYS = (
    "console.ui.transport.axis",
    "console.ui.transport.bar",
    "console.ui.replay.framing",
    "console.archive.replay.volume",
    "console.archive.shelf.shelf",
)
"""Loaded last of all, a turn each: who opens a shift would wait for it."""

LATEST_MS = 1_500
"""Map and charts are built after the first row, or after this, where no row comes."""


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
    style.apply(app, chosen(app.styleHints(), "system"))
    return app


class Program(QObject):
    """One window on one board. ``closed`` is emitted when a person closes it, ``painted`` with the first row."""

    closed = Signal()
    painted = Signal()

    def __init__(
        self,
        store: Store[State],
        verbs: Verbs,
        folders: Folders,
        replays: Replays | None = None,
        live: Live | None = None,
    ) -> None:
        super().__init__()
        self._replays, self._live = replays, live
        self._alerts: Alerts | None = None
        self._view = Store(View(theme=chosen(QGuiApplication.styleHints(), "system")))
        self._board, self._verbs, self._cache = store, verbs, folders.cache
        self._map = Late("Map", self._make_map)
        self._metrics = Late("Live metrics", self._make_metrics)
        self._calls = CallsPanel(store, self._view, verbs)
        playing: Store[Playing | None] = replays.playing if replays is not None else Store(None)
        teams = TeamsPanel(store, self._view, verbs)
        attention = AttentionPanel(store, self._view, verbs, playing)
        panels = Panels(
            attention=attention,
            calls=self._calls,
            map=self._map,
            metrics=self._metrics,
            teams=teams,
            detail=DetailPanel(store, self._view, verbs),
            fit=self._fit,
            tables={"calls": self._calls.table, "teams": teams.table},
            does={**attention.does, "mute": self._mute, "test_tones": self._test_tones},
            close_top=attention.close_top,
        )
        self._window = ConsoleWindow(store, self._view, verbs, panels, _layout(folders.layout), replays)
        self._window.closed.connect(self._closed)
        self._late = QTimer(self, singleShot=True, interval=LATEST_MS)
        self._late.timeout.connect(self._build_map)
        self._first = FirstPaint(self._calls.table)
        self._first.painted.connect(self.painted)
        self._first.painted.connect(self._build_map)

    def _make_map(self) -> "MapPanel":

        from console.ui.map import assets
        from console.ui.map.view import MapPanel

        return MapPanel(self._board, self._view, self._verbs, assets.files(path("map"), self._cache))

    def _make_metrics(self) -> "MetricsPanel":

        from console.ui.figures.metrics import MetricsPanel

        return MetricsPanel(self._board, self._view, self._verbs)

    def _build_map(self) -> None:
        """The map first: its page loads in a process of its own while the charts are built."""
        self._late.stop()
        if self._window.isVisible():
            self._map.build()
            QTimer.singleShot(0, self._build_metrics)

    def _build_metrics(self) -> None:
        if self._window.isVisible():
            self._metrics.build()
            QTimer.singleShot(0, self._build_alerts)

    def _build_alerts(self) -> None:
        """Loaded in a turn of its own: the sound library is not waited for either."""
        import_module("console.ui.alerts.alerts")
        QTimer.singleShot(0, self._begin_alerts)

    def _begin_alerts(self) -> None:
        if not self._window.isVisible() or self._alerts is not None:
            return
        from console.ui.alerts.alerts import Alerts, Boards
        from console.ui.alerts.desktop import Desktop
        from console.ui.alerts.speaker import Speaker

        boards = Boards(self._board, self._verbs, self._view, self._replays, self._live)
        mark = QIcon(Icons(self._view.value.theme).pixmap("sound", TRAY_PX, 1.0, "edge"))
        self._alerts = Alerts(boards, self._window, Speaker(path("sounds")), Desktop(mark))
        if self._replays is not None:
            self._load(iter(FOR_REPLAYS))

    def _load(self, names: Iterator[str]) -> None:
        """The modules of these names, a turn each."""
        name = next(names, None)
        if name is not None and self._window.isVisible():
            import_module(name)
            QTimer.singleShot(0, partial(self._load, names))

    def _mute(self) -> None:
        if self._alerts is not None:
            self._alerts.mute()

    def _test_tones(self) -> None:
        if self._alerts is not None:
            self._alerts.test()

    def _fit(self) -> None:
        if self._map.panel is not None:
            self._map.panel.fit()

    def _closed(self) -> None:
        self._late.stop()
        self._first.stop()
        if self._alerts is not None:
            self._alerts.close()
        self.closed.emit()

    @property
    def window(self) -> ConsoleWindow:
        """The main window."""
        return self._window

    @property
    def alerts(self) -> "Alerts | None":
        """What is heard of alarms, and seen of them in every window; ``None`` at first."""
        return self._alerts

    @property
    def view(self) -> Store[View]:
        """What the person looks at."""
        return self._view

    def show(self) -> None:
        """Open the window."""
        self._window.show()
        self._late.start()

    def close(self) -> None:
        """Close the window and let go of the board."""
        self._window.close()

    def resize(self, width: int, height: int) -> None:
        """Give the window this size in pixels."""
        self._window.resize(width, height)

    def set_theme(self, name: str) -> None:
        """Dress the window in ``light``, ``dark`` or ``night``."""
        self._window.appearance.choose(as_choice(name))

    def set_view(self, name: str) -> None:
        """Show one of `shots.VIEWS`."""
        first = self._calls.table.rows.ids[:1] if name == "call" else ()
        self._view.set(with_call(self._view.value, next(iter(first), "")))

    def picture(self, file: Path) -> None:
        """Write the window as it looks now, what blinks lit; raises `OSError` where the file cannot be written."""
        blinks = not self._view.value.still
        self._view.set(replace(self._view.value, still=True))
        taken = self._window.grab()
        self._view.set(replace(self._view.value, still=not blinks))
        if not taken.save(str(file)):
            raise OSError(f"{file}: the picture cannot be written: check the folder and the disk")


def _layout(folder: Path | None) -> Layout | None:
    """The remembered layout of this set of screens."""
    if folder is None:
        return None
    screens = [screen.geometry() for screen in QGuiApplication.screens()]
    return Layout(folder / file_name(screens), version("smart-console"))
