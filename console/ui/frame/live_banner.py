"""What is wrong on the live board while a replay is shown: the present goes on behind it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.state import State
from console.session.replays import Replays
from console.session.store import Store
from console.ui.frame.trouble_bar import TroubleBar
from console.ui.frame.troubles import troubles
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.clocks import present
from console.ui.replay.words import RETURN

PREFIX = "LIVE: "


class LiveBanner(QWidget):
    """Hidden while the live board is shown, or has no trouble; its button goes back to it."""

    def __init__(self, view: Store[View], replays: Replays) -> None:
        super().__init__()
        self._replays, self._live = replays, replays.live
        self._bar = TroubleBar(Look(*look_of(view.value)), PREFIX, RETURN)
        self._bar.more.clicked.connect(replays.back_to_live)
        self.setAccessibleName("Trouble on the live board")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._bar)
        self._unwatch: list[Callable[[], None]] = [
            view.watch(look_of, self._wear),
            replays.playing.watch(lambda playing: playing is None, self._show),
        ]
        if self._live is not None:
            self._unwatch.append(self._live.watch(_slice, self._show))
        else:
            self.hide()

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._bar.wear(Look(*slice_))
        self._show(None)

    def _show(self, _slice: object) -> None:
        if self._live is not None:
            state = self._live.value
            found = troubles(state) if self._replays.playing.value is not None else ()
            self._bar.tell(found, present(state.second, state.agency))
            self.setVisible(bool(found))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        for unwatch in self._unwatch:
            unwatch()
        super().closeEvent(event)


def _slice(state: State) -> tuple[object, ...]:
    return state.feeds, state.second, state.recording
