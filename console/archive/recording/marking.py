"""What of an event is worth finding again on the time axis, and how many rows it changes."""

from collections.abc import Collection, Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm, Shelf
from console.domain.alarms.words import rule_words
from console.domain.answers import answer
from console.domain.entities import Call
from console.domain.events import (
    Acknowledged,
    Bookmarked,
    CallsChanged,
    CheckedIn,
    FacilitiesChanged,
    FeedReported,
    FollowUpsChanged,
    Noted,
    PositionsChanged,
    PutBack,
    Recorded,
    Shelved,
    SignedOff,
    TakenOut,
    UnitsChanged,
    Unshelved,
)
from console.domain.feed import Feed
from console.domain.state import State
from console.domain.track import Mark, MarkKind
from console.domain.vocabulary import Health
from console.domain.watching.shelving import shelf_end

FEED_DOWN, FEED_UP = "feed_down", "feed_up"
"""Kinds of marks that are not for people: between the two a feed gave nothing, which is a gap."""

_AWAY = frozenset({Health.AUTH, Health.DOWN, Health.PAUSED})
_LABEL = 120


class Marked(Struct, frozen=True):
    """A mark as the archive keeps it: ``seen`` is the number of the event."""

    seen: int
    at: datetime
    kind: str
    subject: str = ""
    label: str = ""


def marks(before: State, event: Recorded, seen: int, known: Collection[str]) -> list[Marked]:
    """The marks of ``event``, which comes to the board ``before``; ``known`` are the calls that have theirs."""
    match event:
        case CallsChanged():
            first = _first_reply(before, event.feed)
            return [
                Marked(seen, event.at, kind, call.id, _called(call))
                for call in event.changed
                for kind in _kinds(before.calls.get(call.id), call, fresh=call.id not in known, first=first)
            ]
        case FeedReported(feed=feed):
            kind = _turned(before.feeds.get(feed.key), feed)
            return [Marked(seen, event.at, kind, feed.key, feed.reason[:_LABEL])] if kind else []
        case Bookmarked(label=label, who=who):
            return [Marked(seen, event.at, MarkKind.BOOKMARK, who, label[:_LABEL])]
        case Noted(call=call):
            return [Marked(seen, event.at, MarkKind.NOTE, call)]
        case Shelved() if (shelf := _shelf(before, event)) is not event:
            return marks(before, shelf, seen, known) if shelf is not None else []
        case Acknowledged() | CheckedIn() | Shelved() | Unshelved() | TakenOut() | PutBack() | SignedOff():
            label = answer(event, before.alarms.standing)[:_LABEL]
            return [Marked(seen, event.at, MarkKind.ACT, event.who, label)]
        case _:
            return []


def alarm_marks(before: State, after: State, seen: int) -> list[Marked]:
    """The alarms that were told between two boards, each at the moment at which it was.

    One that came back from a shelf, or over from an earlier run, makes no other; nor does one that chatters.
    """
    old, new = before.alarms, after.alarms
    if new.standing is old.standing and new.ended is old.ended:
        return []
    told = (alarm for alarm in (*new.ended, *new.standing.values()) if _within(before, alarm, after))
    fresh = {
        alarm.id: alarm
        for alarm in told
        if not alarm.chatters and not _same(old.standing.get(alarm.id), alarm)
    }
    return [
        Marked(seen, mark.at, mark.kind, mark.subject, mark.label) for mark in map(alarm_mark, fresh.values())
    ]


def alarm_mark(alarm: Alarm) -> Mark:
    """The mark of an alarm: no words but the rule's, and what its subject is called."""
    label = f"{alarm.priority} {alarm.name or alarm.subject} {rule_words(alarm.rule)}"
    return Mark(alarm.announced_at or alarm.raised_at, MarkKind.ALARM, alarm.subject, label[:_LABEL])


def _shelf(before: State, event: Shelved) -> Shelved | None:
    """``event`` as it holds on the board; ``None`` where it does not hold."""
    alarm = before.alarms.standing.get(event.alarm)
    if alarm is None or not event.reason.strip():
        return event if alarm is None else None
    until = shelf_end(alarm, Shelf(event.at, event.until, event.who, event.reason), before.definitions)
    if until <= event.at:
        return None
    return event if until == event.until else replace(event, until=until)


def _within(before: State, alarm: Alarm, after: State) -> bool:
    at = alarm.announced_at
    return at is not None and before.second < at <= after.second


def _same(old: Alarm | None, new: Alarm) -> bool:
    return old is not None and old.announced_at is not None and old.raised_at == new.raised_at


def _kinds(old: Call | None, new: Call, *, fresh: bool, first: bool) -> Iterator[MarkKind]:
    """Calls that were over before anybody looked are history: a first reply may bring hundreds of them."""
    if fresh and (new.open or not first):
        yield MarkKind.CALL
    if not new.open and (old.open if old else fresh and not first):
        yield MarkKind.CLOSED


def _first_reply(before: State, key: str) -> bool:
    feed = before.feeds.get(key)
    return feed is None or feed.answered_at is None


def _called(call: Call) -> str:
    return (call.number or call.id)[:_LABEL]


def _turned(old: Feed | None, new: Feed) -> str:
    was, now = old is not None and old.reported in _AWAY, new.reported in _AWAY
    if was == now:
        return ""
    return FEED_DOWN if now else FEED_UP


def rows(event: Recorded) -> int:
    """Rows that ``event`` carries, itself included: what it costs to hold."""
    match event:
        case CallsChanged() | UnitsChanged() | PositionsChanged() | FacilitiesChanged() | FollowUpsChanged():
            return 1 + len(event.changed) + len(event.gone)
        case _:
            return 1


def density(event: Recorded) -> int:
    """Calls and units that ``event`` changes: what the transport bar draws."""
    return len(event.changed) if isinstance(event, CallsChanged | UnitsChanged) else 0
