"""The line at the bottom: how to find and do things, and whether the data and the figures can be trusted."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStatusBar, QToolButton, QWidget
from typing_extensions import override

from console.domain.feed import Problem
from console.domain.listed import Matching
from console.domain.state import State
from console.session.replays import Replays
from console.session.store import Store
from console.ui.figures import counted, sources
from console.ui.figures.listing import open_listing
from console.ui.frame.status_notes import (
    Note,
    aside_note,
    definitions_note,
    problem_note,
    recording_note,
    self_check,
    shift_note,
    skew_note,
)
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.clocks import present
from console.ui.parts.flow import Flow
from console.ui.parts.masking import tip
from console.ui.theme.style import dress

SILENT = Note("")
"""Nothing to tell."""

FRAME_PX = 5
"""What a QStatusBar keeps above and below its items."""


class StatusBar(QStatusBar):
    """Wraps where it must.

    ``wants_find`` asks for the command bar, ``wants_keys`` for the key page, ``wants_alarms`` for the alarm list;
    ``wants_sound``: its note was pressed.
    """

    wants_find = Signal()
    wants_keys = Signal()
    wants_alarms = Signal()
    wants_sound = Signal()

    def __init__(self, store: Store[State], view: Store[View], replays: Replays | None = None) -> None:
        super().__init__()
        self._store, self._view, self._replays = store, view, replays
        self._look = Look(*look_of(view.value))
        self._find, self._keys = QToolButton(), QToolButton()
        self._skew, self._problems, self._check = QToolButton(), QToolButton(), QToolButton()
        self._definitions, self._read_only, self._recording = QToolButton(), QToolButton(), QToolButton()
        self._sound, self._told = QToolButton(), SILENT
        self._aside = QToolButton()
        self._noted: dict[QToolButton, tuple[Note, float]] = {}
        self._line = QWidget()
        self._row = QHBoxLayout(self._line)
        self._matching = Matching()
        self._misfits: Mapping[str, Problem] = {}
        self._lay_out()
        self._connect()
        self._unwatch: list[Callable[[], None]] = [
            store.watch(lambda state: state.second, self._match),
            view.watch(look_of, self._wear),
            store.watch(
                lambda state: (state.feeds, state.problems, state.tally, state.definitions), self._show
            ),
            store.watch(lambda state: (state.recording, state.agency), self._show_recording),
            store.watch(lambda state: (state.alarms.standing, state.alarms.out), self._show_aside),
        ]
        if replays is not None:
            self._unwatch.append(replays.playing.watch(lambda playing: playing, self._show_recording))

    def _lay_out(self) -> None:
        self.setSizeGripEnabled(False)
        right = QWidget()
        right.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        buttons = (
            self._read_only,
            self._definitions,
            self._check,
            self._problems,
            self._skew,
            self._recording,
            self._sound,
            self._aside,
        )
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
        self._sound.clicked.connect(self.wants_sound)
        self._skew.clicked.connect(self._open_feeds)
        self._aside.clicked.connect(self.wants_alarms)
        self._problems.clicked.connect(self._open_problems)
        self._check.clicked.connect(self._open_check)

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._look = Look(*slice_)
        self._noted.clear()
        self._put(self._find, Note("/  find or do anything", more=("Key: / or Ctrl+K",)))
        self._put(self._keys, Note("?  keys of this view", more=("Key: ?",)))
        never = ("The console only ever reads from the dispatch system.",)
        self._put(self._read_only, Note("read-only", icon="lock", more=never))
        self.tell_sound(self._told)
        self._show(None)

    @property
    def sound(self) -> str:
        """What is said of sound; nothing while alarms are heard."""
        return self._told.text

    def tell_sound(self, note: Note) -> None:
        """Whether alarms are heard; nothing where they are."""
        self._told = note
        self._put(self._sound, note)
        if self._sound.isHidden() is bool(note.text):
            self._sound.setVisible(bool(note.text))
            self._fit()

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
        self._put(self._aside, aside_note(state.alarms))
        self._show_recording(None)
        self._fit()

    def _show_aside(self, _slice: object) -> None:
        note = aside_note(self._store.value.alarms)
        if note.text != self._aside.text() or not note.text:
            self._put(self._aside, note)
            self._aside.setVisible(bool(note.text))
            self._fit()

    def _show_recording(self, _slice: object) -> None:
        state = self._store.value
        playing = self._replays.playing.value if self._replays else None
        now = present(state.second, state.agency)
        note = shift_note(playing.shift) if playing else recording_note(state.recording, now)
        self._put(self._recording, note)
        self._recording.setVisible(bool(note.text))
        self._fit()

    def _put(self, button: QToolButton, note: Note) -> None:
        """Say it, unless it stands there: the whole line is laid out anew for each word."""
        told = (note, self.devicePixelRatioF())
        if self._noted.get(button) == told:
            return
        self._noted[button] = told
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
        if self.isVisible():
            self._row.invalidate()
            self._take_height()

    def _take_height(self) -> None:
        self.setFixedHeight(max(self._row.heightForWidth(self.width()), self._look.sizes.row) + FRAME_PX)

    def _open_feeds(self) -> None:
        open_listing(self._store, self._view, sources.feed_sheet(), self)

    def _open_problems(self) -> None:
        open_listing(self._store, self._view, sources.problem_sheet(), self)

    def _open_check(self) -> None:
        open_listing(self._store, self._view, counted.sheet("unmet_demand"), self)

    @override
    def event(self, event: QEvent) -> bool:
        """What stands in the line has another size: a theme or a scale reaches the buttons after the line."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._take_height()  # to invalidate the line here would ask for the next layout, without end
        return done

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
