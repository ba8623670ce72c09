"""What a person can do about the handover; what it takes to print is loaded when somebody does."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from console.domain.state import State
from console.session.replays import Replays
from console.session.store import Store
from console.session.verbs import Verbs

Say = Callable[[str], None]


class HandoverRoom:
    """The acts by their names in ``does``; ``say`` tells a person how it went."""

    def __init__(
        self, window: QWidget, store: Store[State], verbs: Verbs, replays: Replays | None, say: Say
    ) -> None:
        self._window, self._store, self._verbs = window, store, verbs
        self._replays, self._say = replays, say

    @property
    def does(self) -> Mapping[str, Callable[[], None]]:
        """What can be done, by the names of the key map and the command bar."""
        return {"handover": self._save, "print_handover": self._print}

    def _save(self) -> None:
        from console.ui.handover.handing import save_handover, taken

        save_handover(taken(self._store.value, self._verbs.who, self._replays), self._window, self._say)

    def _print(self) -> None:
        from console.ui.handover.handing import known_printers, print_handover, taken

        found = taken(self._store.value, self._verbs.who, self._replays)
        print_handover(found, self._window, self._say, known_printers)
