"""One window's banner of an escalated alarm: what, since when, what to do, and how to answer for it."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, Signal
from PySide6.QtGui import QAction, QEnterEvent, QHideEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from console.domain.alarms.alarm import Alarm
from console.domain.vocabulary import Reached
from console.domain.watching.catalog import CATALOG
from console.session.verbs import Verbs
from console.ui.frame.filled import BAR, fill, ink
from console.ui.frame.trouble_bar import in_line, plain_line
from console.ui.look.look import Look
from console.ui.parts.masking import isolated

ACKNOWLEDGE, REACHED = "Acknowledge", "Check in…"
HERE = "At this console: the dispatch system is not told."
WAYS: tuple[tuple[str, Reached], ...] = (
    ("reached by radio", Reached.RADIO),
    ("reached by phone", Reached.PHONE),
    ("reached by app", Reached.APP),
    ("not reached", Reached.NOT_REACHED),
)

STANDS_MS = 700
"""An alarm must have been in sight for so long until a press is about it: a hand aims at what the eye saw before."""


class EscalationBar(QFrame):
    """Hidden without an alarm. It takes no focus; Tab reaches its button. The act goes to ``verbs``.

    What is done is about the alarm that was in sight when the button went down, or when the menu was opened, and about
    no other. The alarm that somebody points at is to be `kept`; ``left`` tells that nobody does any more.
    """

    left = Signal()

    def __init__(self, window: QWidget, look: Look, verbs: Verbs) -> None:
        super().__init__(window)
        self._look, self._verbs = look, verbs
        self._alarm: Alarm | None = None
        self._pressed: Alarm | None = None
        self._asked: Alarm | None = None
        self._pointed = False
        self._stands = QElapsedTimer()
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
        self.button.pressed.connect(self._press)
        self.button.clicked.connect(self._answer)
        self._menu.triggered.connect(self._reach)
        self._menu.aboutToHide.connect(self._leave)
        in_line(self, (self._badge, self.text, self.button), self._look.sizes)
        self.wear(self._look)

    @property
    def kept(self) -> str:
        """The id of the alarm that must stay in sight: somebody points at it, or is asked about it."""
        held = self._pointed or self._menu.isVisible() or self.button.isDown()
        return self._alarm.id if self._alarm is not None and held else ""

    def wear(self, look: Look) -> None:
        """Draw with another theme or scale."""
        self._look = look
        fill(self, (self._badge, self.text, self.button), look, "p1")
        square = f"; border: 2px solid {look.theme.color(ink(look, 'p1'))}; padding: 0 5px"
        self._badge.setStyleSheet(self._badge.styleSheet() + square)
        self.button.setMinimumHeight(look.sizes.row)

    def tell(self, alarm: Alarm | None, text: str) -> None:
        """Show ``alarm`` in these words; ``None`` where none is escalated."""
        if not _same(alarm, self._alarm):
            self._stands.start()
            self._asked = None
            self._menu.close()
        self._alarm = alarm
        if alarm is not None:
            contact = CATALOG[alarm.rule].contact
            self.text.setText(text)
            self.button.setText(REACHED if contact else ACKNOWLEDGE)
            self.button.setAccessibleName(f"{self.button.text()}: {text}")
        self.setVisible(alarm is not None)

    def _press(self) -> None:
        seen = self._alarm is not None and self._stands.hasExpired(STANDS_MS)
        self._pressed = self._alarm if seen else None

    def _answer(self) -> None:
        alarm, self._pressed = self._pressed, None
        if alarm is None or not _same(alarm, self._alarm):
            return
        if CATALOG[alarm.rule].contact:
            self._ask(alarm)
        else:
            self._verbs.acknowledge((alarm.id,))

    def _ask(self, alarm: Alarm) -> None:
        """How the team of ``alarm`` was reached; each answer names it."""
        self._asked = alarm
        self._menu.clear()
        name = isolated(alarm.name or alarm.subject).replace("&", "&&")
        for said, how in WAYS:
            self._menu.addAction(f"{name} {said}").setData(how.value)
        self._menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def _reach(self, action: QAction) -> None:
        alarm, self._asked = self._asked, None
        if alarm is not None and _same(alarm, self._alarm):
            self._verbs.check_in(alarm.subject, Reached(action.data()))

    def _leave(self) -> None:
        if not self._pointed:
            self.left.emit()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._pointed = True

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = False
        self.left.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pointed = False


def _same(one: Alarm | None, two: Alarm | None) -> bool:
    """Whether they are one alarm of one occasion: an id comes again with the next."""
    if one is None or two is None:
        return one is two
    return (one.id, one.raised_at) == (two.id, two.raised_at)


Make = Callable[[QWidget], EscalationBar]
