"""The keys of a window that work in the lists over it too; the window has a child that binds them."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

Does: TypeAlias = Mapping[str, Callable[[], None]]
"""Acts by name."""


class ListKeys(QObject):
    """Stands below the window it belongs to, where a list that is opened over that finds it."""

    def also(self, window: QWidget, own: Does) -> None:
        """Let the keys work in ``window`` too; its ``own`` acts go before those of the window below."""
        raise NotImplementedError
