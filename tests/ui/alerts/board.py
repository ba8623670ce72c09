"""Boards with alarms built by hand, and a player that remembers what it was asked for."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from console.domain.alarms.alarm import Alarm, Mute, Tone
from console.domain.definitions import Rule
from console.domain.state import State
from console.ui.alerts.hearing import Sound
from console.ui.alerts.lacks import Lack
from tests.ui.board import NOW, PACK, a_board, a_unit, ago

RULES = {
    "responder_emergency": Rule(
        "A call for help.", "Danger.", "Call the team by radio now; send help.", 1, 1
    ),
    "check_in_overdue": Rule("Nobody heard.", "Trouble.", "Reach the team by radio, and say how.", 3, 1),
    "pending_too_long": Rule("A call waits.", "Waiting.", "Assign the nearest free team.", 5, 2),
    "unit_silent": Rule("No position.", "Lost.", "Ask the team for its place.", 5, 2),
    "call_old": Rule("Nothing was heard.", "Forgotten.", "Ask dispatch.", 15, 3),
    "feed_down": Rule("A source is down.", "Old data.", "Look at the source.", 5, 2),
    "feed_late": Rule("A source is late.", "Old data.", "Look at the source.", 15, 3),
}

BOARD = a_board(units=[a_unit("star4"), a_unit("star5")], definitions=replace(PACK, rules=RULES))
"""Two teams, and no alarm yet."""


def an_alarm(rule: str, subject: str, priority: int, **fields: Any) -> Alarm:
    """An active alarm, raised and announced three minutes ago, that nobody has acknowledged."""
    usual: dict[str, Any] = {
        "since": ago(3),
        "raised_at": ago(3),
        "announced_at": ago(3),
        "name": subject.upper(),
    }
    return Alarm(rule, subject, priority, **{**usual, **fields})


def emergency(unit: str = "star4", **fields: Any) -> Alarm:
    """A team calls for help."""
    return an_alarm("responder_emergency", unit, 1, **fields)


def overdue(unit: str = "star5", **fields: Any) -> Alarm:
    """A team was not asked after in time."""
    return an_alarm("check_in_overdue", unit, 1, **fields)


def waiting(call: str, **fields: Any) -> Alarm:
    """A call waits too long."""
    return an_alarm("pending_too_long", call, 2, **{"area": "D3", **fields})


def source_down(**fields: Any) -> Alarm:
    """A source gives no data."""
    return an_alarm("feed_down", "city-cad calls", 2, **fields)


def tone(number: int, priority: int, **fields: Any) -> Tone:
    """The ``number``-th tone of the board."""
    return Tone(number, NOW, priority, **fields)


def alarmed(board: State, *alarms: Alarm, tones: Iterable[Tone] = (), mute: Mute | None = None) -> State:
    """``board`` with these alarms standing, all of its tones so far, and a mute or none."""
    standing = {alarm.id: alarm for alarm in alarms}
    return replace(board, alarms=replace(board.alarms, standing=standing, tones=tuple(tones), mute=mute))


def a_mute(seconds: float = 120) -> Mute:
    """Muted now, for that long."""
    return Mute(NOW, NOW + timedelta(seconds=seconds), "m.ruiz")


class Played(QObject):
    """Plays nothing and remembers it; ``lack`` can be set to what is lacking."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.live: list[Sound] = []
        self.replayed: list[Sound] = []
        self.volumes: list[float] = []
        self.lack: Lack | None = None
        self.looks = 0
        self.closed = False

    def play(self, sound: Sound, volume: float, *, replayed: bool = False) -> None:
        """Remember it."""
        (self.replayed if replayed else self.live).append(sound)
        self.volumes.append(volume)

    def look(self) -> None:
        """Count it."""
        self.looks += 1

    def close(self) -> None:
        """Remember that."""
        self.closed = True
