"""Everything about recorded shifts that a window has: the frame, the lists, bookmarks, notes and the debrief.

What it opens is loaded when it is first opened: on a live board nobody waits for it.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from console.domain.due import Can
from console.domain.state import State
from console.session.replays import Choices, Replays
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.look.view import View
from console.ui.parts.masking import isolated
from console.ui.replay.words import SHIFTS

if TYPE_CHECKING:
    from console.ui.replay.framing import Framing

ONLY_LIVE = "not in a replay"
ELSEWHERE = "by the console that is followed"
NOT_RECORDED = (
    "Nothing is recorded here, so there is no shift to replay. Set record = true under [archive] in the "
    "configuration, or start with --archive FILE."
)
NOT_ASKED = "A replay asks no feed for data. Press L to return to the live board first."
ASKED_ELSEWHERE = "This console follows another one, which asks the feeds. Press F5 there."

Say = Callable[[str], None]


class ReplayRoom:
    """The acts by their names in ``does``; ``say`` tells a person something in the window's banner."""

    def __init__(
        self, window: QWidget, store: Store[State], view: Store[View], verbs: Verbs, replays: Replays | None
    ) -> None:
        self._window, self._store, self._view, self._verbs = window, store, view, verbs
        self._replays = replays
        self._say: Say = _unheard
        self._told = ""
        self._framing: Framing | None = None
        self._unwatch: tuple[Callable[[], None], ...] = ()

    @property
    def does(self) -> Mapping[str, Callable[[], None]]:
        """What can be done, by the names of the key map and the command bar."""
        return {
            "shifts": self._choose,
            "refresh": self._refresh,
            "bookmark": self._bookmark,
            "note": self._note,
            "kept": self._kept,
            "debrief": self._save,
        }

    @property
    def replaying(self) -> bool:
        """Whether a replay is on the screen."""
        return self._replays is not None and self._replays.playing.value is not None

    def open(self, say: Say) -> None:
        """The window stands: from here on it is framed in every replay, and told things by ``say``."""
        self._say = say
        if self._replays is not None:
            self._unwatch = (
                self._replays.choices.watch(lambda choices: choices, self._heard),
                self._replays.playing.watch(lambda playing: playing is None, self._frame),
            )

    def only_live(self) -> str:
        """Why the feeds cannot be asked now; empty where they can."""
        if self._asks:
            return ""
        return ONLY_LIVE if self.replaying else ELSEWHERE

    def close(self) -> None:
        """Close what is open, and watch nothing any more."""
        for opened in self._window.findChildren(QDialog):
            opened.close()
        if self._framing is not None:
            self._framing.close()
        for unwatch in self._unwatch:
            unwatch()

    def _frame(self, live: bool) -> None:
        """With the first replay; the frame then sees by itself when one begins or is over."""
        if not live and self._framing is None and self._replays is not None:
            from console.ui.replay.framing import Framing

            self._framing = Framing(self._store, self._view, self._replays, self._window)

    def _heard(self, choices: Choices) -> None:
        """Trouble with a shift is told in the list of shifts, and here where that is not open."""
        listed = any(opened.isVisible() for opened in self._window.findChildren(QDialog, SHIFTS))
        if choices.trouble and choices.trouble != self._told and not listed:
            self._say(isolated(choices.trouble))
        self._told = choices.trouble

    @property
    def _asks(self) -> bool:
        """Whether the feeds of the board on the screen can be asked; a live one of which nothing is recorded asks."""
        return self._replays is None or Can.REFRESH in self._replays.can

    def _refresh(self) -> None:
        if self._asks:
            self._verbs.refresh()
        else:
            self._say(NOT_ASKED if self.replaying else ASKED_ELSEWHERE)

    def _choose(self) -> None:
        if self._replays is None:
            self._say(NOT_RECORDED)
            return
        from console.ui.replay.choose import open_shifts

        open_shifts(self._view, self._replays, self._window)

    def _bookmark(self) -> None:
        from console.ui.replay.writing import bookmark, write

        write(self._store, self._view, bookmark(self._verbs.bookmark), self._window)

    def _note(self) -> None:
        from console.ui.replay.writing import note, write

        write(self._store, self._view, note(self._verbs.note), self._window)

    def _kept(self) -> None:
        from console.ui.replay.kept import open_kept

        open_kept(self._store, self._view, self._replays, self._window)

    def _save(self) -> None:
        from console.ui.replay.saving import mark_of, saving

        state = self._store.value
        saving(state, self._replays, self._say).ask(self._window, mark_of(state, self._replays))


def _unheard(_text: str) -> None:
    """No window stands yet that could tell anything."""
