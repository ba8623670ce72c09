"""The line above the alarms: how many call, how many came up out of sight, and in a flood how bad it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.ui.parts.announce import announce
from console.ui.parts.chips import unmarked
from console.ui.parts.flow import Flow
from console.ui.parts.labels import label
from console.ui.theme.style import dress
from console.ui.theme.theme import Theme

CALM = "Nothing needs attention"


class Header(QWidget):
    """``acknowledge`` and ``top`` tell that their button was pressed."""

    acknowledge = Signal()
    top = Signal()

    def __init__(self) -> None:
        super().__init__()
        line = QWidget(self)
        self._name = label(line, "label", "Needs attention")
        self._count = label(line, "title")
        self._seen = label(line, "muted")
        self._above = QPushButton(line)
        self._button = QPushButton("A  acknowledge", line)
        self._button.setAccessibleName("Acknowledge the selected alarm, else the newest of priority 2 or 3")
        self._flood = label(self, "banner", tone="p2")
        self._flood.setWordWrap(True)
        self._flood.hide()
        for button in (self._above, self._button):
            dress(button, "chip")
        self._above.hide()
        words = (self._name, self._count, self._seen, self._above)
        Flow(line, words, end=self._button).setContentsMargins(8, 4, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._flood)
        column.addWidget(line)
        self._button.clicked.connect(self.acknowledge)
        self._above.clicked.connect(self.top)

    @property
    def said(self) -> str:
        """All that it says, for those who cannot see it."""
        parts = (self._flood, self._count, self._seen, self._above)
        return " · ".join(part.text() for part in parts if not part.isHidden() and part.text())

    def wear(self, theme: Theme) -> None:
        """The bar of a flood is filled, but not at night: a bright field blinds eyes that are used to the dark."""
        night = theme.name == "night"
        dress(self._flood, "title" if night else "banner", "p2")
        self._flood.setIndent(8 if night else -1)

    def show_counts(self, calling: int, seen: int, *, calm: bool) -> None:
        """How many call for somebody, and how many were acknowledged and still stand; ``calm`` without any line."""
        said = f"{seen} acknowledged" if seen else ""
        self._count.setText("" if calm else str(calling))
        self._seen.setText(CALM if calm else said)
        self._seen.setVisible(calm or bool(said))
        self._count.setVisible(not calm)
        self._button.setVisible(not calm)

    def show_above(self, count: int) -> None:
        """How many came up above what can be seen; pressing the chip goes there."""
        text = f"{count} new above" if count else ""
        if self._above.text() != text:
            self._above.setText(unmarked(text))
            self._above.setAccessibleName(f"{text}: go there")
            self._above.setVisible(bool(count))

    def show_flood(self, text: str) -> None:
        """The one bar of a flood; empty outside of one."""
        if text == self._flood.text():
            return
        began = bool(text) and not self._flood.text()
        self._flood.setText(text)
        self._flood.setAccessibleName(text)
        self._flood.setVisible(bool(text))
        if began:
            announce(self, text)
