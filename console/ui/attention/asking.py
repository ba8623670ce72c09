"""A field about an alarm is open for as long as that alarm lets it be: with the alarm it closes, and says so."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from console.domain.alarms.alarm import Alarm
from console.ui.attention.foot import Foot

OVER = "That alarm is over."
ANSWERED = "That alarm was answered meanwhile."

Holds = Callable[[Alarm], bool]


class Asking:
    """Opens fields in ``foot``, one at a time."""

    def __init__(self, foot: Foot) -> None:
        self._foot = foot
        self._field: QWidget | None = None
        self._alarm = ""
        self._holds: Holds = stands

    def ask(self, field: QWidget, alarm: str = "", holds: Holds | None = None) -> None:
        """Open ``field``; where it is about an ``alarm`` (an id), for as long as that stands and ``holds``."""
        self._foot.ask(field)
        self._field = field if alarm else None
        self._alarm, self._holds = alarm, holds or stands

    def look(self, standing: Mapping[str, Alarm]) -> None:
        """See whether what is asked is still of use."""
        field, alarm = self._field, standing.get(self._alarm)
        if field is None or (field is self._foot.field and alarm is not None and self._holds(alarm)):
            return
        self._field = None
        if field is self._foot.field:
            self._foot.say(OVER if alarm is None or not alarm.active else ANSWERED)


def stands(_alarm: Alarm) -> bool:
    """Whatever it is: it stands."""
    return True


def active(alarm: Alarm) -> bool:
    """What it tells of goes on."""
    return alarm.active


def calling(alarm: Alarm) -> bool:
    """Nobody has answered for it."""
    return alarm.calling
