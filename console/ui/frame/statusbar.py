"""The line at the bottom: how to find and do things, and whether the data and the figures can be trusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStatusBar, QToolButton, QWidget
from typing_extensions import override

from console.domain.definitions import NO_DEFINITIONS, Definitions
from console.domain.feed import Feed, Problem
from console.domain.listed import Matching
from console.domain.metrics import Tally
from console.domain.state import State
from console.session.store import Store
from console.ui.figures import counted, sources
from console.ui.figures.figures import SPACE
from console.ui.figures.listing import open_listing
from console.ui.figures.sources import problem_count
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.flow import Flow
from console.ui.parts.masking import isolated, tip
from console.ui.theme.style import dress
from console.ui.theme.theme import Token

FRAME_PX = 5
"""What a QStatusBar keeps above and below its items."""

SKEW_LIMIT_S = 30.0
"""Seconds between the server's clock and this workstation's above which it is a fault (RELIABILITY 2.1)."""


LEFT_OUT = frozenset({"bad_row", "bad_answer", "too_many"})
"""Kinds of problems by which rows are missing from the board."""


@dataclass(frozen=True, slots=True)
class Note:
    """One item of the line: its words, its tone and mark, and what more there is to say."""

    text: str
    tone: Token = "muted"
    icon: str = ""
    more: tuple[str, ...] = ()


def self_check(tally: Tally) -> Note:
    """Whether every eligible call is served, unmet or still open (METRICS section 2, rule 6)."""
    rest = tally.eligible_yes - tally.served_yes - tally.unmet - tally.open
    said = f"E {tally.eligible_yes} = S {tally.served_yes} + unmet {tally.unmet} + open {tally.open}"
    unscreened = tally.eligible_may - tally.eligible_yes
    more = (
        "Self-check: every eligible call is served, unmet or still open.",
        f"{unscreened} more may be eligible: nobody screened them." if unscreened else "",
    )
    if not any((tally.eligible_yes, tally.served_yes, tally.unmet, tally.open)):
        return Note("nothing to reconcile", more=("No call of this window is known to be eligible.", more[1]))
    if rest == 0:
        return Note(said, icon="check", more=more)
    if rest > 0:
        what = "Of the unknown ones it is not known whether the unit that arrived was a team."
        return Note(f"{said} + {rest} unknown", "p3", "health-degraded", (*more, what))
    what = "The totals do not add up. Compare the lists behind the figures and report it."
    return Note(f"{said.replace('=', '≠', 1)}: {-rest} too many", "p1", "close", (*more, what))


def skew_note(feeds: Iterable[Feed]) -> Note:
    """The largest difference between a server's clock and this workstation's."""
    answered = tuple(feeds)
    known = [feed for feed in answered if feed.skew_s is not None]
    if not known and any(feed.answered_at for feed in answered):
        return Note(
            "clock: as served", more=("The clock is the source's own: there is none to compare it with.",)
        )
    if not known:
        return Note("clock skew not known", more=("No server has told its time yet.",))
    worst = max(known, key=lambda feed: abs(feed.skew_s or 0.0)).skew_s or 0.0
    said = f"clock skew {worst:+.1f}{SPACE}s".replace("-", "−")
    if abs(worst) <= SKEW_LIMIT_S:
        return Note(said, more=("Server clock minus this workstation's; ages are corrected by it.",))
    return Note(f"{said}: set the clock", "p3", "health-degraded", (sources.TIPS["skew"],))


def problem_note(problems: Mapping[str, Problem]) -> Note:
    """How many rows could not be read as they should; rows that were left out weigh more."""
    count = problem_count(problems)
    if not count:
        return Note("no problem rows", more=("Every row of every reply could be read.",))
    said = f"{count} row{'' if count == 1 else 's'} had problems"
    lost = sum(problem.count for problem in problems.values() if problem.kind in LEFT_OUT)
    if lost:
        return Note(
            f"{said}, {lost} left out", "p2", "health-late", ("Enter or click: which, and what to do.",)
        )
    return Note(said, "p3", "health-degraded", ("Enter or click: which, and what to do.",))


def definitions_note(pack: Definitions) -> Note:
    """By which definitions the figures are made."""
    if pack is NO_DEFINITIONS or not pack.natures:
        return Note("no definitions loaded", "p2", "health-late", ("Nothing has a category or a limit.",))
    short = f" ({pack.sha256[:7]})" if pack.sha256 else ""
    said = f"definitions {isolated(pack.name)} {isolated(pack.version)}{short}"
    return Note(said, more=(isolated(pack.source), f"SHA-256 {pack.sha256}" if pack.sha256 else ""))


class StatusBar(QStatusBar):
    """Wraps where it must. ``wants_find`` asks for the command bar, ``wants_keys`` for the key page."""

    wants_find = Signal()
    wants_keys = Signal()

    def __init__(self, store: Store[State], view: Store[View]) -> None:
        super().__init__()
        self._store, self._view = store, view
        self._look = Look(*look_of(view.value))
        self._find, self._keys = QToolButton(), QToolButton()
        self._skew, self._problems, self._check = QToolButton(), QToolButton(), QToolButton()
        self._definitions, self._read_only = QToolButton(), QToolButton()
        self._line = QWidget()
        self._row = QHBoxLayout(self._line)
        self._matching = Matching()
        self._misfits: Mapping[str, Problem] = {}
        self._lay_out()
        self._connect()
        self._unwatch = (
            store.watch(lambda state: state.second, self._match),
            view.watch(look_of, self._wear),
            store.watch(
                lambda state: (state.feeds, state.problems, state.tally, state.definitions), self._show
            ),
        )

    def _lay_out(self) -> None:
        self.setSizeGripEnabled(False)
        right = QWidget()
        right.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        buttons = (self._read_only, self._definitions, self._check, self._problems, self._skew)
        for button in buttons:
            button.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        Flow(right, buttons, gap=self._look.sizes.grid(5)).setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        right.setSizePolicy(policy)
        row = self._row
        row.setContentsMargins(self._look.sizes.grid(2), 0, self._look.sizes.grid(2), 0)
        row.setSpacing(self._look.sizes.grid(4))
        row.addWidget(self._find)
        row.addWidget(self._keys)
        row.addWidget(right, 1)
        self.addWidget(self._line, 1)

    def _connect(self) -> None:
        for button in self._line.findChildren(QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._find.clicked.connect(self.wants_find)
        self._keys.clicked.connect(self.wants_keys)
        self._skew.clicked.connect(self._open_feeds)
        self._problems.clicked.connect(self._open_problems)
        self._check.clicked.connect(self._open_check)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._look = Look(*slice_)
        self._put(self._find, Note("/  find or do anything", more=("Key: / or Ctrl+K",)))
        self._put(self._keys, Note("?  keys of this view", more=("Key: ?",)))
        never = ("The console only ever reads from the dispatch system.",)
        self._put(self._read_only, Note("read-only", icon="lock", more=never))
        self._show(None)

    def _match(self, _second: object) -> None:
        """Count what does not fit: once a second, as replies come several times in one."""
        found = self._matching.look(self._store.value)
        if found is not self._misfits:
            self._misfits = found
            self._show(None)

    def _show(self, _slice: object) -> None:
        state = self._store.value
        self._put(self._skew, skew_note(state.feeds.values()))
        self._put(self._problems, problem_note({**state.problems, **self._misfits}))
        self._put(self._check, self_check(state.tally))
        self._put(self._definitions, definitions_note(state.definitions))
        self._fit()

    def _put(self, button: QToolButton, note: Note) -> None:
        dress(button, "muted", note.tone)
        button.setText(note.text)
        button.setToolTip(tip(*note.more))
        button.setAccessibleName(note.text)
        size, ratio = self._look.sizes.px(14), self.devicePixelRatioF()
        button.setIconSize(QSize(size, size))
        button.setFixedHeight(self._look.sizes.row)
        pixmap = self._look.icons.pixmap(note.icon, size, ratio, note.tone) if note.icon else None
        button.setIcon(QIcon(pixmap) if pixmap else QIcon())

    def _fit(self) -> None:
        if not self.isVisible():
            return
        self._row.invalidate()
        self.setFixedHeight(max(self._row.heightForWidth(self.width()), self._look.sizes.row) + FRAME_PX)

    def _open_feeds(self) -> None:
        open_listing(self._store, self._view, sources.feed_sheet(), self)

    def _open_problems(self) -> None:
        open_listing(self._store, self._view, sources.problem_sheet(), self)

    def _open_check(self) -> None:
        open_listing(self._store, self._view, counted.sheet("unmet_demand"), self)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        for unwatch in self._unwatch:
            unwatch()
        super().closeEvent(event)
