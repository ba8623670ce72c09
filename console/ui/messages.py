"""Qt's own messages, sent to the program's log; what a machine without a graphics card always says is not news."""

import logging
import re

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

HARMLESS = re.compile(
    r"QRhiGles2: Failed to create|Failed to create RHI|Vulkan|GBM is not supported|GPUInfo not initialized"
    r"|does not support propagateSizeHints|pipewire|PulseAudio|QSoundEffect"
)
"""Drawing in software instead of on a card, and a window system without sizes: both are fine. No sound: that is told
where a person sees it."""

SOUND = "qt.multimedia"
"""The category of what the sound library says about codecs and servers that it does without."""

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_log = logging.getLogger("qt")


def install() -> None:
    """Send Qt's messages to the log named ``qt``."""
    qInstallMessageHandler(_handle)


def _handle(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
    known = (context.category or "").startswith(SOUND) or HARMLESS.search(text or "")
    harmless = kind is not QtMsgType.QtFatalMsg and known
    _log.log(logging.DEBUG if harmless else _LEVELS[kind], "%s", text)
