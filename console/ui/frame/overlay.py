"""What a sheet of text over the board looks like, and where it lies."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QMainWindow, QWidget

from console.ui.look.look import Look

MARGIN = 8


def paint_overlay(widget: QWidget, look: Look) -> None:
    """The ground of ``widget`` with a firm edge, so that it stands off the board below it."""
    with QPainter(widget) as painter:
        painter.setPen(QPen(look.color("edge"), 1))
        painter.setBrush(look.color("panel"))
        painter.drawRect(widget.rect().adjusted(0, 0, -1, -1))


def place_overlay(widget: QWidget, width: int, height: int) -> None:
    """Put ``widget`` over the panels, a little above their middle; what stands at the top stays in sight."""
    window = widget.window()
    head = window.menuWidget() if isinstance(window, QMainWindow) else None
    top = MARGIN + (head.geometry().bottom() + 1 if head else 0)
    room = window.height() - top - MARGIN
    wide, tall = min(width, window.width() - 2 * MARGIN), min(height, room)
    widget.setGeometry(QRect((window.width() - wide) // 2, top + (room - tall) // 3, wide, tall))
