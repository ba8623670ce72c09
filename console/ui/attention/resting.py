"""Keeps the line that somebody looks at where it is, and counts what came up out of sight above it."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from typing_extensions import override

from console.ui.table.table import RowsTable

LOOKS_MS = 20_000
"""How long after the last key or click in the list somebody counts as reading it."""


class Place(NamedTuple):
    """A line by its key, and its height on the screen."""

    key: str
    top: int


_READS = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.FocusIn}
)


_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Resting(QObject):
    """``over`` when nobody reads the list any more, so that it may take its height and its top.

    ``came``: the keyboard's focus came to the list, to the line that it was on.
    """

    over = Signal()
    came = Signal()

    def __init__(self, table: RowsTable) -> None:
        super().__init__(table)
        self._table = table
        self._known: set[str] = set()
        self._looks = QTimer(self, singleShot=True, interval=LOOKS_MS)
        self._looks.timeout.connect(self.over)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)

    @property
    def holds(self) -> bool:
        """Whether somebody reads the list, so that its lines stay where they are."""
        return self._looks.isActive()

    def stop(self) -> None:
        """Nobody reads it."""
        self._looks.stop()

    def place(self) -> Place | None:
        """The line that is to stay where it is: that of the keyboard."""
        row = self._table.currentIndex().row()
        if not self.holds or row < 0:
            return None
        return Place(self._table.rows.id(row), self._table.rowViewportPosition(row))

    def keep(self, held: Place | None) -> None:
        """Scroll so that the line stands where it stood."""
        row = self._table.rows.place(held.key) if held is not None else -1
        if held is None or row < 0:
            return
        self._table.executeDelayedItemsLayout()
        self._table.updateGeometries()
        bar = self._table.verticalScrollBar()
        bar.setValue(bar.value() + self._table.rowViewportPosition(row) - held.top)

    def above(self) -> int:
        """How many lines above the first one in sight nobody has seen yet."""
        first = max(self._table.rowAt(0), 0)
        ids = self._table.rows.ids
        self._known &= set(ids)
        self._known.update(ids[first:])
        return sum(key not in self._known for key in ids[:first])

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _READS:
            self._looks.start()
            if isinstance(event, QFocusEvent) and event.reason() in _BY_KEY:
                self.came.emit()
        elif event.type() == QEvent.Type.FocusOut and watched is self._table:
            self._looks.stop()
            self.over.emit()
        return super().eventFilter(watched, event)
