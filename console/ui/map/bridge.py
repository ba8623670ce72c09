"""The page's only way to the console: one small object with typed slots, treated as hostile input."""

from typing import Protocol

from PySide6.QtCore import QObject, Slot


class Listener(Protocol):
    """Who is told what the page says. Every id must be looked up in the board before it is used."""

    def page_ready(self) -> None:
        """The page is loaded and can be told things."""
        ...

    def page_painted(self, number: int, cost_ms: float) -> None:
        """The message of that number was drawn, in so many milliseconds."""
        ...

    def page_picked(self, kind: str, key: str) -> None:
        """A person chose a call or unit; empty for none."""
        ...

    def page_looked(self, kind: str, key: str) -> None:
        """A person points at a call or unit, whose card is wanted; empty for none."""
        ...

    def page_held(self, key: str) -> None:
        """A person holds down the mask of a call."""
        ...


class Bridge(QObject):
    """What the page sees. QWebChannel lets it delete this object too: a page that does falls silent,
    and is loaded again with a new one."""

    def __init__(self, listener: Listener, parent: QObject) -> None:
        super().__init__(parent)
        self._listener = listener

    @Slot()
    def ready(self) -> None:
        """See `Listener.page_ready`; the same for the rest."""
        self._listener.page_ready()

    @Slot(int, float)
    def painted(self, number: int, cost_ms: float) -> None:
        self._listener.page_painted(number, cost_ms)

    @Slot(str, str)
    def pick(self, kind: str, key: str) -> None:
        self._listener.page_picked(kind, key)

    @Slot(str, str)
    def look(self, kind: str, key: str) -> None:
        self._listener.page_looked(kind, key)

    @Slot(str)
    def hold(self, key: str) -> None:
        self._listener.page_held(key)
