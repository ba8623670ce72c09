"""A bar that is filled with the color of what it tells, so that it is seen from across the room."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from console.ui.look.look import Look
from console.ui.theme.style import dress
from console.ui.theme.theme import Token

BAR = "bar"
"""The object name that a filled frame must have."""


def fill(frame: QFrame, inside: Iterable[QWidget], look: Look, tone: Token, *, past: bool = False) -> None:
    """Dress ``frame`` and what stands in it in ``tone``; quietly where what it tells is ``past``."""
    for widget in (frame, *inside):
        dress(widget, "ribbon" if past else "banner", "muted" if past else tone)
        night = "" if past else _night(frame, widget, look, tone)
        widget.setStyleSheet(_PADS.get(type(widget), "") + night)


def ink(look: Look, tone: Token) -> Token:
    """The color of an icon on such a bar."""
    return tone if look.theme.name == "night" else "ink"


def _night(frame: QFrame, widget: QWidget, look: Look, tone: Token) -> str:
    """A bright field blinds eyes that are used to the dark: a dark one, its edge and text in color."""
    theme = look.theme
    if theme.name != "night":
        return ""
    color, edge = theme.color(tone), look.sizes.grid(1)
    if widget is frame:
        return f"#{BAR} {{ background: {theme.overlay}; border-left: {edge}px solid {color}; }}"
    return f"; color: {color}; background: transparent"


_PADS: Mapping[type, str] = MappingProxyType({QLabel: "padding: 0", QPushButton: "padding: 0 8px"})
"""What stands in the frame takes its color, and leaves the room around it to the frame."""
