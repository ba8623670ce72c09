"""The strip across the top: the one clock, the figures that matter most, the alarms, and the age of the data."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.feed import Feed, age, given, health
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.reports.board import roster
from console.session.store import Store
from console.ui.figures import counted, sources
from console.ui.figures.alarm_face import FOOT, alarm_face
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


AS_OF = "as of 00:00:00"
"""What each figure keeps room for, so that nothing moves when its feed fails."""

ROOMY = 1_600
"""Width at 100 % type from which tiles take their full size."""

GIVING = ("gross_share", "strict_diversions", "eligible_coverage")
"""Figures that give way where type is large: the live metrics show them at any width."""

NAMED = 2
"""Feeds in trouble that the tile names one by one; more are counted, and named below."""


class Strip(QWidget):
    """Tiles that follow the board second by second; pressing one opens the rows behind its number.

    ``wants_alarms`` asks for the list of alarms.
    """

    wants_alarms = Signal()

    def __init__(self, store: Store[State], view: Store[View]) -> None:
        super().__init__()
        self._store, self._view = store, view
        look = Look(*look_of(view.value))
        self._clock = Tile("clock", look)
        self._figures = {name: Tile(name, look) for name in ABOUT}
        self._alarms = Tile("alarms", look)
        self._ages = Tile("data_age", look)
        self._tiles = (self._clock, *self._figures.values(), self._alarms, self._ages)
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
        self._alarms.parted_left = self._ages.parted_left = self._ages.yielding = True
        self._ages.steady, self._ages.foot = False, " "
        for tile in self._figures.values():
            tile.foot = AS_OF
        self._alarms.foot = FOOT
        self._clock.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        dress(self, "strip")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 1)
        column.addWidget(TileRow(self._tiles, roomy=ROOMY, giving=GIVING))
        for tile in self._figures.values():
            tile.clicked.connect(self._open_counted)
        self._alarms.clicked.connect(self.wants_alarms)
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
        self._alarms.show_face(alarm_face(state, now))
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
        state.alarms.standing,
        state.alarms.flood,
    )


def clock_face(state: State, now: Present) -> Face:
    """The one clock of the window, with the shift and the time zone it is told in."""
    local = state.second.astimezone(now.zone)
    agency = state.agency
    shift = isolated(agency.shift) if agency else ""
    since = f"since {now.time(state.window_from)}" if state.window_from else ""
    zone = (
        f"{local:%Z}" if f"{local:%Z}"[:1].isalpha() else f"UTC{local:%Z}"
    )  # zones without a name of their own
    about = tip(joined((shift, since)), f"{local:%A, %B} {local.day}, {local.year}", f"{zone}, UTC{local:%z}")
    return Face(joined((shift, zone)), (Span(f"{local:%H:%M:%S}", "figure", "text"),), tip=about)


def age_face(state: State, now: Present) -> Face:
    """How old each kind of data is, trouble first; several sources of one kind go by the worst of them."""
    feeds = [min(group, key=lambda feed: _badness(feed, now)) for group in _kinds(state)]
    lines = [_feed_line(feed, now) for feed in state.feeds.values()]
    late = any(health(feed, now.at) is Health.STALE for feed in feeds)
    about = tip(*lines, "Enter or click: every feed, and what to do.")
    first, below = _parted(feeds, now)
    return Face("Data age", first or (Span("no feed yet", "body", "muted"),), below, about, late)


def _kinds(state: State) -> list[list[Feed]]:
    groups = (given(state.feeds.values(), name) for name in FeedName)
    return [group for group in groups if group]


def _parted(feeds: list[Feed], now: Present) -> tuple[tuple[Span, ...], str]:
    """The line and what stands below it: feeds in trouble above, else those without which none is sent."""
    bad = [feed for feed in feeds if health(feed, now.at) not in (Health.OK, Health.PAUSED)]
    if len(bad) > NAMED:
        worst = min(bad, key=lambda feed: _badness(feed, now))
        said = f"{len(bad)} feeds {word(health(worst, now.at))}"
        return (_trouble_span(worst, now, said),), _ages(feeds, now)
    if bad:
        spans = tuple(
            _trouble_span(feed, now, f"{_age(feed, now)} {word(health(feed, now.at))}") for feed in bad
        )
        return spans, _ages([feed for feed in feeds if feed not in bad], now)
    if feeds and not any(feed.every for feed in feeds):
        return (Span("from a file", "body", "text"),), joined(word(feed.name) for feed in feeds)
    above, below = feeds[:NAMED], feeds[NAMED:]
    return (Span(_ages(above, now), "body", "text"),) if above else (), _ages(below, now)


def _ages(feeds: list[Feed], now: Present) -> str:
    return joined(_age(feed, now) for feed in feeds)


def _age(feed: Feed, now: Present) -> str:
    if health(feed, now.at) is Health.PAUSED:
        return f"{word(feed.name)} {word(Health.PAUSED)}"
    old = age(feed, now.at)
    return f"{word(feed.name)} {age_text(old) if old is not None else ''}".strip()


def _trouble_span(feed: Feed, now: Present, said: str) -> Span:
    sign = HEALTH[health(feed, now.at)]
    return Span(said, "body", "text" if sign.token == "muted" else sign.token, icon=sign.icon)


def _badness(feed: Feed, now: Present) -> tuple[int, float]:
    found, old = health(feed, now.at), age(feed, now.at)
    rank = _WORST.index(found) if found in _WORST else len(_WORST)
    return rank, -old.total_seconds() if old is not None else 0.0


def _feed_line(feed: Feed, now: Present) -> str:
    found = health(feed, now.at)
    every = f"every {age_text(feed.every)}" if feed.every else "from a file, complete at each moment"
    name = f"{isolated(feed.source)} {word(feed.name)}"
    return joined((f"{name}: {word(found)}", f"{now.both(feed.answered_at)}", every, isolated(feed.detail)))
