"""What is different between two boards of one shift: what a person sees who looked away in between.

It tells the outcome, not the way: a call that was assigned and closed meanwhile is one line. Where the rows tell when,
that is the moment; else it is the later board's. A call that came, closed and left the board meanwhile is on neither,
and so in no line.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.book import ENDED
from console.domain.board import State
from console.domain.entities import Call, Unit
from console.domain.feed import health
from console.domain.limits import state_since
from console.domain.rows import touched
from console.domain.sets import elsewhere


class ChangeKind(StrEnum):
    """What a change is about."""

    CALL_NEW = "call_new"
    CALL_STATE = "call_state"
    CALL_CLOSED = "call_closed"
    CALL_MISSING = "call_missing"
    CALL_PRIORITY = "call_priority"
    UNIT_STATE = "unit_state"
    UNIT_NEW = "unit_new"
    UNIT_GONE = "unit_gone"
    ALARM = "alarm"
    ALARM_OVER = "alarm_over"
    ALARMS_OVER = "alarms_over"
    """More alarms were over than are still listed."""

    ACKNOWLEDGED = "acknowledged"
    SHELVED = "shelved"
    UNSHELVED = "unshelved"
    OUT = "out"
    """A rule or an alarm was taken out of service."""

    PUT_BACK = "put_back"
    FEED = "feed"
    RECORDING = "recording"
    NOTE = "note"
    STRIP = "strip"
    DEFINITIONS = "definitions"


class Change(Struct, frozen=True, gc=False):
    """One change. ``subject`` is the id of what it is about, ``was`` and ``now`` are the values that differ."""

    at: datetime
    kind: ChangeKind
    subject: str
    was: str = ""
    now: str = ""


def changes(before: State, after: State) -> tuple[Change, ...]:
    """What changed from ``before`` to ``after``, newest first; at the same moment calls, then units."""
    found = [
        *_calls(before, after),
        *_units(before, after),
        *_alarms(before, after),
        *_aside(before, after),
        *_feeds(before, after),
        *_rest(before, after),
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _calls(before: State, after: State) -> Iterator[Change]:
    for key in _keys(before.calls, after.calls):
        old, new = before.calls.get(key), after.calls.get(key)
        if new is not None and not elsewhere(new):
            yield from _call(old, new, before, after)
        elif new is None and old is not None and old.open and not elsewhere(old):
            yield Change(after.at, ChangeKind.CALL_CLOSED, key, old.state, old.number)
    for key, since in after.missing.items():
        if key not in before.missing:
            yield Change(_within(since, before, after), ChangeKind.CALL_MISSING, key)


def _call(old: Call | None, new: Call, before: State, after: State) -> Iterator[Change]:
    if old is None:
        if new.open or _later(new.received_at, before):
            yield Change(_within(new.received_at, before, after), ChangeKind.CALL_NEW, new.id, now=new.state)
        return
    if old.open and not new.open:
        yield Change(
            _within(new.closed_at or state_since(new), before, after),
            ChangeKind.CALL_CLOSED,
            new.id,
            old.state,
        )
    elif old.state is not new.state:
        moment = _within(state_since(new), before, after)
        yield Change(moment, ChangeKind.CALL_STATE, new.id, old.state, new.state)
    if old.priority != new.priority:
        moment = _within(new.updated_at, before, after)
        yield Change(moment, ChangeKind.CALL_PRIORITY, new.id, _text(old.priority), _text(new.priority))


def _units(before: State, after: State) -> Iterator[Change]:
    for key in _keys(before.units, after.units):
        old, new = before.units.get(key), after.units.get(key)
        if old is None and new is not None:
            yield Change(_within(new.since, before, after), ChangeKind.UNIT_NEW, key, now=new.state)
        elif new is None:
            yield Change(after.at, ChangeKind.UNIT_GONE, key)
        elif old is not None and _differ(old, new):
            yield Change(_within(new.since, before, after), ChangeKind.UNIT_STATE, key, old.state, new.state)


def _differ(old: Unit, new: Unit) -> bool:
    return (old.state, old.raw_state, old.call) != (new.state, new.raw_state, new.call)


def _alarms(before: State, after: State) -> Iterator[Change]:
    held, now = before.alarms.standing, after.alarms.standing
    for name, alarm in now.items():
        old = held.get(name)
        if (old is None or alarm.raised_at > old.raised_at) and alarm.announced_at is not None:
            yield _of(alarm, alarm.raised_at, ChangeKind.ALARM, before, after)
        if alarm.acknowledged_at is not None and (
            old is None or old.acknowledged_at != alarm.acknowledged_at
        ):
            yield _of(alarm, alarm.acknowledged_at, ChangeKind.ACKNOWLEDGED, before, after)
    ended, last = after.alarms.ended, before.alarms.ended[-1:]
    if len(ended) >= ENDED and not (last and last[0] in ended):
        oldest = ended[0].returned_at or ended[0].acknowledged_at
        yield Change(_within(oldest, before, after), ChangeKind.ALARMS_OVER, "", now=str(len(ended)))
    for alarm in ended:
        over = alarm.returned_at or alarm.acknowledged_at
        if over is not None and over > before.at and alarm not in before.alarms.ended:
            yield _of(alarm, over, ChangeKind.ALARM_OVER, before, after)


def _aside(before: State, after: State) -> Iterator[Change]:
    """What was put on a shelf or out of service, and what came back."""
    for name, alarm in after.alarms.standing.items():
        old = before.alarms.standing.get(name)
        was, now = old.shelf if old is not None else None, alarm.shelf
        if now is not None and (was is None or was.since != now.since):
            yield _of(alarm, now.since, ChangeKind.SHELVED, before, after)
        elif was is not None and now is None and alarm.active:
            yield _of(alarm, was.until, ChangeKind.UNSHELVED, before, after)
    held, now_out = before.alarms.out, after.alarms.out
    for what, out in now_out.items():
        if what not in held or held[what].since != out.since:
            yield Change(_within(out.since, before, after), ChangeKind.OUT, what)
    for what in sorted(held.keys() - now_out.keys()):
        yield Change(after.at, ChangeKind.PUT_BACK, what)


def _of(alarm: Alarm, at: datetime, kind: ChangeKind, before: State, after: State) -> Change:
    return Change(_within(at, before, after), kind, alarm.id, now=str(alarm.priority))


def _feeds(before: State, after: State) -> Iterator[Change]:
    for key, feed in after.feeds.items():
        old = before.feeds.get(key)
        was, now = (health(old, before.at) if old else None), health(feed, after.at)
        if was is not now:
            yield Change(_within(feed.since, before, after), ChangeKind.FEED, key, was or "", now)


def _rest(before: State, after: State) -> Iterator[Change]:
    for note in after.notes[len(before.notes) :]:
        yield Change(note.at, ChangeKind.NOTE, note.call)
    for key, strip in after.strips.items():
        if key not in before.strips:
            yield Change(_within(strip.since, before, after), ChangeKind.STRIP, key)
    was, now = before.recording, after.recording
    if now is not None and (was is None or was.state is not now.state):
        yield Change(
            _within(now.since, before, after), ChangeKind.RECORDING, "", was.state if was else "", now.state
        )
    if before.definitions.sha256 != after.definitions.sha256:
        yield Change(after.at, ChangeKind.DEFINITIONS, after.definitions.name)


def _keys(old: dict[str, Call] | dict[str, Unit], new: dict[str, Call] | dict[str, Unit]) -> Iterator[str]:
    """The ids of rows that can differ."""
    known = touched(old, new)
    for key in dict.fromkeys((*old, *new)) if known is None else known:
        if old.get(key) is not new.get(key):
            yield key


def _within(moment: datetime | None, before: State, after: State) -> datetime:
    """When it happened, as far as that lies between the boards; what was told late counts as told now."""
    return moment if moment is not None and before.at < moment <= after.at else after.at


def _later(moment: datetime | None, before: State) -> bool:
    return moment is not None and moment > before.at


def _text(value: int | None) -> str:
    return "" if value is None else str(value)
