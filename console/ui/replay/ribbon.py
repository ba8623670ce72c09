"""The colored frame and the ribbon that a window wears while it shows a replay."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from console.ui.look.look import Look
from console.ui.theme import fonts

EDGE_PX = 4
BAND_PX = 24


class Ribbon(QWidget):
    """Lies over the rim of its window, lets everything through that is pressed, and is in its pictures."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window, self._look, self._text = window, look, ""
        self.setObjectName("replay_ribbon")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def text(self) -> str:
        """What the ribbon says."""
        return self._text

    @property
    def edge(self) -> int:
        """How wide the frame is."""
        return self._look.sizes.px(EDGE_PX)

    @property
    def band(self) -> int:
        """How high the ribbon is."""
        return self._look.sizes.px(BAND_PX)

    def wear(self, look: Look) -> None:
        """Draw with another theme or scale from here on."""
        self._look = look
        self.fit()
        self.update()

    def say(self, text: str) -> None:
        """Show this text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def fit(self) -> None:
        """Lie along the rim of the window as it is now."""
        whole = self._window.rect()
        inner = whole.adjusted(self.edge, self.band, -self.edge, -self.edge)
        self.setGeometry(whole)
        self.setMask(QRegion(whole).subtracted(QRegion(inner)))
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look, band = self._look, QRect(0, 0, self.width(), self.band)
        night = look.theme.name == "night"  # a bright field blinds eyes that are used to the dark
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), look.color("replay"))
            if night:
                inset = self.edge // 2
                painter.fillRect(band.adjusted(inset, inset, -inset, 0), look.color("overlay"))
            painter.setFont(fonts.face(look.sizes.body, QFont.Weight.Bold))
            painter.setPen(look.color("replay" if night else "ink"))
            text = painter.fontMetrics().elidedText(
                self._text, Qt.TextElideMode.ElideRight, band.width() - 16
            )
            painter.drawText(band, Qt.AlignmentFlag.AlignCenter, text)
