"""Notices of the desktop itself; where it has no place for them, nothing is shown and nothing fails."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from console.ui.alerts.notices import Notice

URGENT_MS, USUAL_MS = 60_000, 15_000


class Desktop(QObject):
    """``pressed`` is emitted when somebody clicks a notice. ``icon`` stands in the tray from the first one on."""

    pressed = Signal()

    def __init__(self, icon: QIcon) -> None:
        super().__init__()
        self._mark = icon
        self._icon: QSystemTrayIcon | None = None

    def show(self, notice: Notice) -> None:
        """Show it, where the desktop can."""
        icon = self._placed()
        if icon is not None:
            kinds = QSystemTrayIcon.MessageIcon
            kind, length = (kinds.Critical, URGENT_MS) if notice.urgent else (kinds.Warning, USUAL_MS)
            icon.showMessage(notice.title, notice.text, kind, length)

    def close(self) -> None:
        """Leave the tray."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def _placed(self) -> QSystemTrayIcon | None:
        if self._icon is None and QSystemTrayIcon.isSystemTrayAvailable():
            self._icon = QSystemTrayIcon(self._mark, self)
            self._icon.setToolTip("SMART Console")
            self._icon.messageClicked.connect(self.pressed)
            self._icon.activated.connect(self.pressed)
            self._icon.show()
        return self._icon


def in_front() -> bool:
    """Whether one of our windows is the one that somebody works in."""
    return QApplication.activeWindow() is not None
