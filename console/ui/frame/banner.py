"""What is wrong with the data, in one line above the board: what, since when, what to do. Else nothing.

The agency's notice (a demo, a shift of the past) stands below it as a calm ribbon. Both push the board
down; neither covers it. In a replay the trouble is that of the replayed moment, and looks past.
"""

from typing import Any

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.state import State
from console.session.replays import Replays
from console.session.store import Store
from console.ui.figures.listing import open_listing
from console.ui.figures.sources import feed_sheet
from console.ui.frame.trouble_bar import TroubleBar, in_line, plain_line
from console.ui.frame.troubles import notices, recording_notice, troubles
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.clocks import present
from console.ui.parts.masking import joined
from console.ui.theme.style import dress


class Banner(QWidget):
    """The worst trouble, a button for the others, and the ribbon of notices; hidden while both are empty."""

    def __init__(self, store: Store[State], view: Store[View], replays: Replays | None = None) -> None:
        super().__init__()
        self._store, self._view, self._replays = store, view, replays
        look = Look(*look_of(view.value))
        self._bar = TroubleBar(look)
        self._calm, self._ribbon, self._seen = QFrame(), QLabel(), QPushButton("Close")
        self._own = self._told = self._closed = ""
        self._lay_out(look)
        self._bar.more.clicked.connect(self._open_feeds)
        self._seen.clicked.connect(self._close_own)
        self._unwatch = (
            view.watch(look_of, self._wear),
            store.watch(
                lambda state: (state.feeds, state.agencies, state.second, state.recording, state.refused),
                self._show,
            ),
            *([replays.playing.watch(lambda playing: playing is None, self._show)] if replays else ()),
        )

    def say(self, notice: str) -> None:
        """Tell something of this workstation, until it is closed."""
        self._own = notice
        self._show(None)

    def _lay_out(self, look: Look) -> None:
        self.setAccessibleName("Trouble and notices")
        plain_line(self._ribbon)
        in_line(self._calm, (self._ribbon, self._seen), look.sizes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._calm)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._bar.wear(Look(*slice_))
        self._show(None)

    def _show(self, _slice: object) -> None:
        state = self._store.value
        past = self._replays is not None and self._replays.playing.value is not None
        found = troubles(state)
        self._bar.tell(found, present(state.second, state.agency), past=past)
        self._told = "" if past else recording_notice(state.recording)
        once = "" if self._told == self._closed else self._told
        notice = joined((self._own, once, notices(state)))
        self._ribbon.setText(notice)
        dress(self._calm, "ribbon", "muted")
        self._seen.setVisible(bool(self._own or once))
        self._calm.setVisible(bool(notice))
        self.setVisible(bool(found or notice))

    def _close_own(self) -> None:
        """A notice of the recording was read: it is not told again unless it changes."""
        self._closed = self._told
        self.say("")

    def _open_feeds(self) -> None:
        open_listing(self._store, self._view, feed_sheet(), self)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        for unwatch in self._unwatch:
            unwatch()
        super().closeEvent(event)
