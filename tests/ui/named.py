"""Who can have the focus without a name that a screen reader could say."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def unnamed(panel: QWidget) -> list[str]:
    """The classes of the widgets that take the focus and have no accessible name of their own."""
    able = (w for w in panel.findChildren(QWidget) if w.focusPolicy() is not Qt.FocusPolicy.NoFocus)
    return [type(widget).__name__ for widget in able if not widget.accessibleName()]
