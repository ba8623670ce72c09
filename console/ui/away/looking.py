"""Remembers the board as it was when the person last touched a key or the mouse before a pause."""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow
from typing_extensions import override

from console.domain.state import State
from console.session.replays import Replays
from console.session.store import Store

PAUSE_MS = 60_000
"""Without a touch for so long a person counts as having looked away."""

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Looking(QObject):
    """Watches the program's windows for touches. ``since`` is the board that was last seen before the pause.

    It looks at what reaches a window, not at every event of the program, which would cost the frame dearly. A replay is
    another shift: with it everything begins anew.
    """

    def __init__(
        self, store: Store[State], replays: Replays | None, parent: QObject, pause_ms: int = PAUSE_MS
    ) -> None:
        super().__init__(parent)
        self._store, self._pause = store, pause_ms
        self._touched = self._since = store.value
        self._rest = QElapsedTimer()
        self._rest.start()
        self._windows: list[QWindow] = []
        self._app = QGuiApplication.instance()
        assert isinstance(self._app, QGuiApplication)
        self._app.focusWindowChanged.connect(self._follow)
        self._follow(self._app.focusWindow())
        self._unwatch = [store.watch(lambda state: bool(state.calls or state.units), self._begun)]
        if replays is not None:
            self._unwatch.append(replays.playing.watch(lambda playing: playing is not None, self._turned))

    @property
    def since(self) -> State:
        """The board as it was before the last pause, or when the window came up."""
        if self._since.at > self._store.value.at:
            self._since = self._store.value
        return self._since

    def touch(self) -> None:
        """The person does something: if that ends a pause, the board of before is what they saw last."""
        if self._rest.elapsed() >= self._pause:
            self._since = self._touched
        self._rest.restart()
        self._touched = self._store.value

    def release(self) -> None:
        """Watch no longer."""
        for unwatch in self._unwatch:
            unwatch()
        assert isinstance(self._app, QGuiApplication)
        self._app.focusWindowChanged.disconnect(self._follow)
        for window in self._windows:
            window.removeEventFilter(self)
        self._windows.clear()

    def _begun(self, _there: bool) -> None:
        """The first rows: nobody looked away from an empty board."""
        self._touched = self._since = self._store.value

    def _turned(self, _replaying: bool) -> None:
        self._touched = self._since = self._store.value

    def _follow(self, window: QWindow | None) -> None:
        if window is not None and window not in self._windows:
            window.installEventFilter(self)
            window.destroyed.connect(self._gone)
            self._windows.append(window)

    def _gone(self, window: QObject) -> None:
        self._windows = [other for other in self._windows if other is not window]

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.touch()
        return super().eventFilter(watched, event)
