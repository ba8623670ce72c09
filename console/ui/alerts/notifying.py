"""Tells of new alarms where nobody sees the board: to the desktop, and to a screen reader."""

from collections.abc import Callable

from console.domain.alarms.alarm import Alarm, Tone
from console.domain.state import State
from console.session.store import Store
from console.ui.alerts.hearing import last
from console.ui.alerts.notices import Notice, announced, notice
from console.ui.attention import told
from console.ui.attention.subject import subject
from console.ui.parts.clocks import present
from console.ui.parts.masking import joined

Show = Callable[[Notice], None]
Speak = Callable[[str], None]


class Notifying:
    """``show`` is called for what is announced while none of our windows is in front, once for each announcement.

    ``speak`` is given every new alarm of priority 1, in front or not.
    """

    def __init__(self, live: Store[State], in_front: Callable[[], bool], show: Show, speak: Speak) -> None:
        self._live, self._in_front, self._show, self._speak = live, in_front, show, speak
        self._number = last(live.value.alarms)
        self.close = live.watch(lambda state: state.alarms.tones, self._heard)

    def _heard(self, _tones: tuple[Tone, ...]) -> None:
        state, before = self._live.value, self._number
        self._number = last(state.alarms)
        if self._number <= before:
            return
        alarms = announced(state, before)
        if alarms and not self._in_front():
            self._show(notice(alarms, state))
        people = [alarm for alarm in alarms if alarm.priority == 1 and alarm.escalated_at is None]
        if people:
            self._speak(spoken(state, people))


def spoken(state: State, alarms: list[Alarm]) -> str:
    """The new alarms of priority 1, for somebody who listens to a screen reader."""
    now = present(state.second, state.agency)
    said = (told.what(subject(state, alarm), now) for alarm in alarms[:3])
    more = f"and {len(alarms) - 3} more" if len(alarms) > 3 else ""
    return f"Priority 1: {joined((*said, more))}"
