"""What of priority 1 nobody has acknowledged in time, and what every window says about it."""

from functools import partial

from console.domain.alarms.alarm import Alarm
from console.domain.state import State
from console.ui.attention import told
from console.ui.attention.lasting import lasts_since
from console.ui.attention.subject import subject
from console.ui.parts.clocks import present
from console.ui.parts.masking import joined

LOUD = "Nobody has acknowledged: "
LIVE = "LIVE ALARM. "
"""Before it where a replay is on the screen."""


def escalated(state: State) -> tuple[Alarm, ...]:
    """The alarms of priority 1 that escalated and still wait for somebody: what goes on first, then the earliest.

    Of those that came together the one that lasts the longest is first.
    """
    found = [
        alarm
        for alarm in state.alarms.standing.values()
        if alarm.priority == 1 and alarm.escalated_at is not None and alarm.calling
    ]
    return tuple(sorted(found, key=partial(_order, state)))


def _order(state: State, alarm: Alarm) -> tuple[object, ...]:
    return not alarm.active, alarm.raised_at, lasts_since(state, alarm), alarm.id


def words(state: State, alarms: tuple[Alarm, ...], *, replaying: bool) -> str:
    """What, since when, what to do, for the first of ``alarms``; how many more there are."""
    now = present(state.second, state.agency)
    first = subject(state, alarms[0])
    others = len(alarms) - 1
    more = f"and {others} more" if others else ""
    return (LIVE if replaying else "") + LOUD + joined((told.what(first, now), told.more(first, now), more))


def kept_first(alarms: tuple[Alarm, ...], kept: str) -> tuple[Alarm, ...]:
    """``alarms`` with the one of the id ``kept`` first, where it is among them: somebody points at it.

    One that is over is not kept before one that goes on: a mouse may rest there for hours.
    """
    first = tuple(alarm for alarm in alarms if alarm.id == kept and alarm.active is alarms[0].active)
    kept = first[0].id if first else ""
    return (*first, *(alarm for alarm in alarms if alarm.id != kept))
