"""The web view that shows the map's page: it loads, tells whether it is alive, and passes scripts on."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from console.ui.map.bridge import Bridge, Listener
from console.ui.map.profile import PAGE, SealedPage
from console.ui.map.scheme import Files

READY_MS = 10_000
"""A page that is not ready by then is not coming."""


class Surface(QWebEngineView):
    """``lost`` says that the page is gone: its process died, or it does not answer."""

    lost = Signal()

    def __init__(self, files: Files, listener: Listener, parent: QWidget) -> None:
        super().__init__(parent)
        self._listener = listener
        self._channel: QWebChannel | None = None
        self._page = SealedPage(files, self)
        self._patience = QTimer(self, singleShot=True, interval=READY_MS)
        self._patience.timeout.connect(self.lost)
        self._page.renderProcessTerminated.connect(self._died)
        self.setPage(self._page)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)

    def open(self, ground: str) -> None:
        """Load the page with a bridge of its own, on a ground of that color, so that nothing flashes white."""
        self._page.setBackgroundColor(QColor(ground))
        held, self._channel = self._channel, QWebChannel(self._page)
        self._channel.registerObject("bridge", Bridge(self._listener, self._channel))
        self._page.setWebChannel(self._channel)
        if held is not None:
            held.deleteLater()
        self._patience.start()
        self._page.load(PAGE)

    def settled(self) -> None:
        """The page said that it is ready."""
        self._patience.stop()

    def say(self, script: str) -> None:
        """Run a script in the page."""
        self._page.runJavaScript(script)

    def end(self) -> None:
        """Take the page down, before anything that it needs goes."""
        self._patience.stop()
        self._page.renderProcessTerminated.disconnect(self._died)
        self._page.deleteLater()

    def _died(self) -> None:
        self._patience.stop()
        self.lost.emit()
