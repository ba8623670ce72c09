"""The buttons of a replay: stops, steps, play, speed; below them, how the replay goes."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from console.session.playing import Playing
from console.session.transport import SPEEDS
from console.ui.look.look import Look
from console.ui.parts.labels import Elided
from console.ui.parts.masking import tip
from console.ui.theme.style import dress
from console.ui.transport.words import Status, speed_text

BUTTONS = (
    ("previous_stop", "to-start", "Previous call or alarm"),
    ("back", "back", "10 seconds back"),
    ("play", "play", "Play or pause"),
    ("on", "forward", "10 seconds on"),
    ("next_stop", "to-end", "Next call or alarm"),
)
"""Act, icon and what it does, from left to right."""

ICON_PX = 20
ROOM_PX = 216
"""Width at 100 % type that the line below the buttons needs to tell of a gap."""


class Speed(QToolButton):
    """The speed; a press opens the list of all, the wheel goes through them."""

    wanted = Signal(float)

    def __init__(
        self, faster: Callable[[], None], slower: Callable[[], None], keys: Mapping[str, str]
    ) -> None:
        super().__init__()
        self._faster, self._slower = faster, slower
        self._menu = QMenu(self)
        for speed in reversed(SPEEDS):
            self._menu.addAction(speed_text(speed)).triggered.connect(partial(self._chosen, speed))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(
            tip(
                "Shift seconds in a second. Press for the list, turn the wheel to change it.",
                f"Keys: {keys.get('faster', '')} faster, {keys.get('slower', '')} slower",
            )
        )
        self.clicked.connect(self.open)

    def show_speed(self, speed: float) -> None:
        """Tell the speed."""
        if self.text() != speed_text(speed):
            self.setText(speed_text(speed))
            self.setAccessibleName(f"Speed {speed_text(speed)}")

    def open(self) -> None:
        """The list of all speeds, above the button."""
        self._menu.popup(self.mapToGlobal(QPoint(0, -self._menu.sizeHint().height())))

    def _chosen(self, speed: float) -> None:
        self.wanted.emit(speed)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        (self._faster if event.angleDelta().y() > 0 else self._slower)()
        event.accept()


class Controls(QWidget):
    """``does`` are the acts by name, ``keys`` what they are pressed by."""

    def __init__(self, look: Look, does: Mapping[str, Callable[[], None]], keys: Mapping[str, str]) -> None:
        super().__init__()
        self._look, self._running = look, False
        self.buttons = {act: _button(act, what, does[act], keys) for act, _, what in BUTTONS}
        self.speed = Speed(does["faster"], does["slower"], keys)
        self.status = Elided(self, "muted")
        self._row, self._column = QHBoxLayout(), QVBoxLayout(self)
        for button in (*self.buttons.values(), self.speed):
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self._column.addLayout(self._row)
        self._column.addWidget(self.status)
        self._column.addStretch(1)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time runs to the right in every language
        for act in ("back", "on"):
            self.buttons[act].setAutoRepeat(True)
        self.wear(look)

    def wear(self, look: Look, *, compact: bool = False) -> None:
        """Draw in another theme or at another scale, ``compact`` where height is short."""
        self._look = look
        sizes, side = look.sizes, look.sizes.px(ICON_PX)
        for act, icon, _ in BUTTONS:
            self.buttons[act].setIconSize(QSize(side, side))
            self.buttons[act].setFixedSize(sizes.px(34), sizes.px(28 if compact else 32))
            self.buttons[act].setIcon(look.icons.icon(self._icon(act, icon), side))
        self.speed.setFixedSize(sizes.px(52), sizes.px(28 if compact else 32))
        dress(self.speed, "lead")
        self._row.setSpacing(sizes.px(2))
        self._column.setSpacing(sizes.px(2))
        self.setMinimumWidth(sizes.px(ROOM_PX))
        self.updateGeometry()

    def show_playing(self, playing: Playing) -> None:
        """The speed, and whether it plays or stands."""
        self.speed.show_speed(playing.speed)
        if playing.running != self._running:
            self._running = playing.running
            play, side = self.buttons["play"], self._look.sizes.px(ICON_PX)
            play.setIcon(self._look.icons.icon(self._icon("play", "play"), side))
            play.setAccessibleName("Pause" if playing.running else "Play")

    def say(self, status: Status) -> None:
        """Tell how the replay goes."""
        dress(self.status, "muted", status.tone)
        if self.status.text() != status.text:
            self.status.setText(status.text)
            self.status.setToolTip(tip(status.text))

    def _icon(self, act: str, icon: str) -> str:
        return "pause" if act == "play" and self._running else icon


def _button(act: str, what: str, do: Callable[[], None], keys: Mapping[str, str]) -> QToolButton:
    button = QToolButton()
    button.setObjectName(act)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(what)
    button.setToolTip(tip(what, f"Key: {keys[act]}" if act in keys else ""))
    button.clicked.connect(do)
    return button
