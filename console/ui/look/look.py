"""A theme at one font scale, made ready to paint with: colors, type and symbols, each made once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from console.ui.look.view import View
from console.ui.theme import fonts
from console.ui.theme.icons import Icons
from console.ui.theme.sizes import Sizes
from console.ui.theme.theme import Theme

REMEMBERED = 4_096
"""Texts whose width is remembered, by font: the ticking clocks of an hour and what stands beside them."""


class Type:
    """A font that remembers the widths of what it drew: most texts of a table are drawn again and again.

    ``lift`` is how far below the middle of its line the baseline lies.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.lift = (self.metrics.ascent() - self.metrics.descent()) / 2
        self._fitted: dict[tuple[str, int], tuple[str, float]] = {}

    def fitted(self, text: str, room: int) -> tuple[str, float]:
        """``text``, cut with an ellipsis where it is wider than ``room``, and its width."""
        found = self._fitted.get((text, room))
        if found is None:
            if len(self._fitted) >= REMEMBERED:
                self._fitted.clear()
            found = self._fitted[text, room] = self._fit(text, room)
        return found

    def _fit(self, text: str, room: int) -> tuple[str, float]:
        width = self.metrics.horizontalAdvance(text)
        if width <= room:
            return text, width
        cut = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        return cut, self.metrics.horizontalAdvance(cut)


class Look:
    """What delegates and custom-painted widgets draw with. Make a new one when the theme or scale changes."""

    def __init__(self, theme: Theme, scale: float) -> None:
        self.theme = theme
        self.scale = scale
        self.sizes = Sizes(scale)
        self.pad = self.sizes.pad
        self.step = self.sizes.px(7)
        self.icons = Icons(theme)
        self.body = Type(fonts.face(self.sizes.body))
        self.small = Type(fonts.face(self.sizes.small))
        self.label = Type(_spaced(fonts.face(self.sizes.small)))
        self.hatching = QColor(theme.edge)
        self.hatching.setAlphaF(0.35)
        self._colors: dict[str, QColor] = {}

    def color(self, token: str) -> QColor:
        """The color of any of the theme's tokens."""
        color = self._colors.get(token)
        if color is None:
            color = self._colors[token] = QColor(getattr(self.theme, token))
        return color


def look_of(view: View) -> tuple[Theme, float]:
    """The slice of the view that a look is made of."""
    return view.theme, view.scale


def _spaced(font: QFont) -> QFont:
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1)
    return font
