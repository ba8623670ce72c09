"""What stands across the top of the window: banners when there are any, and the strip."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.state import State
from console.session.replays import Replays
from console.session.store import Store
from console.ui.figures.strip import Strip
from console.ui.frame.banner import Banner
from console.ui.frame.live_banner import LiveBanner
from console.ui.look.view import View


class Head(QWidget):
    """As high as the width of the window asks for; Qt would ask it at a width of its own."""

    def __init__(self, store: Store[State], view: Store[View], replays: Replays | None = None) -> None:
        super().__init__()
        self.banner, self.strip = Banner(store, view, replays), Strip(store, view)
        self._live = LiveBanner(view, replays) if replays else None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._live is not None:
            column.addWidget(self._live)
        column.addWidget(self.banner)
        column.addWidget(self.strip)

    def put_above(self, line: QWidget) -> None:
        """Put one more line on top of the others."""
        self._column.insertWidget(0, line)

    def _room(self) -> int:
        """The width within the window's frame."""
        return self.window().contentsRect().width()

    @override
    def heightForWidth(self, width: int) -> int:
        # Qt asks at the window's least width, where tiles wrap: the window would outgrow the screen
        return super().heightForWidth(max(width, self._room()))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self._room()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._live is not None:
            self._live.close()
        self.banner.close()
        self.strip.close()
        super().closeEvent(event)
