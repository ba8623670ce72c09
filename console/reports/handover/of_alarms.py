"""The alarms that stand as lines of the handover: what waits for somebody first, then what was set aside."""

from datetime import datetime

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.words import rule_words
from console.domain.state import State
from console.domain.vocabulary import AlarmState
from console.reports.handover.lines import AlarmLine
from console.reports.wording.clocks import Present
from console.reports.wording.masking import isolated, joined
from console.reports.wording.words import REACHED, STANDS

WAITING = (AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED)
"""Where an alarm stands that nobody has acknowledged."""

ASIDE = (AlarmState.SHELVED, AlarmState.OUT_OF_SERVICE, AlarmState.SUPPRESSED)
"""Where one stands that is set aside."""

_ORDER = (
    AlarmState.UNACKNOWLEDGED,
    AlarmState.ACKNOWLEDGED,
    AlarmState.RETURNED,
    AlarmState.SHELVED,
    AlarmState.OUT_OF_SERVICE,
    AlarmState.SUPPRESSED,
)


def alarms(state: State, now: Present) -> tuple[AlarmLine, ...]:
    """Every alarm that stands, once."""
    found = sorted(state.alarms.standing.values(), key=_urgency)
    return tuple(_line(alarm, state, now) for alarm in found)


def out_of_service(state: State, now: Present) -> tuple[str, ...]:
    """The rules that somebody took out of service: of these no alarm comes up at all."""
    taken = [(what, out) for what, out in state.alarms.out.items() if ":" not in what]
    return tuple(
        f"All alarms “{rule_words(what)}” are out of service since {now.time(out.since)}"
        f" ({isolated(out.who)}: {isolated(out.reason)})."
        for what, out in taken
    )


def _urgency(alarm: Alarm) -> tuple[int, int, datetime, str]:
    return _ORDER.index(alarm.state), alarm.priority, alarm.raised_at, alarm.id


def _line(alarm: Alarm, state: State, now: Present) -> AlarmLine:
    times = f"×{alarm.count}" if alarm.count > 1 else ""
    said = f"{isolated(alarm.name or alarm.subject)} {rule_words(alarm.rule)}"
    return AlarmLine(
        id=alarm.id,
        priority=alarm.priority,
        what=joined((said, times)),
        area=isolated(alarm.area),
        since=alarm.since,
        raised_at=alarm.raised_at,
        state=alarm.state,
        done=_done(alarm, state, now),
    )


def _done(alarm: Alarm, state: State, now: Present) -> str:
    """Who did what about it and when, or that nobody did anything."""
    match alarm.state:
        case AlarmState.SHELVED if alarm.shelf is not None:
            shelf = alarm.shelf
            return f"shelved until {now.time(shelf.until)} by {isolated(shelf.who)}: {isolated(shelf.reason)}"
        case AlarmState.OUT_OF_SERVICE:
            out = state.alarms.out.get(alarm.id) or state.alarms.out.get(alarm.rule)
            return (
                f"out of service by {isolated(out.who)}: {isolated(out.reason)}" if out else "out of service"
            )
        case AlarmState.ACKNOWLEDGED if alarm.acknowledged_at is not None:
            how = f", {REACHED[alarm.how]}" if alarm.how else ""
            return f"acknowledged {now.time(alarm.acknowledged_at)} by {isolated(alarm.acknowledged_by)}{how}"
        case AlarmState.RETURNED if alarm.returned_at is not None:
            return f"over since {now.time(alarm.returned_at)}, not acknowledged"
        case _:
            return STANDS[alarm.state]
