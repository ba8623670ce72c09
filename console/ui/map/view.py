"""The map panel: the board's units and calls on the ground, in a web view that is told only of changes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget
from typing_extensions import override

from console.domain.state import State
from console.session.clock import steady
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.look.view import View, with_call, with_unit
from console.ui.map import assets, cards
from console.ui.map.fallback import Fallback
from console.ui.map.message import Message, script
from console.ui.map.outbox import Outbox
from console.ui.map.pusher import Pusher
from console.ui.map.scheme import Files
from console.ui.map.surface import Surface
from console.ui.theme.style import dress

MOST_LOSSES = 3
LOSSES_WITHIN_S = 300.0
"""So many lost pages within so many seconds, and the panel lists the units instead (RELIABILITY 63)."""


class MapPanel(QWidget):
    """Shows one store's board by the view's filters and selection. ``files`` come from `assets.files`.

    ``clock`` counts seconds that only rise; it tells how often the page was lost.
    """

    def __init__(
        self,
        store: Store[State],
        view: Store[View],
        verbs: Verbs,
        files: Files,
        clock: Callable[[], float] = steady,
    ) -> None:
        super().__init__()
        self.setAccessibleName("Map")
        self._store, self._view, self._verbs, self._clock = store, view, verbs, clock
        self._wanted = ("", "")
        self._losses: list[float] = []
        self._outbox = Outbox(assets.base_maps(files))
        self._surface = Surface(files, self, self)
        self._pusher = Pusher(self._message, self._surface.say, self)
        self._notice = _notice()
        self._fallback = Fallback(store, view)
        self._pages = QStackedLayout(self)
        for page in (self._notice, self._surface, self._fallback):
            self._pages.addWidget(page)
        self._surface.lost.connect(self._lost)
        self._pusher.stalled.connect(self._stalled)
        self._fallback.again.connect(self._again)
        self._unwatch: list[Callable[[], None]] = [
            store.watch(_board, self._board_changed),
            view.watch(_scene, self._view_changed),
            view.watch(lambda seen: seen.scale, self._surface.setZoomFactor),
        ]
        self._load("The map is loading.")

    def fit(self) -> None:
        """Show everything that is on the map, and keep it in sight until a person moves the map."""
        self._surface.say(script("fit"))

    def page_ready(self) -> None:
        """The page can be told things: it learns everything."""
        self._surface.settled()
        self._outbox.forget()
        self._pusher.open()
        self._pages.setCurrentWidget(self._surface)

    def page_painted(self, number: int, cost_ms: float) -> None:
        """The page drew a message and can take the next."""
        self._pusher.painted(number)

    def page_picked(self, kind: str, key: str) -> None:
        """Select what was clicked, in every panel."""
        view, state = self._view.value, self._store.value
        if kind == "call" and key in state.calls:
            self._view.set(with_call(view, key))
        elif kind == "unit" and key in state.units:
            self._view.set(with_unit(view, key))
        elif not kind:
            self._view.set(with_call(view, ""))

    def page_looked(self, kind: str, key: str) -> None:
        """Tell the page the text box of what is pointed at, and keep it current."""
        self._wanted = (kind, key)
        self._outbox.repeat_card()
        self._pusher.want(urgent=True)

    def page_held(self, key: str) -> None:
        """Show what a call's mask hides, of the call whose card is open; the log says that it was shown.

        The page forgets it on release, so there is nothing to take back here.
        """
        call = self._store.value.calls.get(key)
        if call is not None and self._wanted == ("call", key):
            self._verbs.reveal(key)
            self._surface.say(script("reveal", cards.secret(call)))

    def _message(self) -> Message:
        return self._outbox.message(self._store.value, self._view.value, self._wanted)

    def _board_changed(self, _board: tuple[Any, ...]) -> None:
        self._pusher.want()

    def _view_changed(self, _scene: tuple[Any, ...]) -> None:
        self._pusher.want(urgent=True)

    def _load(self, text: str) -> None:
        self._pusher.close()
        self._notice.setText(text)
        self._pages.setCurrentWidget(self._notice)
        self._surface.open(self._view.value.theme.land)

    @Slot()
    def _lost(self) -> None:
        now = self._clock()
        self._losses = [at for at in self._losses if now - at < LOSSES_WITHIN_S] + [now]
        if len(self._losses) < MOST_LOSSES:
            self._load("The map stopped and is loading again. The board goes on.")
        else:
            self._pusher.close()
            self._pages.setCurrentWidget(self._fallback)

    @Slot()
    def _stalled(self) -> None:
        """The page left a message unanswered. One that nobody sees may sleep; any other is lost."""
        if self.isVisible():
            self._lost()
        else:
            self._pusher.wait()

    @Slot()
    def _again(self) -> None:
        self._losses.clear()
        self._load("The map is loading again.")

    def close_panel(self) -> None:
        """Stop watching and take the page down; nothing of the panel is called after this."""
        if self._unwatch:
            self._pusher.close()
            self._fallback.close_panel()
            self._surface.end()
        for unwatch in self._unwatch:
            unwatch()
        self._unwatch.clear()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page at its size while it loads out of sight, so that it is fitted right at once."""
        super().resizeEvent(event)
        self._surface.setGeometry(self.rect())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_panel()
        super().closeEvent(event)


def _notice() -> QLabel:
    label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    dress(label, "muted")
    return label


def _board(state: State) -> tuple[Any, ...]:
    """What of the board the map shows."""
    return (
        *(state.positions, state.units, state.open_calls, state.missing),
        *(state.feeds, state.agencies, state.definitions, state.alarms, state.second),
    )


def _scene(view: View) -> tuple[Any, ...]:
    """What of the view the map shows."""
    return view.theme, view.call, view.unit, view.filters
