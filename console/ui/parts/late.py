"""A panel that is built after the first rows are on the screen, so that nobody waits for it to see calls.

The map's web engine and the charts take half a second to load and to start; a supervisor's first
look is at the calls.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget
from typing_extensions import override

from console.ui.theme.style import dress

P = TypeVar("P", bound=QWidget)


class Late(QWidget, Generic[P]):
    """Holds the place of the panel that ``make`` builds; closing it closes the panel."""

    def __init__(self, name: str, make: Callable[[], P]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._make = make
        self._panel: P | None = None
        notice = QLabel(f"{name} is loading.", alignment=Qt.AlignmentFlag.AlignCenter)
        dress(notice, "muted")
        self._place = QStackedLayout(self)
        self._place.addWidget(notice)

    @property
    def panel(self) -> P | None:
        """The panel, once it is built."""
        return self._panel

    def build(self) -> None:
        """Build the panel, the first time only."""
        if self._panel is None:
            self._panel = self._make()
            self._place.addWidget(self._panel)
            self._place.setCurrentWidget(self._panel)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._panel is not None:
            self._panel.close()
        super().closeEvent(event)
