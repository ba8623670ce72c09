"""Live metrics: the diversion figures side by side with n, formula, unknowns, and the trend of the shift."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.metrics import Teams
from console.domain.state import State
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.figures import counted
from console.ui.figures.faces import face
from console.ui.figures.figures import Queue, queue, readings
from console.ui.figures.listing import open_listing
from console.ui.figures.tilerow import TileRow
from console.ui.figures.tiles import Tile
from console.ui.figures.trend import Trend
from console.ui.figures.trend_lines import Shift
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.clocks import present
from console.ui.parts.masking import isolated
from console.ui.theme.style import dress

SHOWN = ("eligible_coverage", "strict_diversions", "gross_share", "waiting", "unmet_demand")
IN_STRIP = frozenset({"waiting", "unmet_demand"})
"""Tiles that give way in a narrow panel: the strip above shows the same figure."""


class MetricsPanel(QWidget):
    """Tiles over a trend; pressing a tile opens the calls behind it."""

    def __init__(self, store: Store[State], view: Store[View], _verbs: Verbs) -> None:
        super().__init__()
        self._store, self._view = store, view
        look = Look(*look_of(view.value))
        self._name, self._window, self._pack = QLabel("Live metrics"), QLabel(), QLabel()
        self._tiles = {name: Tile(name, look) for name in SHOWN}
        self._trend = Trend(look)
        self._queue = Queue()
        self._lay_out(look)
        self._unwatch = (
            view.watch(look_of, self._wear),
            store.watch(lambda state: (state.open_calls, state.definitions), self._count_waiting),
            store.watch(_figured, self._show),
            store.watch(lambda state: (state.agencies, state.definitions), self._show_head),
            store.watch(lambda state: (state.samples, state.agencies), self._show_trend),
        )

    def _lay_out(self, look: Look) -> None:
        self.setAccessibleName("Live metrics")
        sizes = look.sizes
        head = QHBoxLayout()
        head.setContentsMargins(sizes.grid(3), 0, sizes.grid(3), 0)
        head.setSpacing(sizes.grid(2))
        for label, role in ((self._name, "label"), (self._window, "title"), (self._pack, "label")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            dress(label, role)  # type: ignore[arg-type]  # one of its literals
        head.addWidget(self._name)
        head.addWidget(self._window, 1)
        head.addWidget(self._pack)
        body, scroll = QWidget(), QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = _column(body)
        inner.addWidget(TileRow(tuple(self._tiles.values()), spare=IN_STRIP))
        inner.addWidget(self._trend, 1)
        scroll.setWidget(body)
        column = _column(self)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        for tile in self._tiles.values():
            tile.clicked.connect(self._open_counted)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        look = Look(*slice_)
        self._name.setMinimumHeight(look.sizes.row)
        for tile in self._tiles.values():
            tile.wear(look)
        self._trend.wear(look)

    def _count_waiting(self, _slice: object) -> None:
        state = self._store.value
        self._queue = queue(state.open_calls.values(), state.definitions)

    def _show(self, _slice: object) -> None:
        state = self._store.value
        for reading in readings(state, self._queue, Teams()):
            if reading.name in self._tiles:
                self._tiles[reading.name].show_face(face(reading, note=True))

    def _show_head(self, _slice: object) -> None:
        state = self._store.value
        now = present(state.second, state.agency)
        since = state.window_from
        self._window.setText(f"this shift, since {now.time(since)}" if since else "all calls on the board")
        pack = state.definitions
        self._pack.setText(
            f"{isolated(pack.name)} {isolated(pack.version)}" if pack.natures else "no definitions"
        )

    def _show_trend(self, _slice: object) -> None:
        state = self._store.value
        now = present(state.second, state.agency)
        self._trend.show_shift(Shift(state.samples, state.window_from, now))

    def _open_counted(self) -> None:
        open_listing(self._store, self._view, counted.sheet(self.sender().objectName()), self)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        for unwatch in self._unwatch:
            unwatch()
        super().closeEvent(event)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _figured(state: State) -> tuple[object, ...]:
    return state.second, state.tally, state.open_calls, state.feeds, state.agencies, state.definitions
