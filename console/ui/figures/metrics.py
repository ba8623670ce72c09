"""Live metrics: the diversion figures side by side with n, formula, unknowns, and the trend of the shift."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.metrics import Teams
from console.domain.state import State
from console.domain.trend import Sample, free_teams, sample
from console.domain.vocabulary import FeedName
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
from console.ui.parts.freshness import as_of_text, freshness
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
        self._late, self._row = QLabel(), QHBoxLayout()
        self._tiles = {name: Tile(name, look) for name in SHOWN}
        self._trend = Trend(look)
        self._queue = Queue()
        self._lay_out(look)
        self._unwatch = (
            view.watch(look_of, self._wear),
            store.watch(lambda state: (state.open_calls, state.definitions), self._count_waiting),
            store.watch(_figured, self._show),
            store.watch(_headed, self._show_head),
            store.watch(
                lambda state: (state.samples, state.agencies, state.units, state.tally), self._show_trend
            ),
        )

    def _lay_out(self, look: Look) -> None:
        self.setAccessibleName("Live metrics")
        sizes = look.sizes
        head = self._row
        head.setContentsMargins(sizes.grid(3), 0, sizes.grid(3), 0)
        head.setSpacing(sizes.grid(2))
        for label, role in ((self._name, "label"), (self._window, "title"), (self._pack, "label")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            dress(label, role)  # type: ignore[arg-type]  # one of its literals
        self._late.setTextFormat(Qt.TextFormat.PlainText)
        dress(self._late, "muted", "stale")
        head.addWidget(self._name)
        head.addWidget(self._window)
        head.addWidget(self._late)
        head.addStretch(1)
        head.addWidget(self._pack)
        body, scroll = QWidget(), QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = _column(body)
        inner.addWidget(TileRow(tuple(self._tiles.values()), spare=IN_STRIP))
        scroll.setAccessibleName("Figures and trend")
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
        self._fit_head()

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
        self._late.setText(as_of_text(freshness(state.feeds, FeedName.CALLS, now.at), now))
        self._late.setVisible(bool(self._late.text()))
        pack = state.definitions
        self._pack.setText(
            f"{isolated(pack.name)} {isolated(pack.version)}" if pack.natures else "no definitions"
        )
        self._fit_head()

    def _fit_head(self) -> None:
        """Drop what says least from the title row where it is too short for all of it."""
        gap, room = self._row.spacing(), self.width() - 2 * self._row.contentsMargins().left()
        shown = [self._window, *([self._late] if self._late.text() else [])]
        for label in (self._pack, self._name):
            label.setVisible(sum(one.sizeHint().width() + gap for one in (*shown, label)) <= room)
            shown += [label] if not label.isHidden() else []

    def _show_trend(self, _slice: object) -> None:
        state = self._store.value
        now = present(state.second, state.agency)
        free = free_teams(state.units.values())
        self._trend.show_shift(Shift(_up_to_now(state), state.window_from, now, free))

    def _open_counted(self) -> None:
        open_listing(self._store, self._view, counted.sheet(self.sender().objectName()), self)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        for unwatch in self._unwatch:
            unwatch()
        super().closeEvent(event)


def _up_to_now(state: State) -> tuple[Sample, ...]:
    """The samples with the present at their end, so that lines and tiles say the same."""
    if not state.samples or state.samples[-1].at >= state.second:
        return state.samples
    return (*state.samples, sample(state.second, state.tally, state.units.values()))


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _headed(state: State) -> tuple[object, ...]:
    return state.agencies, state.definitions, freshness(state.feeds, FeedName.CALLS, state.second)


def _figured(state: State) -> tuple[object, ...]:
    return state.second, state.tally, state.open_calls, state.agencies, state.definitions
