"""Our own icons: SVG files in one color, recolored from the theme, and symbols as pixmaps."""

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from console import resources
from console.ui.theme import symbols
from console.ui.theme.shapes import Loud, Mark
from console.ui.theme.symbols import Spot
from console.ui.theme.theme import HEALTH, Theme, Token

NAMES = (
    *("search", "keyboard", "fit", "reveal", "conceal", "close", "filter", "check", "lock", "detach"),
    *("chevron-down", "chevron-up", "chevron-right", "chevron-left", "sound", "mute", "shelve", "note"),
    *("bookmark", "play", "pause", "forward", "back", "to-start", "to-end"),
    *(sign.icon for sign in HEALTH.values()),
)
"""Every icon the console may ask for: the files of `resources/icons` without their ending."""

Key: TypeAlias = tuple[object, ...]

_RATIOS = (1.0, 1.5, 2.0, 3.0)


class Icons:
    """Icons and symbols of one theme, each rendered once; make a new one when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn: dict[Key, QPixmap] = {}

    def icon(self, name: str, size: int = 16) -> QIcon:
        """An icon for an action or a button, sharp at every pixel ratio and gray when disabled."""
        icon = QIcon()
        for ratio in _RATIOS:
            icon.addPixmap(self.pixmap(name, size, ratio))
            icon.addPixmap(self.pixmap(name, size, ratio, "edge"), QIcon.Mode.Disabled)
        return icon

    def pixmap(self, name: str, size: int = 16, dpr: float = 1.0, tone: Token = "text") -> QPixmap:
        """The icon in one color. Raises FileNotFoundError for a name that has no file."""
        key = ("icon", name, size, dpr, tone)

        def paint(painter: QPainter) -> None:
            self._drawing(name, tone).render(painter, QRectF(0, 0, size, size))

        return self._painted(key, size, dpr, paint)

    def health(self, value: str, size: int = 16, dpr: float = 1.0) -> QPixmap:
        """The dot of a feed's health; its shape says as much as its color."""
        return self.pixmap(HEALTH[value].icon, size, dpr, HEALTH[value].token)

    def unit(self, program: str, mark: Mark, size: int = 16, dpr: float = 1.0) -> QPixmap:
        """A unit as it is drawn in lists, and by the same outline on the map."""

        def paint(painter: QPainter) -> None:
            symbols.paint_unit(painter, self._theme, program, mark, _middle(size))

        return self._painted(("unit", program, mark, size, dpr), size, dpr, paint)

    def badge(self, priority: int, size: int = 16, dpr: float = 1.0, loud: Loud = "full") -> QPixmap:
        """An alarm's badge by its priority, 1 to 3."""

        def paint(painter: QPainter) -> None:
            symbols.paint_badge(painter, self._theme, priority, _middle(size), loud)

        return self._painted(("badge", priority, size, dpr, loud), size, dpr, paint)

    def _painted(self, key: Key, size: int, dpr: float, paint: Callable[[QPainter], None]) -> QPixmap:
        if key not in self._drawn:
            pixmap = symbols.canvas(size, dpr)
            with QPainter(pixmap) as painter:
                paint(painter)
            self._drawn[key] = pixmap
        return self._drawn[key]

    def _drawing(self, name: str, tone: Token) -> QSvgRenderer:
        source = resources.path(f"icons/{name}.svg").read_text(encoding="utf-8")
        return QSvgRenderer(QByteArray(source.replace("currentColor", self._theme.color(tone)).encode()))


def still(pixmap: QPixmap) -> QIcon:
    """The pixmap as an icon whose colors a selected or disabled row does not wash out."""
    icon = QIcon(pixmap)
    for mode in (QIcon.Mode.Selected, QIcon.Mode.Disabled, QIcon.Mode.Active):
        icon.addPixmap(pixmap, mode)
    return icon


def _middle(size: int) -> Spot:
    return Spot(QPointF(size / 2, size / 2), float(size))
