"""Where panels stand: alarms over calls left, teams over detail right, metrics under the map; tabs if room is short."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QTabBar, QTabWidget, QToolBar, QWidget

from console.session.store import Store
from console.ui.frame.dock import Dock, Popped
from console.ui.frame.keys import KEYS, Key
from console.ui.look.view import View
from console.ui.table.table import RowsTable
from console.ui.theme.sizes import Sizes
from console.ui.theme.style import dress

AREAS = Qt.DockWidgetArea
SHORT_OF_ROOM = (1_600, 900)
"""Width and height, at 100 % type, below which teams and detail share one place as tabs."""


SHORT_METRICS = 0.38
"""The metrics' share of the height on a small screen; the map has the rest of the middle."""


class Fits(Protocol):
    """The map's way to show everything at once."""

    def __call__(self) -> None: ...


def _nothing_open() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Panels:
    """The panels, built by the caller, each closed with the window; ``fit`` re-fits the map.

    ``tables`` are those whose columns are remembered, by a name for the file; ``keys`` is the key map. ``does`` are the
    panels' own acts by their name in it, ``close_top`` closes what is open in one of them, if anything is.
    """

    attention: QWidget
    calls: QWidget
    map: QWidget
    metrics: QWidget
    teams: QWidget
    detail: QWidget
    fit: Fits
    tables: Mapping[str, RowsTable] = field(default_factory=dict)
    keys: tuple[Key, ...] = KEYS
    does: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    close_top: Callable[[], bool] = _nothing_open


