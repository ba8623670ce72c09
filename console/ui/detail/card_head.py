"""The line above a card: what it is of, how old that is, and what of it is masked."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from console.ui.parts.labels import Elided, label


class CardHead(QWidget):
    """Name, title, *as of* and the word for the mask."""

    def __init__(self) -> None:
        super().__init__()
        self._name = label(self, "label")
        self._title = Elided(self, "title")
        self._as_of = label(self, "muted", tone="stale")
        self.masked = label(self, "muted")
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(8, 4, 8, 4)
        line.setSpacing(8)
        line.addWidget(self._name)
        line.addWidget(self._title, 1)
        line.addWidget(self._as_of)
        line.addWidget(self.masked)

    def say(self, name: str, title: str = "", as_of: str = "", mask: str = "") -> None:
        """Show these; what is empty takes no room."""
        self._name.setText(name)
        self._title.setText(title)
        self._as_of.setText(as_of)
        self._as_of.setVisible(bool(as_of))
        self.masked.setText(mask)
        self._fit()

    def _fit(self) -> None:
        """Say what is masked where the title leaves room for it; the masks themselves say it too."""
        others = [self._name, *([self._as_of] if self._as_of.text() else []), self.masked]
        title = self._title.fontMetrics().horizontalAdvance(self._title.text())
        needed = title + sum(word.sizeHint().width() + self._line.spacing() for word in others)
        margins = self._line.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        self.masked.setVisible(bool(self.masked.text()) and needed <= room)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
