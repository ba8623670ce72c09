"""What is wrong with the data, in one line above the board: what, since when, what to do. Else nothing.

The agency's notice (a demo, a shift of the past) stands below it as a calm ribbon. Both push the board
down; neither covers it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.feed import Feed, health
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.session.store import Store
from console.ui.figures.listing import open_listing
from console.ui.figures.sources import feed_sheet, todo
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.clocks import Present, present
from console.ui.parts.masking import isolated, joined
from console.ui.theme.sizes import Sizes
from console.ui.theme.style import dress
from console.ui.theme.theme import HEALTH, Token
from console.ui.theme.words import word

RANKS: Mapping[Health, int] = MappingProxyType(
    {Health.AUTH: 0, Health.DOWN: 1, Health.STALE: 2, Health.DEGRADED: 3}
)
"""The states of a feed that are told in the banner, the worst first: one that will not heal by itself."""

VITAL = frozenset({FeedName.CALLS, FeedName.UNITS})
"""The feeds without which nobody can be sent: trouble with one of them is told before any other."""

_ORDER = {name: place for place, name in enumerate(FeedName)}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cause and every feed it holds up; ``since`` is when the last good answer or the cause began."""

    health: Health
    what: str
    since: datetime | None
    todo: str

    @property
    def tone(self) -> Token:
        """The color that the cause has everywhere."""
        return HEALTH[self.health].token

    def told(self, now: Present) -> str:
        """What, since when, what to do."""
        since = f"since {now.time(self.since)} ({now.ago(self.since)})" if self.since else "from the start"
        return joined((self.what, since, self.todo))


def troubles(state: State) -> tuple[Trouble, ...]:
    """What is wrong with the feeds at ``state.second``, the worst first; one cause is one trouble."""
    now = present(state.second, state.agency)
    bad = [feed for feed in state.feeds.values() if health(feed, now.at) in RANKS]
    bad.sort(key=lambda feed: (_cause(feed, now), _ORDER[feed.name]))
    groups = [list(group) for _, group in groupby(bad, key=lambda feed: _cause(feed, now))]
    groups.sort(key=lambda group: not any(feed.name in VITAL for feed in group))
    return tuple(_trouble(group, now) for group in groups)


def notices(state: State) -> str:
    """What the sources say of themselves, as long as they are shown."""
    return joined(isolated(agency.notice) for agency in state.agencies.values())


def _cause(feed: Feed, now: Present) -> tuple[int, str, str, str]:
    return RANKS[health(feed, now.at)], feed.source, feed.detail, feed.tip


def _trouble(feeds: list[Feed], now: Present) -> Trouble:
    first = feeds[0]
    found = health(first, now.at)
    names = ", ".join(word(feed.name) for feed in feeds)
    said = f"{isolated(first.source)}: {names} {word(found)}"
    what = joined((said, isolated(first.detail)))
    return Trouble(found, what, min(_since(feed, found) for feed in feeds), todo(first, now))


def _since(feed: Feed, found: Health) -> datetime:
    """When the trouble began: for silence that is the last good answer."""
    return (feed.answered_at or feed.since) if found is Health.STALE else feed.since


class Banner(QWidget):
    """The worst trouble, a button for the others, and the ribbon of notices; hidden while both are empty."""

    def __init__(self, store: Store[State], view: Store[View]) -> None:
        super().__init__()
        self._store, self._view = store, view
        self._bar, self._icon, self._text = QFrame(), QLabel(), QLabel()
        self._more = QPushButton()
        self._calm, self._ribbon, self._seen = QFrame(), QLabel(), QPushButton("Close")
        self._own = ""
        self._look = Look(*look_of(view.value))
        self._worst: Trouble | None = None
        self._lay_out()
        self._more.clicked.connect(self._open_feeds)
        self._seen.clicked.connect(self._close_own)
        self._unwatch = (
            view.watch(look_of, self._wear),
            store.watch(lambda state: (state.feeds, state.agencies, state.second), self._show),
        )

    def say(self, notice: str) -> None:
        """Tell something of this workstation, until it is closed."""
        self._own = notice
        self._show(None)

    def _lay_out(self) -> None:
        self.setAccessibleName("Trouble and notices")
        sizes = self._look.sizes
        for label in (self._text, self._ribbon):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._text.setContentsMargins(0, sizes.grid(1), 0, sizes.grid(1))
        self._bar.setObjectName("bar")
        _in_line(self._bar, (self._icon, self._text, self._more), sizes)
        _in_line(self._calm, (self._ribbon, self._seen), sizes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._calm)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._look = Look(*slice_)
        self._worst = None
        self._show(None)

    def _show(self, _slice: object) -> None:
        state = self._store.value
        found = troubles(state)
        self._bar.setVisible(bool(found))
        if found:
            self._show_worst(found[0], len(found) - 1, present(state.second, state.agency))
        else:
            self._worst = None
        notice = joined((self._own, notices(state)))
        self._ribbon.setText(notice)
        dress(self._calm, "ribbon", "muted")
        self._seen.setVisible(bool(self._own))
        self._calm.setVisible(bool(notice))
        self.setVisible(bool(found or notice))

    def _show_worst(self, worst: Trouble, others: int, now: Present) -> None:
        self._text.setText(worst.told(now))
        self._more.setText(f"{others} more" if others else "All feeds")
        if self._worst is not None and (worst.health, worst.what) == (self._worst.health, self._worst.what):
            return
        self._worst = worst
        for widget in (self._bar, self._text, self._more):
            dress(widget, "banner", worst.tone)
            widget.setStyleSheet(_PADS.get(type(widget), "") + self._night(widget, worst.tone))
        ink: Token = worst.tone if self._look.theme.name == "night" else "ink"
        icon, ratio = HEALTH[worst.health].icon, self.devicePixelRatioF()
        self._icon.setPixmap(self._look.icons.pixmap(icon, self._look.sizes.icon, ratio, ink))
        announce(self, worst.told(now))

    def _night(self, widget: QWidget, tone: Token) -> str:
        """A bright field blinds eyes that are used to the dark: a dark one, its edge and text in color."""
        theme = self._look.theme
        if theme.name != "night":
            return ""
        color, edge = theme.color(tone), self._look.sizes.grid(1)
        if widget is self._bar:
            return f"#bar {{ background: {theme.overlay}; border-left: {edge}px solid {color}; }}"
        return f"; color: {color}; background: transparent"

    def _close_own(self) -> None:
        self.say("")

    def _open_feeds(self) -> None:
        open_listing(self._store, self._view, feed_sheet(), self)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        for unwatch in self._unwatch:
            unwatch()
        super().closeEvent(event)


_PADS: Mapping[type, str] = MappingProxyType({QLabel: "padding: 0", QPushButton: "padding: 0 8px"})
"""What stands in the frame takes its color, and leaves the room around it to the frame."""


def _in_line(frame: QFrame, widgets: tuple[QWidget, ...], sizes: Sizes) -> None:
    """Widgets side by side; the label among them takes what is left."""
    line = QHBoxLayout(frame)
    line.setContentsMargins(sizes.grid(1), 0, sizes.grid(1), 0)
    line.setSpacing(sizes.grid(2))
    for widget in widgets:
        wide = isinstance(widget, QLabel) and widget.wordWrap()
        line.addWidget(widget, int(wide))


def announce(widget: QWidget, text: str) -> None:
    """Tell a screen reader at once, without moving the focus (WCAG 4.1.3)."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
