"""The workstation's loudspeaker. Where there is none, or no sound library, it says so and plays nothing."""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal

from console.ui.alerts.hearing import SOUNDS, Sound
from console.ui.alerts.lacks import BROKEN, NO_DEVICE, NO_LIBRARY, Lack, library

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

AGAIN_MS = 20_000
"""How often it is seen whether a device came; one that goes or comes while there is another is told by Qt."""

LINE = 8
"""Tones that wait for one another; a test plays each once."""


class Speaker(QObject):
    """Plays the files in ``folder``. ``lack`` says why it cannot; ``changed`` when that is another reason.

    The library is loaded at once, devices are looked for by `look`, and again every `AGAIN_MS` while one is lacking:
    each takes some 20 ms (measured), too much for one turn.
    """

    changed = Signal()

    def __init__(
        self, folder: Path, load: Callable[[], ModuleType] = library, again_ms: int = AGAIN_MS
    ) -> None:
        super().__init__()
        self._folder, self._load = folder, load
        self._qt = self._loaded()
        self._devices: QMediaDevices | None = None
        self._effects: dict[str, QSoundEffect] = {}
        self._line: deque[tuple[str, float]] = deque(maxlen=LINE)
        self._now: QSoundEffect | None = None
        self._again = QTimer(self, interval=again_ms)
        self._again.timeout.connect(self.look)
        self.lack: Lack | None = None

    def look(self) -> None:
        """See anew whether tones can be heard."""
        self._tell(self._found())

    def play(self, sound: Sound, volume: float, *, replayed: bool = False) -> None:
        """Play it, after what plays already."""
        if self.lack is None and self._qt is not None:
            self._line.append((f"{sound}-replay" if replayed else sound, volume))
            if self._now is None or not self._now.isPlaying():
                self._next()

    def close(self) -> None:
        """Fall silent."""
        self._again.stop()
        self._line.clear()
        self._forget()

    def _loaded(self) -> ModuleType | None:
        try:
            return self._load()
        except ImportError:
            return None

    def _found(self) -> Lack | None:
        self._qt = self._qt or self._loaded()
        if self._qt is None:
            return NO_LIBRARY
        if self._devices is None:
            self._devices = self._qt.QMediaDevices(self)
            self._devices.audioOutputsChanged.connect(self._moved)
        if self._qt.QMediaDevices.defaultAudioOutput().isNull():
            return NO_DEVICE
        self._forget()
        for sound in SOUNDS:
            self._effect(sound)
        return BROKEN if self.lack is BROKEN else None  # until the new ones are known to play

    def _tell(self, lack: Lack | None) -> None:
        before, self.lack = self.lack, lack
        if lack is None:
            self._again.stop()
        elif not self._again.isActive():
            self._again.start()
        if lack is not before:
            self.changed.emit()

    def _moved(self) -> None:
        """Another device is there, or the one that was is gone: it is asked for anew."""
        self._forget()
        self.look()

    def _effect(self, name: str) -> "QSoundEffect":
        effect = self._effects.get(name)
        if effect is None:
            assert self._qt is not None
            effect = self._effects[name] = self._qt.QSoundEffect(self)
            effect.statusChanged.connect(self._checked)
            effect.playingChanged.connect(self._ended)
            effect.setSource(QUrl.fromLocalFile(str(self._folder / f"{name}.wav")))
        return effect

    def _forget(self) -> None:
        self._now = None
        for effect in self._effects.values():
            effect.stop()
            effect.deleteLater()
        self._effects = {}

    def _checked(self) -> None:
        if self._qt is None:
            return
        status, found = self._qt.QSoundEffect.Status, [effect.status() for effect in self._effects.values()]
        if status.Error in found:
            self._tell(BROKEN)
        elif self.lack is BROKEN and all(one == status.Ready for one in found):
            self._tell(None)

    def _ended(self) -> None:
        if self._now is not None and not self._now.isPlaying():
            self._next()

    def _next(self) -> None:
        self._now = None
        if self._line:
            name, volume = self._line.popleft()
            self._now = self._effect(name)
            self._now.setVolume(volume)
            self._now.play()
