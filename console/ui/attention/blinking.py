"""One steady beat for what must blink: once a second, well under the three flashes that can harm (WCAG 2.3.1)."""

from PySide6.QtCore import QObject, QTimer, Signal

BEAT_MS = 500
"""Half of the period: 1 Hz, where RELIABILITY 2.2 allows 2."""


class Blinking(QObject):
    """``lit`` is true whenever nothing blinks; ``beat`` tells that it changed."""

    beat = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lit = True
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._turn)

    @property
    def running(self) -> bool:
        """Whether anything blinks."""
        return self._timer.isActive()

    def run(self, on: bool) -> None:
        """Blink, or stand lit."""
        if on is self._timer.isActive():
            return
        if on:
            self._timer.start()
        else:
            self._timer.stop()
            if not self.lit:
                self._turn()

    def _turn(self) -> None:
        self.lit = not self.lit
        self.beat.emit()
