"""One trouble in one line: filled with its color, or in the quiet dress of what is past."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from console.ui.frame.filled import BAR, fill, ink
from console.ui.frame.troubles import Trouble
from console.ui.look.look import Look
from console.ui.parts.announce import announce
from console.ui.parts.clocks import Present
from console.ui.theme.sizes import Sizes
from console.ui.theme.theme import HEALTH, Token


class TroubleBar(QFrame):
    """The worst trouble, after ``prefix``, and a button for all of them, or for ``deed``; hidden without any."""

    def __init__(self, look: Look, prefix: str = "", deed: str = "") -> None:
        super().__init__()
        self._look, self._prefix, self._deed = look, prefix, deed
        self._icon, self._text, self.more = QLabel(), QLabel(), QPushButton()
        self._worst: tuple[Trouble, bool] | None = None
        plain_line(self._text)
        self._text.setContentsMargins(0, look.sizes.grid(1), 0, look.sizes.grid(1))
        self.setObjectName(BAR)
        in_line(self, (self._icon, self._text, self.more), look.sizes)

    def wear(self, look: Look) -> None:
        """Draw with another theme or scale from the next `tell` on."""
        self._look, self._worst = look, None

    def tell(self, found: tuple[Trouble, ...], now: Present, *, past: bool = False) -> None:
        """Show the worst of ``found``; ``past``: it was so at a moment that is replayed."""
        self.setVisible(bool(found))
        if not found:
            self._worst = None
            return
        worst, others = found[0], sum(trouble.of_feeds for trouble in found[1:])
        text = f"Recorded then: {worst.told_then(now)}" if past else f"{self._prefix}{worst.told(now)}"
        self._text.setText(text)
        self.more.setText(self._deed or (f"{others} more" if others else "All feeds"))
        self.more.setVisible(bool(self._deed or worst.of_feeds or others))
        if self._worst is None or not _alike(self._worst, (worst, past)):
            self._worst = (worst, past)
            self._dress(worst, past=past)
            if not past:
                announce(self, text)

    def _dress(self, worst: Trouble, *, past: bool) -> None:
        fill(self, (self._text, self.more), self._look, worst.tone, past=past)
        tone: Token = "muted" if past else ink(self._look, worst.tone)
        icon, ratio = HEALTH[worst.health].icon, self.devicePixelRatioF()
        self._icon.setPixmap(self._look.icons.pixmap(icon, self._look.sizes.icon, ratio, tone))


def _alike(held: tuple[Trouble, bool], found: tuple[Trouble, bool]) -> bool:
    return (held[0].health, held[0].what, held[1]) == (found[0].health, found[0].what, found[1])


def plain_line(label: QLabel) -> None:
    """``label`` shows data: as it is, and on as many lines as it needs."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)


def in_line(frame: QFrame, widgets: tuple[QWidget, ...], sizes: Sizes) -> None:
    """Widgets side by side; the label among them takes what is left."""
    line = QHBoxLayout(frame)
    line.setContentsMargins(sizes.grid(1), 0, sizes.grid(1), 0)
    line.setSpacing(sizes.grid(2))
    for widget in widgets:
        wide = isinstance(widget, QLabel) and widget.wordWrap()
        line.addWidget(widget, int(wide))
