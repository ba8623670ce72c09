"""Follows the escalated alarms of the live board, and has every window tell them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from console.domain.alarms.alarm import Alarm
from console.domain.state import State
from console.session.live import Live
from console.session.playing import Playing
from console.session.replays import Replays
from console.session.store import Store
from console.ui.alerts.escalating import escalated, kept_first, words
from console.ui.alerts.escalation_bar import EscalationBar
from console.ui.alerts.everywhere import Everywhere
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.parts.announce import announce

Came = Callable[[State, tuple[Alarm, ...], Alarm], None]
"""Called with the board, all that are escalated and the first of those that are new."""


class Escalations:
    """The bars of all windows. ``came`` is called once for what escalated between two frames; `close` ends it."""

    def __init__(
        self, live: Live, view: Store[View], replays: Replays | None, window: QWidget, came: Came
    ) -> None:
        self._playing: Store[Playing | None] = replays.playing if replays is not None else Store(None)
        self._live, self._window, self._came = live, window, came
        self._look = Look(*look_of(view.value))
        self._alarms: tuple[Alarm, ...] = ()
        self._known: frozenset[tuple[object, ...]] | None = None
        self._text = ""
        self._everywhere = Everywhere(window, self._make, self._tell)
        self._unwatch = (
            view.watch(look_of, self._wear),
            live.board.watch(lambda state: state.alarms.standing, self._changed),
            live.board.watch(lambda state: (state.second, state.units, state.calls), self._reword),
            self._playing.watch(lambda playing: playing is None, self._reword),
        )

    def close(self) -> None:
        """Follow nothing any more."""
        self._everywhere.close()
        for unwatch in self._unwatch:
            unwatch()

    def _make(self, window: QWidget) -> EscalationBar:
        bar = EscalationBar(window, self._look, self._live.verbs)
        bar.left.connect(self._reworded)
        return bar

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._look = Look(*slice_)
        for bar in self._everywhere.bars():
            bar.wear(self._look)

    def _changed(self, _standing: object) -> None:
        found = escalated(self._live.board.value)
        if found or self._alarms:
            self._alarms = found
            self._tell_all()
        self._welcome(found)

    def _reworded(self) -> None:
        self._reword(None)

    def _reword(self, _slice: object) -> None:
        if self._alarms:
            self._tell_all()

    def _tell_all(self) -> None:
        self._text = self._words(self._alarms)
        for bar in self._everywhere.bars():
            self._tell(bar)

    def _tell(self, bar: EscalationBar) -> None:
        shows = self._alarms and self._everywhere.apart(bar)
        shown = kept_first(self._alarms, bar.kept) if shows else ()
        text = self._text if shown[:1] == self._alarms[:1] else self._words(shown)
        bar.tell(shown[0] if shown else None, text)

    def _words(self, alarms: tuple[Alarm, ...]) -> str:
        replaying = self._playing.value is not None
        return words(self._live.board.value, alarms, replaying=replaying) if alarms else ""

    def _welcome(self, found: tuple[Alarm, ...]) -> None:
        """Whoever looks elsewhere is told of those that are new; those there were before it watched are only shown."""
        before, self._known = self._known, frozenset((alarm.id, alarm.escalated_at) for alarm in found)
        if found and before is None:
            QApplication.alert(self._window)
        new = [
            alarm for alarm in found if before is not None and (alarm.id, alarm.escalated_at) not in before
        ]
        if new:
            QApplication.alert(self._window)
            announce(self._window, self._text, at_once=True)
            self._came(self._live.board.value, found, new[0])
