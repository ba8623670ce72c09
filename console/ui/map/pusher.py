"""Keeps the page up to date: one message at a time, each only when the one before was drawn."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from console.ui.map.message import Message, script

FRAME_MS = 250
SILENT_MS = 10_000
"""A page that leaves a message unanswered for so long shows old data as new: it must go."""


class Pusher(QObject):
    """``make`` gives the next message, ``say`` runs a script in the page. ``stalled`` tells of a dead page.

    Changes of the board go out once in `FRAME_MS`; what a person did goes out at once.
    """

    stalled = Signal()

    def __init__(self, make: Callable[[], Message], say: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._make = make
        self._say = say
        self._ready = False
        self._pending = self._urgent = False
        self._sent = 0
        self._rest = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._rest.timeout.connect(self._try)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._try)
        self._patience = QTimer(self, singleShot=True, interval=SILENT_MS)
        self._patience.timeout.connect(self.stalled)

    def open(self) -> None:
        """The page is ready, and knows nothing."""
        self._ready = True
        self._sent = 0
        self.want(urgent=True)

    def close(self) -> None:
        """There is no page."""
        self._ready = False
        self._soon.stop()
        self._rest.stop()
        self._patience.stop()

    def want(self, *, urgent: bool = False) -> None:
        """Something changed; ``urgent`` when a person is waiting to see it."""
        self._pending = True
        self._urgent = self._urgent or urgent
        if self._urgent:
            self._try()
        else:
            self._soon.start()  # in a turn of its own: the tables of the same frame are drawn before

    def wait(self) -> None:
        """Give the page as long again for its answer."""
        self._patience.start()

    def painted(self, number: int) -> None:
        """The page drew that message."""
        if number == self._sent:
            self._sent = 0
            self._patience.stop()
            self._try()

    def _try(self) -> None:
        if not self._ready or not self._pending or self._sent:
            return
        if self._rest.isActive() and not self._urgent:
            return
        self._pending = self._urgent = False
        message = self._make()
        self._sent = message.number
        self._rest.start()
        self._patience.start()
        self._say(script("apply", message))
