"""Gives every window the frame and the ribbon while a replay is shown, whoever opens it."""

from typing import Any

from PySide6.QtCore import QChildEvent, QEvent, QMargins, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QWidget
from shiboken6 import isValid
from typing_extensions import override

from console.domain.state import State
from console.session.playing import Playing
from console.session.replays import Replays
from console.session.store import Store
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.replay.ribbon import Ribbon
from console.ui.replay.words import ribbon_text, title_mark

_FRAMED = (Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Tool, Qt.WindowType.Sheet)
_TITLED = " · "


class Framed:
    """One window: its ribbon, and the title and margins that it has without."""

    def __init__(self, window: QWidget, look: Look) -> None:
        self.window, self.ribbon = window, Ribbon(window, look)
        self._margins, self._mark, self._plain = window.contentsMargins(), "", window.windowTitle()

    def show(self, text: str, mark: str) -> None:
        """Wear the ribbon with ``text``; nothing where that is empty."""
        framed = bool(text) and self.window.isWindow()
        self.ribbon.say(text)
        if framed:
            self.ribbon.fit()
        self.ribbon.setVisible(framed)
        self._make_room(framed)
        self._mark = mark if framed else ""
        self.window.setWindowTitle(self._titled())

    def retitled(self) -> None:
        """The window took another title."""
        if self.window.windowTitle() != self._titled():
            self._plain = self.window.windowTitle()
            self.window.setWindowTitle(self._titled())

    def _titled(self) -> str:
        return _TITLED.join(part for part in (self._mark, self._plain) if part)

    def _make_room(self, framed: bool) -> None:
        """The ribbon pushes what the window holds down, and covers none of it."""
        edge, band = self.ribbon.edge, self.ribbon.band
        room = QMargins(edge, band, edge, edge) if framed else QMargins()
        if isinstance(self.window, QDockWidget):
            self.window.titleBarWidget().setContentsMargins(0, room.top(), 0, 0)
        else:
            self.window.setContentsMargins(self._margins + room)


class Framing(QObject):
    """Watches ``window`` and every window that is opened over it. ``close`` ends it."""

    def __init__(self, store: Store[State], view: Store[View], replays: Replays, window: QWidget) -> None:
        super().__init__(window)
        self._store, self._replays = store, replays
        self._look = Look(*look_of(view.value))
        self._framed: list[Framed] = []
        self._told = ("", "")
        self._take(window)
        for child in window.findChildren(QWidget):
            if isinstance(child, QDockWidget):
                self._take(child)
                child.topLevelChanged.connect(self._dress_all)
            else:
                self._opened(child)
        self._unwatch = (
            view.watch(look_of, self._wear),
            replays.playing.watch(lambda playing: playing, self._playing),
            store.watch(lambda state: state.second, self._second),
        )

    def close(self) -> None:
        """End it: windows stay as they are."""
        for unwatch in self._unwatch:
            unwatch()

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._look = Look(*slice_)
        for framed in self._alive():
            framed.ribbon.wear(self._look)
        self._dress_all()

    def _playing(self, _playing: Playing | None) -> None:
        self._tell()

    def _second(self, _second: object) -> None:
        self._tell()

    def _tell(self) -> None:
        playing, at = self._replays.playing.value, self._store.value.at
        told = (ribbon_text(playing, at), title_mark(playing, at)) if playing else ("", "")
        if told != self._told:
            self._told = told
            self._dress_all()

    def _dress_all(self, _changed: object = None) -> None:
        for framed in self._alive():
            framed.show(*self._told)

    def _alive(self) -> list[Framed]:
        self._framed = [framed for framed in self._framed if isValid(framed.window)]
        return self._framed

    def _take(self, window: QWidget) -> Framed:
        framed = Framed(window, self._look)
        self._framed.append(framed)
        window.installEventFilter(self)
        return framed

    def _opened(self, child: QObject) -> None:
        """A window is about to be shown."""
        if isinstance(child, QWidget) and child.isWindow() and child.windowType() in _FRAMED:
            known = any(framed.window is child for framed in self._alive())
            if not known:
                self._take(child).show(*self._told)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.ChildPolished if isinstance(event, QChildEvent):
                self._opened(event.child())
            case QEvent.Type.Resize | QEvent.Type.Show:
                self._fit(watched)
            case QEvent.Type.WindowTitleChange:
                self._retitle(watched)
        return False

    def _fit(self, window: QObject) -> None:
        for framed in self._alive():
            if framed.window is window and framed.ribbon.isVisibleTo(framed.window):
                framed.ribbon.fit()

    def _retitle(self, window: QObject) -> None:
        for framed in self._alive():
            if framed.window is window:
                framed.retitled()
