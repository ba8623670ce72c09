"""The supervisor's window: banner and strip across the top, the map between docks, the status line below."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from typing_extensions import override

from console.domain.entities import Agency
from console.domain.state import State
from console.session.replays import Replays
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.away.room import AwayRoom
from console.ui.frame import acts
from console.ui.frame.acts import Do
from console.ui.frame.arrangement import Arrangement, Panels
from console.ui.frame.below import Below
from console.ui.frame.command import CommandBar
from console.ui.frame.finder import Action
from console.ui.frame.head import Head
from console.ui.frame.keypage import KeyPage
from console.ui.frame.keys import Key, typing
from console.ui.frame.layout import Layout
from console.ui.frame.over import Over
from console.ui.frame.shortcuts import Shortcuts
from console.ui.frame.statusbar import StatusBar
from console.ui.handover.room import HandoverRoom
from console.ui.look.appearance import Appearance, as_choice
from console.ui.look.look import look_of
from console.ui.look.view import View, with_call
from console.ui.parts.masking import isolated, joined
from console.ui.replay.room import ReplayRoom
from console.ui.theme import style
from console.ui.theme.theme import Theme

__all__ = ["ConsoleWindow", "Panels"]

TITLE = "SMART Console"
STILL = "still"
"""How a layout remembers that nothing blinks."""

STANDS_MS = 2_000
"""How long a window must stand until its layout is taken to be sound."""


class ConsoleWindow(QMainWindow):
    """Holds panels that the caller built. ``layout`` remembers where they stand; ``None`` forgets it."""

    closed = Signal()

    def __init__(
        self,
        store: Store[State],
        view: Store[View],
        verbs: Verbs,
        panels: Panels,
        layout: Layout | None = None,
        replays: Replays | None = None,
    ) -> None:
        super().__init__()
        self._worn = look_of(view.value)
        _apply(*self._worn)
        self._tables, self._close_panel = panels.tables, panels.close_top
        self._layout_file, self._view = layout, view
        self.appearance = Appearance(view)
        self.head, self.status = Head(store, view, replays), StatusBar(store, view, replays)
        self.arrangement = Arrangement(self, panels, view)
        self.below = Below(store, view, replays, panels.keys) if replays is not None else None
        self.room = ReplayRoom(self, store, view, verbs, replays)
        self.away = AwayRoom(self, store, view, replays)
        self.over = Over(self, store, view, verbs, replays)
        self.handover = HandoverRoom(self, store, verbs, replays, self.say)
        self._does = self._all_acts(panels)
        self.key_page = KeyPage(view, panels.keys, self)
        self.command = CommandBar(store, view, self._actions(panels.keys, store, view), self)
        self._soon, self._stands = _timer(self, 0), _timer(self, STANDS_MS)
        self._soon.timeout.connect(self._settle)
        self._stands.timeout.connect(self._trust_layout)
        self._restored = self._shown = self._gone = False
        self._shortcuts = Shortcuts(self, panels.keys, self._does, self._replaying)
        self._lay_out()
        self.room.open(self.say)
        self._unwatch = (
            view.watch(look_of, self._wear),
            view.watch(lambda seen: (seen.call, seen.unit), self._selected),
            store.watch(lambda state: state.agency, self._name),
        )
        self._restore()

    def _lay_out(self) -> None:
        self.setObjectName("console")
        self.setMenuWidget(self.head)
        self.setStatusBar(self.status)
        self.status.wants_find.connect(self._find)
        self.status.wants_keys.connect(self._show_keys)
        self.status.wants_alarms.connect(self.over.alarms)
        self.head.strip.wants_alarms.connect(self.over.alarms)
        if self.below is not None:
            self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self.below)
            self.below.turned.connect(self._turned)
            self.below.leave.connect(self.close)
        self.resize(1_600, 960)

    def _all_acts(self, panels: Panels) -> Mapping[str, Do]:
        look, places = self.appearance, self.arrangement
        return {
            "find": self._find,
            "close": self._close_top,
            "keys": self._show_keys,
            "next_panel": places.next_panel,
            "fit": panels.fit,
            "looked_away": self.away.open,
            "blink": look.blink,
            "next_theme": look.next,
            "larger": look.larger,
            "smaller": look.smaller,
            "reset_layout": places.reset,
            **panels.does,
            **self.over.does,
            **self.room.does,
            **self.handover.does,
            **(self.below.does if self.below is not None else {}),
        }

    def _actions(self, keys: tuple[Key, ...], store: Store[State], view: Store[View]) -> dict[str, Action]:
        keyed = acts.of_room(acts.from_keys(keys, self._does), self.room, self._does) | acts.of_sound(
            self._does
        )
        if self.below is not None:
            keyed = acts.of_replays(keyed, self.below.replays, self._does)
        keyed |= acts.of_alarms(self._does) | acts.of_view(self.appearance, self.arrangement)
        return keyed | acts.of_lists(store, view, self)

    def _replaying(self) -> bool:
        return self.below is not None and self.below.seekable

    def _turned(self) -> None:
        """A replay begins or is over: its keys come or go, and panels share what room there is."""
        self._shortcuts.refresh()
        if self._restored:
            self.arrangement.adapt()

    def say(self, notice: str) -> None:
        """Tell something of this workstation in the banner, until it is closed."""
        self.head.banner.say(notice)

    def _find(self) -> None:
        self.command.open()

    def _show_keys(self) -> None:
        self.key_page.open()

    def _wear(self, slice_: tuple[Any, float]) -> None:
        if slice_ != self._worn:
            self._worn = slice_
            _apply(*slice_)
        if self._restored:
            self.arrangement.adapt()

    def _selected(self, _chosen: object) -> None:
        self.arrangement.show_chosen()

    def _close_top(self) -> None:
        """Close what lies over the board; with nothing there the selection goes, unless somebody types."""
        if self.command.isVisible():
            self.command.close_bar()
        elif self.key_page.isVisible():
            self.key_page.close_page()
        elif self._close_panel() or (self.below is not None and self.below.close_field()):
            return
        elif not typing():
            self._view.set(with_call(self._view.value, ""))

    def _name(self, agency: Agency | None) -> None:
        name = isolated(agency.name) if agency else ""
        self.setWindowTitle(joined((name, TITLE)))

    def _restore(self) -> None:
        """Take the remembered layout, if it may be trusted; the theme first, since it changes sizes."""
        found = self._layout_file.read() if self._layout_file else None
        parts = found.parts if found else {}
        self.appearance.choose(as_choice(_text(parts.get("theme"))))
        self.appearance.resize(_text(parts.get("scale")))
        self.appearance.stand_still(_text(parts.get("still")) == STILL)
        if found and found.notice:
            self.say(found.notice)
        for name, table in self._tables.items():
            if name in parts:
                table.put_columns(parts[name])
        if "geometry" in parts and self.restoreGeometry(parts["geometry"]):
            self._restored = "docks" in parts and self.restoreState(parts["docks"])
            self.arrangement.keep()
        if self.below is not None:
            self.below.settle()

    def _settle(self) -> None:
        """The window is laid out: from here on it adapts to its size."""
        if not self._restored:
            self._restored = True
            self.arrangement.settle()
        self.setFocus()
        self._stands.start()

    def _trust_layout(self) -> None:
        """The window was drawn and stands: a crash from here on is no fault of the layout."""
        if self._layout_file:
            self._layout_file.settled()

    def _remember(self) -> None:
        if self._layout_file:
            look = {"theme": self.appearance.choice, "scale": f"{self.appearance.scale:g}"}
            look["still"] = STILL if self._view.value.still else ""
            parts = {name: QByteArray(text.encode()) for name, text in look.items()}
            parts |= {"geometry": self.saveGeometry(), "docks": self.saveState()}
            parts |= {name: table.columns_kept() for name, table in self._tables.items()}
            self._layout_file.write(parts)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            self._soon.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._restored:
            self.arrangement.adapt()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if self._gone:
            return
        self._gone = True
        self._soon.stop()
        self._stands.stop()
        self._remember()
        self._trust_layout()
        acts.close_lists(self)
        self.arrangement.release()
        self._shortcuts.release()
        self.room.close()
        self.away.close()
        if self.below is not None:
            self.below.close()
        for part in (self.head, self.status, self.command, self.key_page, self.appearance):
            part.close()
        for unwatch in self._unwatch:
            unwatch()
        self.closed.emit()


def _apply(theme: Theme, scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, theme, scale)


def _timer(parent: QWidget, interval: int) -> QTimer:
    return QTimer(parent, singleShot=True, interval=interval)


def _text(part: QByteArray | None) -> str:
    return bytes(part.data()).decode("ascii", "replace") if part else ""
