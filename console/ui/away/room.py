"""What the window does for whoever comes back: it kept the board of before, and lists what changed since."""

from PySide6.QtWidgets import QWidget

from console.domain.state import State
from console.session.replays import Replays
from console.session.store import Store
from console.ui.away.looking import Looking
from console.ui.look.view import View


class AwayRoom:
    """Belongs to one ``window``; `close` it with that."""

    def __init__(
        self, window: QWidget, store: Store[State], view: Store[View], replays: Replays | None
    ) -> None:
        self._window, self._store, self._view = window, store, view
        self.looking = Looking(store, replays, window)

    def open(self) -> None:
        """List what changed since the person looked away; the key that asks for it is a touch like any other."""
        from console.ui.away.away import open_away

        open_away(self._store, self._view, self.looking.since, self._window)

    def close(self) -> None:
        """Watch no longer."""
        self.looking.release()
