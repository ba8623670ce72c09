"""Which of the two boards of a recorded shift is shown, and the way out of the replay."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from console.session.playing import Playing
from console.ui.look.look import Look
from console.ui.parts.masking import tip
from console.ui.theme.style import dress

THEN = (
    "As known then: what the console showed at that moment, mistakes and late entries included.",
    "Shows what people could have known when they decided.",
)
CORRECTED = (
    "As corrected: the same moment with what dispatch corrected or entered later.",
    "Shows what really happened. Times and figures may differ from what was on the screen.",
)

WHOLE = ("As known then", "As corrected")
SHORT = ("As then", "Corrected", "Close")


class Ways(QWidget):
    """``corrected`` tells which board is wanted, ``leave`` that the replay is over."""

    corrected = Signal(bool)
    leave = Signal()

    def __init__(self, look: Look, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._keys = keys
        self.then, self.later = QPushButton(), QPushButton()
        self.back = QPushButton()
        self._compact = self._live = False
        self._pair, self._row, self._column = QButtonGroup(self), QHBoxLayout(), QVBoxLayout(self)
        key = f"Key: {keys['correct']}" if "correct" in keys else ""
        for button, text in ((self.then, THEN), (self.later, CORRECTED)):
            button.setCheckable(True)
            button.setToolTip(tip(*text, key))
            self._pair.addButton(button)
            self._row.addWidget(button)
        for button in (self.then, self.later, self.back):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            dress(button, "chip")
        self._lay_out()
        self.then.clicked.connect(self._choose)
        self.later.clicked.connect(self._choose)
        self.back.clicked.connect(self.leave)
        self.wear(look)

    def _lay_out(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self._column.addLayout(self._row)
        self._column.addWidget(self.back)
        self._column.addStretch(1)

    def wear(self, look: Look, *, compact: bool = False) -> None:
        """Draw in another theme or at another scale, ``compact`` where height is short: all in one row."""
        self._compact = compact
        self._column.removeWidget(self.back)
        self._row.removeWidget(self.back)
        if compact:
            self._row.addWidget(self.back)
        else:
            self._column.insertWidget(2, self.back)
        self._name()
        self._row.setSpacing(look.sizes.px(2))
        self._column.setSpacing(look.sizes.grid(1))
        self.updateGeometry()

    def show_playing(self, playing: Playing, *, live: bool) -> None:
        """Which board is shown, and where the way out leads."""
        (self.later if playing.corrected else self.then).setChecked(True)
        if live is not self._live:
            self._live = live
            self._name()

    def _name(self) -> None:
        """What stands on the buttons; the tip and the name for a screen reader are always whole."""
        short, live, key = self._compact, self._live, self._keys.get("live", "")
        whole = (*WHOLE, "Back to live" if live else "Close the replay")
        for button, said, brief in zip((self.then, self.later, self.back), whole, SHORT, strict=True):
            button.setText(brief if short else said)
            button.setAccessibleName(said)
        if live:
            self.back.setText(f"{'Live' if short else 'Back to live'}{f' ({key})' if key else ''}")
        meant = "The live board as it is now; it went on meanwhile." if live else "Close the window."
        self.back.setToolTip(tip(meant))

    def _choose(self) -> None:
        self.corrected.emit(self.later.isChecked())
