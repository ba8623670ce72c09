"""What a hand does on the time axis: drags the playhead, at most one seek a frame, or an end of the loop; turns."""

from datetime import datetime
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent

from console.session.transport import Loop
from console.ui.transport.scale import Scale

FRAME_MS = 16
"""At most one seek in this time, the last one that was wanted."""

Grip: TypeAlias = Literal["", "playhead", "since", "until"]
"""What is held: nothing, the playhead, or an end of the loop."""

NOTCH = 120
"""What Qt calls one notch of a wheel."""


class Hand(QObject):
    """``sought`` tells a moment that a person wants to see, ``held`` that the playhead is taken or let go.

    ``looped`` tells the ends of a loop that was dragged.
    """

    sought = Signal(object)
    held = Signal(bool)
    looped = Signal(object, object)

    def __init__(self, axis: QObject) -> None:
        super().__init__(axis)
        self._grip: Grip = ""
        self._wanted: datetime | None = None
        self._pause = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._pause.timeout.connect(self._seek)

    @property
    def holding(self) -> bool:
        """Whether something is being dragged."""
        return bool(self._grip)

    @property
    def wanted(self) -> datetime | None:
        """Where the playhead is held; ``None`` where it is left alone."""
        return self._wanted

    def take(self, grip: Grip, moment: datetime) -> None:
        """A press at ``moment`` takes what is there."""
        self._grip = grip
        if grip == "playhead":
            self.held.emit(True)
            self._want(moment)

    def move(self, moment: datetime, loop: Loop) -> None:
        """Drag what is held to ``moment``; ``loop`` as it is now."""
        match self._grip:
            case "playhead":
                self._want(moment)
            case "since":
                self.looped.emit(min(moment, loop.until or moment), loop.until)
            case "until":
                self.looped.emit(loop.since, max(moment, loop.since or moment))

    def leave(self) -> None:
        """Let go: what was wanted last is shown."""
        grip, self._grip = self._grip, ""
        if grip == "playhead":
            self._pause.stop()
            self._seek()
            self._wanted = None
            self.held.emit(False)

    def _want(self, moment: datetime) -> None:
        self._wanted = moment
        if not self._pause.isActive():
            self._pause.start()

    def _seek(self) -> None:
        if self._wanted is not None:
            self.sought.emit(self._wanted)


def grip(loop: Loop, scale: Scale, x: float, near: float) -> Grip:
    """What a press at ``x`` takes: an end of the loop where one is ``near``, else the playhead."""
    if loop.since is not None and abs(scale.x(loop.since) - x) <= near:
        return "since"
    if loop.until is not None and abs(scale.x(loop.until) - x) <= near:
        return "until"
    return "playhead"


def notches(event: QWheelEvent) -> tuple[float, float]:
    """By how much a wheel was turned up and sideways, which it also is with Shift."""
    turned, sideways = event.angleDelta().y(), event.angleDelta().x()
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        turned, sideways = 0, sideways or turned
    return turned / NOTCH, sideways / NOTCH
