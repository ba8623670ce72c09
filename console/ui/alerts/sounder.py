"""Plays the tones of the live board, whatever is on the screen, and more quietly those of a replay."""

from collections.abc import Callable
from typing import Protocol

from console.domain.alarms.alarm import Tone
from console.domain.state import State
from console.session.playing import Playing
from console.session.replays import Replays
from console.session.store import Store
from console.ui.alerts.hearing import SOUNDS, URGENT, Heard, Sound, listened, overheard

FLOOR = 0.5
"""The least share of full volume for priority 1, whatever else is set (UX, audible alerts)."""


class Player(Protocol):
    """Makes the sounds, one after the other; where it cannot, it plays nothing."""

    def play(self, sound: Sound, volume: float, *, replayed: bool = False) -> None:
        """Play ``sound`` at a share of full volume; ``replayed``: the quieter tune of a replay."""
        ...


class Sounder:
    """Listens to ``live`` and, while a replay is on the screen, to ``shown``. ``close`` ends it."""

    def __init__(
        self,
        player: Player,
        live: Store[State] | None,
        shown: Store[State],
        replays: Replays | None,
        volume: float,
    ) -> None:
        self._player, self._live, self._shown, self._volume = player, live, shown, volume
        self._playing: Store[Playing | None] = replays.playing if replays is not None else Store(None)
        self._heard: Heard | None = None
        self._overheard: Heard | None = None
        self._unwatch: list[Callable[[], None]] = [shown.watch(lambda state: state.at, self._overhear)]
        if live is not None:
            self._unwatch.append(live.watch(lambda state: state.alarms.tones, self._listen))

    def test(self) -> None:
        """Play every tone once."""
        for sound in SOUNDS:
            self._player.play(sound, self._loud(sound))

    def close(self) -> None:
        """Listen no more."""
        for unwatch in self._unwatch:
            unwatch()

    def _listen(self, _tones: tuple[Tone, ...]) -> None:
        if self._live is not None:
            self._heard, due = listened(self._live.value, self._heard)
            for sound in due:
                self._player.play(sound, self._loud(sound))

    def _overhear(self, _at: object) -> None:
        playing = self._playing.value
        if playing is None:
            self._overheard = None
            return
        self._overheard, due = overheard(self._shown.value, playing, self._overheard)
        silent = self._live is not None and self._live.value.alarms.mute is not None
        for sound in () if silent else due:
            self._player.play(sound, self._volume, replayed=True)

    def _loud(self, sound: Sound) -> float:
        return max(self._volume, FLOOR) if sound in URGENT else self._volume
