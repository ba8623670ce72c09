"""One window's banner of an escalated alarm: what, since when, what to do, and how to answer for it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from console.domain.alarms.alarm import Alarm
from console.domain.vocabulary import Reached
from console.domain.watching.catalog import CATALOG
from console.session.verbs import Verbs
from console.ui.frame.filled import BAR, fill, ink
from console.ui.frame.trouble_bar import in_line, plain_line
from console.ui.look.look import Look

ACKNOWLEDGE, REACHED = "Acknowledge", "Check in…"
HERE = "At this console: the dispatch system is not told."
WAYS: tuple[tuple[str, Reached], ...] = (
    ("Reached by radio", Reached.RADIO),
    ("Reached by phone", Reached.PHONE),
    ("Reached by app", Reached.APP),
    ("Not reached", Reached.NOT_REACHED),
)


class EscalationBar(QFrame):
    """Hidden without an alarm. It takes no focus; Tab reaches its button. The act goes to ``verbs``."""

    def __init__(self, window: QWidget, look: Look, verbs: Verbs) -> None:
        super().__init__(window)
        self._look, self._verbs = look, verbs
        self._alarm: Alarm | None = None
        self._badge, self.text, self.button = QLabel("1"), QLabel(), QPushButton(ACKNOWLEDGE)
        self._menu = QMenu(self)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        self.setObjectName(BAR)
        self.setAccessibleName("Escalated alarm")
        self._badge.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        plain_line(self.text)
        self.text.setContentsMargins(0, self._look.sizes.grid(1), 0, self._look.sizes.grid(1))
        self.button.setAutoDefault(False)  # Enter in a dialog is the dialog's
        self.button.setToolTip(HERE)
        self.button.clicked.connect(self._answer)
        for said, how in WAYS:
            self._menu.addAction(said).setData(how.value)
        self._menu.triggered.connect(self._reach)
        in_line(self, (self._badge, self.text, self.button), self._look.sizes)
        self.wear(self._look)

    def wear(self, look: Look) -> None:
        """Draw with another theme or scale."""
        self._look = look
        fill(self, (self._badge, self.text, self.button), look, "p1")
        square = f"; border: 2px solid {look.theme.color(ink(look, 'p1'))}; padding: 0 5px"
        self._badge.setStyleSheet(self._badge.styleSheet() + square)
        self.button.setMinimumHeight(look.sizes.row)

    def tell(self, alarm: Alarm | None, text: str) -> None:
        """Show ``alarm`` in these words; ``None`` where none is escalated."""
        self._alarm = alarm
        if alarm is not None:
            contact = CATALOG[alarm.rule].contact
            self.text.setText(text)
            self.button.setText(REACHED if contact else ACKNOWLEDGE)
            self.button.setAccessibleName(f"{self.button.text()}: {text}")
        self.setVisible(alarm is not None)

    def _answer(self) -> None:
        if self._alarm is None:
            return
        if CATALOG[self._alarm.rule].contact:
            self._menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))
        else:
            self._verbs.acknowledge((self._alarm.id,))

    def _reach(self, action: QAction) -> None:
        if self._alarm is not None:
            self._verbs.check_in(self._alarm.subject, Reached(action.data()))


Make = Callable[[QWidget], EscalationBar]
