"""Who called and what was said: masked, and to be read only while a person holds the button down."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.domain.entities import Call
from console.domain.feed import Feed
from console.domain.vocabulary import FeedName, Health
from console.ui.parts.labels import label
from console.ui.parts.masking import dimmed, hidden, isolated, masked

NOTHING_GIVEN = "No caller, phone or notes are given."

SIGNED_OUT = "Sign-in expired: sign in again to see who called and what was said."

SHOWN_LIMIT = 16_384
"""Characters of a narrative that are laid out; a longer one says that it was cut."""

_LINES = 5
"""What a narrative is given; the rest is reached with the wheel."""


def identity_text(call: Call, *, revealed: bool) -> str:
    """Caller, phone and narrative as plain text, or which of them there are."""
    lines = [f"{name}: {value}" for name, value in _lines(call, revealed=revealed) if value]
    return "\n".join(lines) or NOTHING_GIVEN


def _lines(call: Call, *, revealed: bool) -> tuple[tuple[str, str], ...]:
    if not revealed:
        notes = f"{masked(call.narrative)}, {len(call.narrative)} characters" if call.narrative else ""
        return (("caller", masked(call.caller_name)), ("phone", masked(call.caller_phone)), ("notes", notes))
    notes = call.narrative.replace("\0", "")
    if len(notes) > SHOWN_LIMIT:
        notes = f"{notes[:SHOWN_LIMIT]}\n… cut here, {len(notes) - SHOWN_LIMIT} more characters in CAD"
    return (("caller", isolated(call.caller_name)), ("phone", isolated(call.caller_phone)), ("notes", notes))


def covered(call: Call) -> bool:
    """Whether the card holds anything back."""
    words = call.disposition is not None and call.disposition.text
    place = dimmed(call) and call.address
    return bool(call.caller_name or call.caller_phone or call.narrative or hidden(call) or words or place)


def signed_out(feeds: Iterable[Feed]) -> bool:
    """Whether a source of calls no longer knows the console: then nobody shows what it said of persons."""
    return any(feed.name is FeedName.CALLS and feed.reported is Health.AUTH for feed in feeds)


class HoldButton(QPushButton):
    """Down from the press of mouse or space bar until its release, wherever the pointer goes meanwhile."""

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()


class Identity(QWidget):
    """The masked block of a call's card. It tells when a hold begins and ends.

    ``beside`` stands beside its button: a card has little height to give.
    """

    held = Signal(bool)

    def __init__(self, beside: QWidget) -> None:
        super().__init__()
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setAccessibleName("Caller, phone and notes")
        self._button = HoldButton("Hold to reveal", self)
        self._button.setAccessibleName("Hold to reveal caller, phone and notes; every reveal is logged")
        self._button.pressed.connect(self._hold)
        self._button.released.connect(self._let_go)
        self._nothing = label(self, "muted", NOTHING_GIVEN)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._nothing)
        column.addWidget(self._text)
        line = QHBoxLayout()
        line.addWidget(self._button)
        line.addWidget(beside, 1)
        column.addLayout(line)

    @property
    def revealed(self) -> bool:
        """Whether somebody is holding the button."""
        return self._button.isDown()

    def show_call(self, call: Call, *, more: bool = False, shut: bool = False) -> None:
        """Show the block of ``call``, masked unless it is being held; ``more`` is masked on its card.

        Where it is ``shut`` it cannot be held, and says why.
        """
        text = SIGNED_OUT if shut else identity_text(call, revealed=self.revealed)
        if text != self._text.toPlainText():
            self._text.setPlainText(text)
        held_back = covered(call) or more
        self._text.setVisible(held_back)
        self._button.setVisible(held_back and not shut)
        self._nothing.setVisible(not held_back)
        self._text.setFixedHeight(self._height(_LINES if call.narrative else 2))

    def _height(self, lines: int) -> int:
        """The same masked and revealed, so that nothing moves under the finger."""
        margins = self._text.document().documentMargin() + self._text.frameWidth()
        return self._text.fontMetrics().lineSpacing() * lines + 2 * round(margins) + 6

    def cover(self) -> None:
        """End a hold at once, whoever still presses: another call is shown, or the panel goes."""
        self._button.setDown(False)

    def _hold(self) -> None:
        self.held.emit(True)

    def _let_go(self) -> None:
        self.held.emit(False)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel over the held button moves the notes: the pointer cannot leave the button meanwhile."""
        bar = self._text.verticalScrollBar()
        bar.setValue(bar.value() - event.angleDelta().y() // 40)
        event.accept()
