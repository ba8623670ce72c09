"""A panel that can be moved and popped out. Its title is a thin grip: every panel names itself."""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.session.store import Store
from console.ui.look.look import Look, look_of
from console.ui.look.view import View
from console.ui.theme.style import dress

GRIP_PX = 7


class Grip(QWidget):
    """What a dock is dragged by; a double click pops it out or puts it back."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.back = QPushButton("Put back")
        self.back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._out = False
        dress(self.back, "chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.sizes.grid(3), 0, look.sizes.grid(1), 0)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignRight)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.setToolTip("Drag to move. Double-click to pop out or to put back.")
        self.pop(out=False)

    def wear(self, look: Look) -> None:
        """Draw in another theme or at another scale."""
        self._look = look
        self.updateGeometry()
        self.update()

    def pop(self, *, out: bool) -> None:
        """Show the button when the dock is out of the window."""
        self._out = out
        self.back.setVisible(out)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        sizes, above = self._look.sizes, self.contentsMargins().top()
        return QSize(sizes.px(80), above + (sizes.row if self._out else sizes.px(GRIP_PX)))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        sizes, box = self._look.sizes, self.contentsRect()
        bar = QRect(0, 0, sizes.px(28), sizes.px(2))
        bar.moveCenter(box.center())
        with QPainter(self) as painter:
            painter.fillRect(bar, self._look.color("edge" if self.underMouse() else "hairline"))


class Top(QWidget):
    """The grip, with room above it for what every window must tell; as high as that needs at its width.

    A dock asks its title for a size alone, and a title that asks amid a layout is not heard.
    """

    def __init__(self, grip: Grip) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(grip)
        self._wider = QTimer(self, singleShot=True, interval=0)
        self._wider.timeout.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        high = self._column.totalHeightForWidth(self.width())
        return QSize(hint.width(), high if self._column.hasHeightForWidth() else hint.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._column.hasHeightForWidth() and event.size().width() != event.oldSize().width():
            self._wider.start()


class Dock(QDockWidget):
    """One panel in the window; closing it when it is popped out puts it back, so that none is ever lost."""

    def __init__(self, name: str, title: str, panel: QWidget, view: Store[View]) -> None:
        super().__init__(title)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable
            | QDockWidget.DockWidgetFeature.DockWidgetFloatable
        )
        self._grip = Grip(Look(*look_of(view.value)))
        self.setTitleBarWidget(Top(self._grip))
        self.setWidget(panel)
        self._grip.back.clicked.connect(self.put_back)
        self.topLevelChanged.connect(self._popped)
        self._unwatch = view.watch(look_of, self._wear)

    def toggle(self) -> None:
        """Pop the panel out into a window of its own, or put it back."""
        self.setFloating(not self.isFloating())

    def put_back(self) -> None:
        """Dock the panel where it was."""
        self.setFloating(False)

    def release(self) -> None:
        """Let go of what the dock and its panel watch; the window is closing."""
        self._unwatch()
        self.widget().close()

    def _wear(self, slice_: tuple[Any, float]) -> None:
        self._grip.wear(Look(*slice_))

    def _popped(self, out: bool) -> None:
        self._grip.pop(out=out)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.put_back()


class Popped(QWidget):
    """The panel from the middle of the window in a window of its own; closing it brings the panel back.

    A tool window, so that the shortcuts of the main window work in it too.
    """

    closing = Signal()

    def __init__(self, title: str, panel: QWidget, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        panel.show()
        self.resize(panel.size())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
