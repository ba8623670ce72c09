"""Boards with alarms, built by hand, and a desk whose acts go to the board at once."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.book import Alarms
from console.domain.definitions import CheckIn, KickBack, Rule, Safety
from console.domain.events import Acted
from console.domain.state import State, reduce
from console.domain.vocabulary import CallState, UnitState
from console.domain.watching import catalog
from console.session.store import Store
from console.session.verbs import ActingVerbs
from tests.ui.board import NOW, a_board, a_call, a_unit, ago
from tests.ui.board import PACK as BOARD_PACK

RULE = Rule("A cause.", "A consequence.", "Ask after it now; then write it down.", respond_min=5)

PACK = replace(
    BOARD_PACK,
    kick_back=KickBack(after={"2": 25}),
    safety=Safety(check_in={"clinician_ems": CheckIn(every=20)}),
    rules=dict.fromkeys(catalog.CATALOG, RULE),
)


def an_alarm(rule: str, about: str, **fields: Any) -> Alarm:
    """An alarm of priority 2 that came up two minutes ago, about what began a quarter of an hour ago."""
    usual: dict[str, Any] = {
        "priority": 2,
        "since": ago(15),
        "raised_at": ago(2),
        "announced_at": ago(2),
        "name": about.lstrip("c").upper(),
    }
    return Alarm(**{"rule": rule, "subject": about, **usual, **fields})


def waits(number: int, **fields: Any) -> Alarm:
    """A call that waits for too long."""
    return an_alarm(catalog.PENDING_LONG, f"c{number}", **fields)


def alarmed(*alarms: Alarm, **fields: Any) -> State:
    """A board on which these alarms stand, with a row for each subject: a queued call or a team on scene."""
    calls = fields.pop("calls", None)
    units = fields.pop("units", None)
    about = {
        kind: [one.subject for one in alarms if catalog.CATALOG[one.rule].about is kind]
        for kind in catalog.About
    }
    if calls is None:
        calls = [
            a_call(int(key[1:]), waits=18.04, eligible=True)
            for key in dict.fromkeys(about[catalog.About.CALL])
        ]
    if units is None:
        units = [a_unit(key, state=UnitState.ON_SCENE) for key in dict.fromkeys(about[catalog.About.UNIT])]
    usual: dict[str, Any] = {"opened": True, "began": ago(300)}
    book = Alarms(standing={one.id: one for one in alarms}, **{**usual, **fields.pop("book", {})})
    return a_board(calls, units, **{"alarms": book, "definitions": PACK, **fields})


def seen(alarm: Alarm, at: datetime = NOW) -> Alarm:
    """``alarm``, acknowledged."""
    return replace(alarm, acknowledged_at=at, acknowledged_by="m.ruiz")


def over(alarm: Alarm) -> Alarm:
    """``alarm`` when what it tells of is over and nobody has acknowledged it."""
    return replace(alarm, active=False, returned_at=ago(1))


class Living(ActingVerbs):
    """A person's acts on a board that takes them at once, as the live one does."""

    def __init__(self, store: Store[State]) -> None:
        super().__init__(self._take, "m.ruiz", self._hurry)
        self._store = store
        self.done: list[Acted] = []

    def _take(self, make: Callable[[datetime], Acted]) -> None:
        event = make(self._store.value.second)
        self.done.append(event)
        self._store.set(reduce(self._store.value, event))

    def _hurry(self) -> None:
        raise AssertionError("no alarm act asks a feed")


def ids(alarms: Iterable[Alarm]) -> list[str]:
    """Their ids."""
    return [alarm.id for alarm in alarms]


CLOSED = CallState.CLOSED
