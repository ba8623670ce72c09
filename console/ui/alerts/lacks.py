"""Why tones cannot be heard on this workstation, and what is done about it."""

from types import ModuleType

from msgspec import Struct


class Lack(Struct, frozen=True):
    """Why no tone can be heard, and what to do."""

    why: str
    todo: str


NO_LIBRARY = Lack(
    "The system's sound library is missing",
    "Install it (Debian, Ubuntu: apt-get install libpulse0), or run packaging/bootstrap.py setup",
)
NO_DEVICE = Lack(
    "This workstation has no sound output",
    "Plug in or switch on a loudspeaker or headset, and check the system's sound settings",
)
BROKEN = Lack(
    "The sound output does not play",
    "Choose another one in the system's sound settings, or plug it in again",
)


def library() -> ModuleType:
    """Qt's sound library; raises `ImportError` where what it stands on is not installed."""
    from PySide6 import QtMultimedia

    return QtMultimedia


def outputs() -> list[str]:
    """The names of the sound outputs, the one that is used first; raises `ImportError` as `library` does."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtMultimedia import QMediaDevices

    app = QCoreApplication.instance() or QCoreApplication([])
    found = [QMediaDevices.defaultAudioOutput(), *QMediaDevices.audioOutputs()]
    names = [device.description() for device in found if not device.isNull()]
    del app
    return list(dict.fromkeys(names))