class Arrangement:
    """The docks of ``window`` around its map."""

    def __init__(self, window: QMainWindow, panels: Panels, view: Store[View]) -> None:
        self._window, self._view, self._map = window, view, panels.map
        self._short = True
        self._given: tuple[int, ...] = ()
        self._measured = QTimer(window, singleShot=True, interval=0)
        self._measured.timeout.connect(self._remember)
        self._popped: Popped | None = None
        self.docks = {
            "attention": Dock("attention", "Needs attention", panels.attention, view),
            "calls": Dock("calls", "Calls", panels.calls, view),
            "metrics": Dock("metrics", "Live metrics", panels.metrics, view),
            "teams": Dock("teams", "Teams", panels.teams, view),
            "detail": Dock("detail", "Detail", panels.detail, view),
        }
        window.setCentralWidget(panels.map)
        window.setDockNestingEnabled(True)
        window.setTabPosition(AREAS.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for corner, area in _CORNERS.items():
            window.setCorner(corner, area)
        for name, area in _AREAS.items():
            window.addDockWidget(area, self.docks[name])
        self._tabs()

    def reset(self) -> None:
        """The arrangement that the window has at first, for its present size."""
        self.map_back()
        for name, area in _AREAS.items():
            dock = self.docks[name]
            dock.setFloating(False)
            self._window.addDockWidget(area, dock)
            dock.show()
        self._tabs()
        self.settle()

    def settle(self) -> None:
        """Give every panel its share of the window, which must be shown."""
        self._short = True
        self.adapt()
        if self._short:
            self._measure()

    def adapt(self) -> None:
        """Turn the right column into tabs, or back, as the room demands; keep shares that no hand changed."""
        short = self._short_of_room()
        if short == self._short:
            if self._measured.isActive() or self._given == self._sizes():
                self._measure()
            return
        self._short = short
        if short:
            self._tabs()
        elif self._right_column():
            self._stack()
        self._measure()

    def keep(self) -> None:
        """Take the arrangement that was just restored as it is; alarms are in sight in any."""
        self.docks["attention"].show()
        self._short = self._short_of_room()

    def toggle(self, name: str) -> None:
        """Pop a panel out into a window of its own, or put it back."""
        if name != "map":
            self.docks[name].toggle()
        elif self._popped:
            self.map_back()
        else:
            self._pop_map()

    def show_chosen(self) -> None:
        """Where teams and detail are tabs: the detail in front while something is selected, else the teams."""
        if self._window.tabifiedDockWidgets(self.docks["detail"]):
            seen = self._view.value
            self.docks["detail" if seen.call or seen.unit else "teams"].raise_()
            for bar in self._window.findChildren(QTabBar):
                bar.setAccessibleName("Teams and detail")

    def next_panel(self) -> None:
        """Move the focus into the next panel."""
        before, after = ([self.docks[name].widget() for name in names] for names in (_BEFORE_MAP, _AFTER_MAP))
        order = [*before, self._map, *after]
        focus = QApplication.focusWidget()
        at = next((n for n, panel in enumerate(order) if focus and panel.isAncestorOf(focus)), -1)
        for panel in (*order[at + 1 :], *order[: at + 1]):
            target = _first_focus(panel)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def release(self) -> None:
        """Close every panel with the window."""
        self._measured.stop()
        self.map_back()
        for dock in self.docks.values():
            dock.release()
        self._map.close()

    def map_back(self) -> None:
        """Put the map back in the middle of the window."""
        popped, self._popped = self._popped, None
        if popped is not None:
            self._window.setCentralWidget(self._map)
            self._map.show()
            popped.close()

    def _pop_map(self) -> None:
        self._window.takeCentralWidget()
        stand_in = QLabel("The map is in a window of its own.\nClose that window to put it back.")
        stand_in.setAlignment(Qt.AlignmentFlag.AlignCenter)
        dress(stand_in, "muted")
        self._window.setCentralWidget(stand_in)
        self._popped = Popped("Map", self._map, self._window)
        self._popped.closing.connect(self.map_back)
        self._popped.show()

    def _short_of_room(self) -> bool:
        sizes = Sizes(self._view.value.scale)
        width, height = SHORT_OF_ROOM
        return self._window.width() < sizes.px(width) or self._window.height() < sizes.px(height)

    def _right_column(self) -> bool:
        """Whether teams and detail both stand in the right column, so that they may share a place."""
        pair = (self.docks["teams"], self.docks["detail"])
        right = AREAS.RightDockWidgetArea
        return all(not dock.isFloating() and self._window.dockWidgetArea(dock) == right for dock in pair)

    def _tabs(self) -> None:
        if self._right_column():
            self._window.tabifyDockWidget(self.docks["teams"], self.docks["detail"])
            self.show_chosen()

    def _stack(self) -> None:
        """Take the detail out of the tabs and put it below: Qt does not split a place that has tabs."""
        detail = self.docks["detail"]
        self._window.removeDockWidget(detail)
        self._window.addDockWidget(AREAS.RightDockWidgetArea, detail, Qt.Orientation.Vertical)
        detail.show()

    def _sizes(self) -> tuple[int, ...]:
        """What a person changes by dragging."""
        docks = self.docks
        return docks["calls"].width(), docks["teams"].width(), docks["metrics"].height()

    def _measure(self) -> None:
        short = self._short
        docks, width, height = self.docks, self._window.width(), self._window.height()
        left, right = (0.32, 0.25) if short else (0.292, 0.208)
        across = [round(width * left), round(width * right)]
        self._window.resizeDocks([docks["calls"], docks["teams"]], across, Qt.Orientation.Horizontal)
        head = self._window.menuWidget()
        bars = (bar for bar in self._window.findChildren(QToolBar) if bar.isVisibleTo(self._window))
        height -= self._window.statusBar().height() + (head.height() if head else 0)
        height -= sum(bar.sizeHint().height() for bar in bars)
        tall = round(height * (SHORT_METRICS if short else 0.32))
        self._window.resizeDocks([docks["metrics"]], [tall], Qt.Orientation.Vertical)
        if not short:
            half = [round(height / 2)] * 2
            self._window.resizeDocks([docks["teams"], docks["detail"]], half, Qt.Orientation.Vertical)
        self._measured.start()

    def _remember(self) -> None:
        """Qt gives the sizes in its own time: what they came to is known a turn later."""
        self._given = self._sizes()


_AREAS = {
    "attention": AREAS.LeftDockWidgetArea,
    "calls": AREAS.LeftDockWidgetArea,
    "metrics": AREAS.BottomDockWidgetArea,
    "teams": AREAS.RightDockWidgetArea,
    "detail": AREAS.RightDockWidgetArea,
}
_BEFORE_MAP = ("attention", "calls")
_AFTER_MAP = ("metrics", "teams", "detail")
_CORNERS = {
    Qt.Corner.TopLeftCorner: AREAS.LeftDockWidgetArea,
    Qt.Corner.BottomLeftCorner: AREAS.LeftDockWidgetArea,
    Qt.Corner.TopRightCorner: AREAS.RightDockWidgetArea,
    Qt.Corner.BottomRightCorner: AREAS.RightDockWidgetArea,
}


def _first_focus(panel: QWidget) -> QWidget | None:
    """The list of a panel, else the first thing in it that takes the focus by Tab."""
    inside = [widget for widget in (panel, *panel.findChildren(QWidget)) if _takes_focus(widget)]
    lists = [widget for widget in inside if widget.inherits("QAbstractItemView")]
    return next(iter((*lists, *inside)), None)


def _takes_focus(widget: QWidget) -> bool:
    return widget.isVisible() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
