"""Tones, escalation, notices and the command on an escalation put together; made after the first rows are seen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, SignalInstance

from console.domain.state import State
from console.session.live import Live
from console.session.replays import Replays
from console.session.store import Store
from console.session.verbs import Verbs
from console.ui.alerts.desktop import Desktop, in_front
from console.ui.alerts.escalations import Escalations
from console.ui.alerts.hook import Hook
from console.ui.alerts.lacks import Lack
from console.ui.alerts.live_line import LiveLine
from console.ui.alerts.notifying import Notifying
from console.ui.alerts.sound_note import AUDIBLE, BACK, MuteEnd, sound_note
from console.ui.alerts.sounder import Player, Sounder
from console.ui.frame.window import ConsoleWindow
from console.ui.look.view import View
from console.ui.parts.announce import announce

VOLUME = 0.8
"""Of a replay's tones where there is no live board."""


class Loudspeaker(Player, Protocol):
    """Plays, and tells why it cannot."""

    lack: Lack | None

    @property
    def changed(self) -> SignalInstance: ...

    def look(self) -> None:
        """See anew whether tones can be heard."""
        ...

    def close(self) -> None: ...


class Boards(Struct, frozen=True):
    """What is watched: ``shown`` with the acts on it, the live board if there is one, and replays."""

    shown: Store[State]
    verbs: Verbs
    view: Store[View]
    replays: Replays | None
    live: Live | None


class Alerts(QObject):
    """Everything that tells of alarms beside the panels. `close` ends it."""

    def __init__(self, boards: Boards, window: ConsoleWindow, speaker: Loudspeaker, desktop: Desktop) -> None:
        super().__init__()
        self._boards, self._window = boards, window
        self._speaker, self._desktop = speaker, desktop
        self._sounder: Sounder | None = None
        self._note, self._mute_end = AUDIBLE, MuteEnd()
        self._sounding = boards.live.board if boards.live else boards.shown
        self._closing: list[Callable[[], object]] = [speaker.close, desktop.close]
        speaker.changed.connect(self._tell_sound)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._listen)
        self._soon.start()
        if boards.live is not None:
            self._watch_live(boards.live)
        watched = self._sounding.watch(lambda state: (state.second, state.alarms.mute), self._tell_second)
        self._closing.append(watched)
        window.status.wants_sound.connect(self._pressed)
        desktop.pressed.connect(self._raise)

    def mute(self) -> None:
        """No sound for as long as the pack allows, or sound again."""
        verbs = self._boards.live.verbs if self._boards.live else self._boards.verbs
        state = self._sounding.value
        if state.alarms.mute is None:
            verbs.mute(timedelta(seconds=state.definitions.alarms.mute_s))
        else:
            verbs.unmute()

    def test(self) -> None:
        """Play every tone once, or say why none can be heard."""
        self._speaker.look()
        if self._speaker.lack is None and self._sounder is not None:
            self._sounder.test()
        elif self._speaker.lack is not None:
            lack = self._speaker.lack
            self._window.say(f"No tone can be heard: {lack.why[:1].lower()}{lack.why[1:]}. {lack.todo}.")

    def close(self) -> None:
        """Fall silent and let go of the boards."""
        self._soon.stop()
        for end in self._closing:
            end()

    def _listen(self) -> None:
        """In a turn of its own: the sound library and its devices are loaded here."""
        self._speaker.look()
        boards, live = self._boards, self._boards.live
        board, volume = (live.board, live.alarms.volume) if live is not None else (None, VOLUME)
        self._sounder = Sounder(self._speaker, board, boards.shown, boards.replays, volume)
        self._closing.append(self._sounder.close)

    def _watch_live(self, live: Live) -> None:
        hook = Hook(live.alarms.on_escalation, self._window.say)
        view, replays = self._boards.view, self._boards.replays
        if replays is not None:
            line = LiveLine(live.board, view, replays)
            self._window.head.put_above(line)
            self._closing.append(line.close)
        escalations = Escalations(live, view, replays, self._window, hook.run)
        notifying = Notifying(live.board, in_front, self._desktop.show, self._speak)
        self._closing += [hook.close, escalations.close, notifying.close]

    def _speak(self, text: str) -> None:
        announce(self._window, text, at_once=True)

    def _tell_second(self, _slice: object) -> None:
        self._tell_sound()

    def _tell_sound(self) -> None:
        state = self._sounding.value
        note = sound_note(state.alarms.mute, state.second, self._speaker.lack)
        if self._mute_end.lately(state) and note is AUDIBLE:
            note = BACK
        if note != self._note:
            self._note = note
            self._window.status.tell_sound(note)

    def _pressed(self) -> None:
        """The note about sound was clicked: it undoes what it tells of, as far as that can be done here."""
        if self._sounding.value.alarms.mute is not None:
            self.mute()
        else:
            self._speaker.look()

    def _raise(self) -> None:
        self._window.raise_()
        self._window.activateWindow()
