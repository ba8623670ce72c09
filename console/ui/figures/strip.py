"""The strip across the top: the one clock, the figures that matter most, and the age of the data."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.feed import Feed, age, health
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.reports.board import roster
from console.session.store import Store
from console.ui.figures import counted, sources
from console.ui.figures.faces import Face, Span, face
from console.ui.figures.figures import ABOUT, Queue, queue, readings
from console.ui.figures.listing import open_listing
from console.ui.figures.tilerow import TileRow
from console.ui.figures.tiles import Tile
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.clocks import Present, age_text, present
from console.ui.parts.masking import isolated, joined, tip
from console.ui.theme.style import dress
from console.ui.theme.theme import HEALTH
from console.ui.theme.words import word

_WORST = (
    Health.AUTH,
    Health.DOWN,
    Health.STALE,
    Health.LATE,
    Health.DEGRADED,
    Health.PAUSED,
    Health.STARTING,
)


class Strip(QWidget):
    """Tiles that follow the board second by second; pressing one opens the rows behind its number."""

    def __init__(self, store: Store[State], view: Store[View]) -> None:
        super().__init__()
        self._store, self._view = store, view
        look = Look(*look_of(view.value))
        self._clock = Tile("clock", look)
        self._figures = {name: Tile(name, look) for name in ABOUT}
        self._ages = Tile("data_age", look)
        self._tiles = (self._clock, *self._figures.values(), self._ages)
        self._queue = Queue()
        self._roster = roster(store.value)
        self._lay_out()
        self._unwatch = (
            view.watch(look_of, self._wear),
            store.watch(lambda state: (state.open_calls, state.definitions), self._count_waiting),
            store.watch(lambda state: state.units, self._count_teams),
            store.watch(_shown, self._show),
        )

    def _lay_out(self) -> None:
        self.setObjectName("strip")
        self.setAccessibleName("Shift at a glance")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._ages.parted_left = True
        self._clock.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        dress(self, "strip")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 1)
        column.addWidget(TileRow(self._tiles))
        for tile in self._figures.values():
            tile.clicked.connect(self._open_counted)
        self._ages.clicked.connect(self._open_feeds)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        look = Look(*slice_)
        for tile in self._tiles:
            tile.wear(look)

    def _count_waiting(self, _slice: object) -> None:
        state = self._store.value
        self._queue = queue(state.open_calls.values(), state.definitions)

    def _count_teams(self, _units: object) -> None:
        self._roster = roster(self._store.value)

    def _show(self, _slice: object) -> None:
        state = self._store.value
        now = present(state.second, state.agency)
        self._clock.show_face(clock_face(state, now))
        for reading in readings(state, self._queue, self._roster):
            self._figures[reading.name].show_face(face(reading))
        self._ages.show_face(age_face(state, now))

    def _open_counted(self) -> None:
        open_listing(self._store, self._view, counted.sheet(self.sender().objectName()), self)

    def _open_feeds(self) -> None:
        open_listing(self._store, self._view, sources.feed_sheet(), self)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        for unwatch in self._unwatch:
            unwatch()
        super().closeEvent(event)


def _shown(state: State) -> tuple[object, ...]:
    return (
        state.second,
        state.tally,
        state.units,
        state.open_calls,
        state.feeds,
        state.agencies,
        state.definitions,
    )


def clock_face(state: State, now: Present) -> Face:
    """The one clock of the window, with the shift and the time zone it is told in."""
    local = state.second.astimezone(now.zone)
    agency = state.agency
    shift = isolated(agency.shift) if agency else ""
    since = f"since {now.time(state.window_from)}" if state.window_from else ""
    zone = f"{local:%Z}"
    about = tip(joined((shift, since)), f"{local:%A, %B} {local.day}, {local.year}", f"{zone}, UTC{local:%z}")
    return Face(joined((shift, zone)), (Span(f"{local:%H:%M:%S}", "figure", "text"),), tip=about)


def age_face(state: State, now: Present) -> Face:
    """How old each kind of data is; several sources of one kind go by the worst of them."""
    spans = list(_age_spans(state, now))
    lines = [_feed_line(feed, now) for feed in state.feeds.values()]
    late = any(span.token == "stale" for span in spans)
    shown = tuple(spans) or (Span("no feed yet", "body", "muted"),)
    return Face("Data age", shown, tip=tip(*lines, "Enter or click: every feed, and what to do."), late=late)


def _age_spans(state: State, now: Present) -> Iterator[Span]:
    first = True
    for name in FeedName:
        feeds = [feed for feed in state.feeds.values() if feed.name is name]
        if not feeds:
            continue
        if not first:
            yield Span("·", "body")
        first = False
        worst = min(feeds, key=lambda feed: _badness(feed, now))
        yield _age_span(worst, now)


def _badness(feed: Feed, now: Present) -> tuple[int, float]:
    found, old = health(feed, now.at), age(feed, now.at)
    rank = _WORST.index(found) if found in _WORST else len(_WORST)
    return rank, -old.total_seconds() if old is not None else 0.0


def _age_span(feed: Feed, now: Present) -> Span:
    found = health(feed, now.at)
    old = age(feed, now.at)
    said = f"{word(feed.name)} {age_text(old) if old is not None else ''}".strip()
    if found is Health.OK:
        return Span(said, "body", "text")
    sign = HEALTH[found]
    token = "text" if sign.token == "muted" else sign.token
    return Span(f"{said} {word(found)}", "body", token, icon=sign.icon)


def _feed_line(feed: Feed, now: Present) -> str:
    found = health(feed, now.at)
    every = f"every {age_text(feed.every)}"
    name = f"{isolated(feed.source)} {word(feed.name)}"
    return joined((f"{name}: {word(found)}", f"{now.both(feed.answered_at)}", every, isolated(feed.detail)))
