"""Puts a banner at the top of the window and of each window that is opened over it, whoever opens it."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QChildEvent, QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QDockWidget, QMainWindow, QWidget
from shiboken6 import isValid
from typing_extensions import override

from console.ui.alerts.escalation_bar import EscalationBar, Make

_KINDS = (Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Tool, Qt.WindowType.Sheet)


class Everywhere(QObject):
    """``make`` builds a bar for a window; ``opened`` is called with one that is new, or whose window came or went."""

    def __init__(self, window: QWidget, make: Make, opened: Callable[[EscalationBar], None]) -> None:
        super().__init__(window)
        self._window, self._make, self._opened = window, make, opened
        self._bars: list[EscalationBar] = []
        self._add(window)
        for child in window.findChildren(QWidget):
            self._see(child)
        window.installEventFilter(self)

    def bars(self) -> Iterator[EscalationBar]:
        """The bars of the windows that there are."""
        self._bars = [bar for bar in self._bars if isValid(bar)]
        yield from self._bars

    def apart(self, bar: EscalationBar) -> bool:
        """Whether ``bar`` is the one of its window: a panel that is docked is in the window's own sight."""
        return bar is self._bars[0] or bar.window() is not self._window

    def close(self) -> None:
        """Watch for windows no more."""
        self._window.removeEventFilter(self)

    def _see(self, child: QObject) -> None:
        if isinstance(child, QWidget) and (
            isinstance(child, QDockWidget) or (child.isWindow() and child.windowType() in _KINDS)
        ):
            self._add(child)

    def _add(self, window: QWidget) -> None:
        top = _top(window)
        if top is None or any(bar.parentWidget() is top.parentWidget() for bar in self.bars()):
            return
        bar = self._make(window)
        top.insertWidget(0, bar)
        self._bars.append(bar)
        if isinstance(window, QDockWidget):
            window.topLevelChanged.connect(self._moved)
        self._opened(bar)

    def _moved(self, _out: bool) -> None:
        for bar in self.bars():
            self._opened(bar)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            self._see(event.child())
        return False


def _top(window: QWidget) -> QBoxLayout | None:
    """Where a bar goes: over all else that the window holds; ``None`` where it is laid out in another way."""
    holder: QWidget | None = window
    if isinstance(window, QMainWindow):
        holder = window.menuWidget()
    elif isinstance(window, QDockWidget):
        holder = window.titleBarWidget()
    layout = holder.layout() if holder is not None else None
    down = QBoxLayout.Direction.TopToBottom
    return layout if isinstance(layout, QBoxLayout) and layout.direction() is down else None
