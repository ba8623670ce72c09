"""Binds the key map to a window: a typed letter stays a letter, and lists keep their arrows."""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from console.ui.figures.list_keys import Does, ListKeys
from console.ui.frame.keys import REPLAY, Key, lone, typing, yielded

ONLY_REPLAY = frozenset(key.act for key in REPLAY)

REPEATS = frozenset(
    {
        *("larger", "smaller", "next_panel"),
        *("back", "on", "far_on", "far_back", "second_back", "second_on", "faster", "slower"),
        *("next_stop", "previous_stop", "next_bookmark", "previous_bookmark"),
    }
)
"""Acts that go on while their key is held: they move something. Whatever else is done is done once for each press."""

ELSEWHERE = frozenset({"acknowledge", "acknowledge_kind", "shelve", "mute", "looked_away", "handover"})
"""Acts whose keys work in the lists over the window too."""


class Shortcuts(ListKeys):
    """One shortcut for each key, so that a sign can be told from a chord; ``does`` has the acts by name.

    Keys of a replay are free on the live board. A shortcut goes before the widget that has the focus,
    so one that yields is put out of use whenever the focus goes to a list.
    """

    def __init__(
        self,
        window: QWidget,
        keys: Iterable[Key],
        does: Does,
        replaying: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._does, self._replaying = does, replaying
        self._bound: list[tuple[Key, QAction]] = []
        for key in keys:
            for text in key.keys if key.bound and key.act in does else ():
                self._bound.append((key, self._bind(window, key.act, text)))
        self._lists: list[tuple[QWidget, Does]] = []
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        app.focusChanged.connect(self._focused)
        self.refresh()

    @override
    def also(self, window: QWidget, own: Does) -> None:
        """Let the keys of `ELSEWHERE` work in ``window``, which lies over this one; ``own`` acts go before these."""
        self._lists = [(listed, does) for listed, does in self._lists if isValid(listed)]
        self._lists.append((window, own))
        for key, action in self._bound:
            if key.act in ELSEWHERE:
                self._bind(window, key.act, action.shortcut().toString())

    def _bind(self, window: QWidget, act: str, keys: str) -> QAction:
        action = QAction(act, window)
        action.setShortcut(QKeySequence(keys))
        action.setAutoRepeat(act in REPEATS)
        action.triggered.connect(self._triggered)
        window.addAction(action)
        return action

    def refresh(self) -> None:
        """Put each key in or out of use, as the replay and the focus are now."""
        replaying = self._replaying()
        for key, action in self._bound:
            action.setEnabled((replaying or key.act not in ONLY_REPLAY) and not yielded(key))

    def release(self) -> None:
        """Follow the focus no longer."""
        self._app.focusChanged.disconnect(self._focused)

    def _focused(self, _old: QWidget | None, _now: QWidget | None) -> None:
        self.refresh()

    def _triggered(self) -> None:
        """Do the act of the shortcut, unless it is a sign that somebody is typing."""
        action = self.sender()
        assert isinstance(action, QAction)
        if not (typing() and lone(action.shortcut())):
            over = action.parent()
            own = next((does for window, does in self._lists if window is over), {})
            (own.get(action.text()) or self._does[action.text()])()
