"""What stands across the bottom of the window while something is replayed: the transport bar."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QToolBar
from typing_extensions import override

from console.domain.due import Can
from console.domain.state import State
from console.session.replays import Replays
from console.session.store import Store
from console.ui.frame.keys import Key, printed
from console.ui.look.view import View
from console.ui.transport.acts import acts

if TYPE_CHECKING:
    from console.ui.transport.bar import TransportBar


class Below(QToolBar):
    """The bar is built with the first replay: on a live board nobody waits for it.

    ``turned`` tells that a replay begins or is over, ``leave`` that a person is done with it.
    """

    turned = Signal()
    leave = Signal()

    def __init__(self, store: Store[State], view: Store[View], replays: Replays, keys: Iterable[Key]) -> None:
        super().__init__("Replay controls")
        self._store, self._view, self._replays = store, view, replays
        self._keys = {key.act: " or ".join(printed(key)) for key in keys}
        self._bar: TransportBar | None = None
        self.does: Mapping[str, Callable[[], None]] = {**acts(replays, self._say), "go_to": self._ask}
        self.does = {**self.does, "play": partial(self._play, self.does["play"])}
        self._lay_out()
        self._unwatch = replays.playing.watch(lambda playing: playing is not None, self._turn)

    def _lay_out(self) -> None:
        self.setObjectName("transport")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setStyleSheet("QToolBar#transport { border: 0; padding: 0; spacing: 0; }")
        self.toggleViewAction().setVisible(False)
        layout = self.layout()
        assert layout is not None  # a tool bar has one
        layout.setContentsMargins(0, 0, 0, 0)

    @property
    def replays(self) -> Replays:
        """The recorded shifts, and the one on the screen."""
        return self._replays

    @property
    def seekable(self) -> bool:
        """Whether another moment of the board on the screen can be shown: then there is a bar to do so."""
        return Can.SEEK in self._replays.can

    @property
    def bar(self) -> "TransportBar | None":
        """The transport bar, once there was a replay."""
        return self._bar

    def settle(self) -> None:
        """Show the bar in a replay only, whatever a remembered layout says."""
        self.setVisible(self.seekable)

    def close_field(self) -> bool:
        """Close the field for a time; whether it was open."""
        found = self._bar is not None and self._bar.go_to.isVisible()
        if self._bar is not None and found:
            self._bar.go_to.close_field()
        return found

    def _turn(self, replaying: bool) -> None:
        if replaying and self._bar is None:
            self._bar = self._built()
        focus = QApplication.focusWidget()
        if not replaying and focus is not None and self.isAncestorOf(focus):
            self.window().setFocus()
        self.settle()
        self.turned.emit()

    def _built(self) -> "TransportBar":
        from console.ui.transport.bar import TransportBar

        bar = TransportBar(self._store, self._view, self._replays, self.does, self._keys)
        bar.leave.connect(self.leave)
        self.addWidget(bar)
        return bar

    def _say(self, text: str) -> None:
        if self._bar is not None:
            self._bar.say(text)

    def _play(self, toggle: Callable[[], None]) -> None:
        """Who plays goes on with the arrows."""
        toggle()
        if self._bar is not None and self.seekable:
            self._bar.take_focus()

    def _ask(self) -> None:
        if self._bar is not None and self.seekable:
            self._bar.ask()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._unwatch()
        if self._bar is not None:
            self._bar.close()
        super().closeEvent(event)
