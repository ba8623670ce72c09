"""The loudspeaker: no sound library, no device or a broken one is told, and never a failure."""

from enum import Enum
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, QUrl, Signal
from pytestqt.qtbot import QtBot

from console.resources import path
from console.ui.alerts.hearing import SOUNDS
from console.ui.alerts.lacks import BROKEN, NO_DEVICE, NO_LIBRARY
from console.ui.alerts.speaker import Speaker

SOUND = path("sounds")


class Status(Enum):
    """Of an effect."""

    Loading, Ready, Error = range(3)


class Effect(QObject):
    """A sound that plays until the test ends it."""

    status_changed = Signal()
    playing_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name, self.state, self.volume, self.playing = "", Status.Ready, 0.0, False

    def load(self, url: QUrl) -> None:
        """Remember which file it is."""
        self.name = url.fileName()

    def loud(self, volume: float) -> None:
        """Remember how loud it is to be."""
        self.volume = volume

    def play(self) -> None:
        """Begin."""
        self.playing = True
        self.playing_changed.emit()

    def stop(self) -> None:
        """End it before its end."""
        self.playing = False

    def over(self) -> None:
        """It was played to its end."""
        self.playing = False
        self.playing_changed.emit()

    def as_qt(self) -> SimpleNamespace:
        """By the names that Qt gives."""
        return SimpleNamespace(
            statusChanged=self.status_changed,
            playingChanged=self.playing_changed,
            setSource=self.load,
            setVolume=self.loud,
            status=lambda: self.state,
            isPlaying=lambda: self.playing,
            play=self.play,
            stop=self.stop,
            deleteLater=lambda: None,
        )


class Effects:
    """Makes effects, and has them all."""

    Status = Status

    def __init__(self) -> None:
        self.made: list[Effect] = []

    def __call__(self, _parent: QObject) -> SimpleNamespace:
        self.made.append(Effect())
        return self.made[-1].as_qt()


class Devices(QObject):
    """What Qt tells of devices: one, or none."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.there = True
        self.defaultAudioOutput = lambda: SimpleNamespace(isNull=lambda: not self.there)

    def __call__(self, _parent: QObject) -> SimpleNamespace:
        return SimpleNamespace(audioOutputsChanged=self.changed)


class Workstation:
    """A computer with a sound library whose device can come, go and break."""

    def __init__(self, *, there: bool = True, library: bool = True) -> None:
        self.library = library
        self.devices, self.effects = Devices(), Effects()
        self.devices.there = there
        self.speaker = Speaker(SOUND, self._load, again_ms=30)

    def _load(self) -> Any:
        if not self.library:
            raise ImportError("libpulse.so.0: cannot open shared object file")
        return SimpleNamespace(QMediaDevices=self.devices, QSoundEffect=self.effects)

    def playing(self) -> list[str]:
        """The files that are being played."""
        return [effect.name for effect in self.effects.made if effect.playing]


@pytest.fixture
def workstation(qtbot: QtBot) -> Any:
    """A computer on which all is well."""
    made = Workstation()
    made.speaker.look()
    yield made
    made.speaker.close()


def test_a_tone_is_played_at_its_volume(workstation: Workstation) -> None:
    workstation.speaker.play("p2", 0.4)
    assert workstation.playing() == ["p2.wav"]
    assert [effect.volume for effect in workstation.effects.made if effect.playing] == [0.4]


def test_a_replay_has_files_of_its_own(workstation: Workstation) -> None:
    workstation.speaker.play("p1", 0.4, replayed=True)
    assert workstation.playing() == ["p1-replay.wav"]


def test_every_sound_has_both_of_its_files() -> None:
    assert all((SOUND / f"{name}{kind}.wav").is_file() for name in SOUNDS for kind in ("", "-replay"))


def test_tones_wait_for_one_another(workstation: Workstation) -> None:
    workstation.speaker.play("p1", 1)
    workstation.speaker.play("data", 1)
    assert workstation.playing() == ["p1.wav"]
    next(effect for effect in workstation.effects.made if effect.playing).over()
    assert workstation.playing() == ["data.wav"]


@pytest.mark.parametrize(
    ("lacking", "lack"), [({"library": False}, NO_LIBRARY), ({"there": False}, NO_DEVICE)]
)
def test_what_is_lacking_is_told_and_playing_does_nothing(
    qtbot: QtBot, lacking: dict[str, bool], lack: object
) -> None:
    workstation = Workstation(**lacking)
    with qtbot.waitSignal(workstation.speaker.changed):
        workstation.speaker.look()
    workstation.speaker.play("p1", 1)
    assert workstation.speaker.lack is lack
    assert workstation.playing() == []
    workstation.speaker.close()


def test_a_device_that_comes_is_found_by_looking_now_and_then(qtbot: QtBot) -> None:
    workstation = Workstation(there=False)
    workstation.speaker.look()
    workstation.devices.there = True
    qtbot.waitUntil(lambda: workstation.speaker.lack is None)
    workstation.speaker.play("p1", 1)
    assert workstation.playing() == ["p1.wav"]
    workstation.speaker.close()


def test_a_library_that_is_installed_meanwhile_is_found(qtbot: QtBot) -> None:
    workstation = Workstation(library=False)
    workstation.speaker.look()
    workstation.library = True
    qtbot.waitUntil(lambda: workstation.speaker.lack is None)
    workstation.speaker.close()


def test_a_device_that_goes_is_told_at_once(workstation: Workstation) -> None:
    workstation.devices.there = False
    workstation.devices.changed.emit()
    assert workstation.speaker.lack is NO_DEVICE


def test_a_device_that_does_not_play_is_told_until_it_does(workstation: Workstation) -> None:
    first = workstation.effects.made[0]
    first.state = Status.Error
    first.status_changed.emit()
    assert workstation.speaker.lack is BROKEN
    workstation.speaker.look()
    assert workstation.speaker.lack is BROKEN
    workstation.effects.made[-1].status_changed.emit()
    assert workstation.speaker.lack is None


def test_the_same_lack_is_told_once(workstation: Workstation) -> None:
    told: list[object] = []
    workstation.speaker.changed.connect(lambda: told.append(workstation.speaker.lack))
    workstation.devices.there = False
    workstation.speaker.look()
    workstation.speaker.look()
    assert told == [NO_DEVICE]


@pytest.mark.qt_log_ignore("Pulse", "symbolsresolver", "QSoundEffect", "load", "resolve")
def test_this_computer_with_or_without_a_loudspeaker_is_no_failure(qtbot: QtBot) -> None:
    speaker = Speaker(SOUND)
    speaker.look()
    for name in SOUNDS:
        speaker.play(name, 0.0)
    qtbot.wait(100)
    assert speaker.lack in (None, NO_DEVICE, NO_LIBRARY, BROKEN)
    speaker.close()
