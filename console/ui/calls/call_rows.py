"""The open calls as rows: how long each is in its state of its limit, what alarms stand of it, and who is on it.

A row is made anew only when its call, its teams, its alarms or its place against a limit changed, so that the
table sees real changes by identity.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from console.domain.alarms.alarm import Alarm
from console.domain.definitions import NO_DEFINITIONS, Definitions
from console.domain.entities import Call
from console.domain.limits import Stay, stay_of
from console.domain.sets import elsewhere
from console.domain.vocabulary import CallState
from console.domain.watching.catalog import About
from console.domain.watching.of_calls import hand_over_at
from console.ui.standing.badge import NO_BADGE, Badge, badge_of, moved, subjects_of
from console.ui.table.diff import changes

_EVER, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class CallRow(Struct, frozen=True, gc=False):
    """One open call. ``teams`` are the callsigns still committed, ``missing`` since when it is unreported.

    ``level`` is 0 within the limits of its ``stay``, 1 over amber, 2 over red; ``hand_over`` is when policy hands it
    to police, ``soon`` whether that is near; ``old`` is since when nothing was heard of it, where that is too long.
    The row is right from ``since`` on and before ``until``, as far as time alone changes it.
    """

    call: Call
    stay: Stay | None = None
    level: int = 0
    badge: Badge = NO_BADGE
    hand_over: datetime | None = None
    soon: bool = False
    old: datetime | None = None
    teams: tuple[str, ...] = ()
    missing: datetime | None = None
    elsewhere: bool = False
    since: datetime = _EVER
    until: datetime = _NEVER


class Sources(Struct, frozen=True):
    """The slices of the board that the rows are made from. ``callsigns`` is by unit id."""

    calls: Mapping[str, Call] = {}
    missing: Mapping[str, datetime] = {}
    pack: Definitions = NO_DEFINITIONS
    callsigns: Mapping[str, str] = {}
    alarms: Mapping[str, Alarm] = {}


def callsigns(call: Call, known: Mapping[str, str]) -> tuple[str, ...]:
    """The callsigns of the units still on the call; a unit nobody describes goes by its id."""
    return tuple(known.get(unit) or unit for unit in call.committed)


def call_rows(
    held: Mapping[str, CallRow], old: Sources, new: Sources, now: datetime
) -> Mapping[str, CallRow]:
    """The rows of ``new``, keeping what is still true of those ``held`` from ``old``; the same if all is."""
    if old.pack is not new.pack or old.callsigns is not new.callsigns:
        held, old = {}, Sources()
    found = changes(old.calls, new.calls)
    touched = set(found.put)
    if len(touched) < len(new.calls):  # behind a jump all are others, and need not be asked what else changed
        touched.update(key for key, _ in old.missing.items() ^ new.missing.items())
        touched.update(moved(old.alarms, new.alarms, About.CALL), _passed(held, now))
    if not touched and not found.gone:
        return held
    rows, named = dict(held), subjects_of(new.alarms)
    for key in touched.union(found.gone):
        call = new.calls.get(key)
        if call is None:
            rows.pop(key, None)
        else:
            rows[key] = _row(call, new, now, named)
    return rows


def _passed(held: Mapping[str, CallRow], now: datetime) -> Iterable[str]:
    """Rows that time alone brought over a limit, or near to one."""
    return [key for key, row in held.items() if not row.since <= now < row.until]


def _row(call: Call, sources: Sources, now: datetime, named: Collection[str]) -> CallRow:
    pack = sources.pack
    stay, hand_over, heard = stay_of(call, pack), hand_over_at(call, pack), call.updated_at
    soon = None if hand_over is None else hand_over - timedelta(minutes=pack.kick_back.warn)
    old = None if heard is None else heard + timedelta(minutes=pack.safety.call_old_min)
    steps = (soon, old) if stay is None else (stay.amber, stay.red, soon, old)
    moments = [moment for moment in steps if moment is not None]
    return CallRow(
        call=call,
        stay=stay,
        level=0 if stay is None else stay.level(now),
        badge=badge_of(sources.alarms, About.CALL, call.id) if call.id in named else NO_BADGE,
        hand_over=hand_over,
        soon=soon is not None and soon <= now,
        old=heard if old is not None and old <= now else None,
        teams=callsigns(call, sources.callsigns),
        missing=sources.missing.get(call.id),
        elsewhere=elsewhere(call),
        since=max((moment for moment in moments if moment <= now), default=_EVER),
        until=min((moment for moment in moments if moment > now), default=_NEVER),
    )


def urgency(row: CallRow) -> tuple[int, int, int, float]:
    """The board's own order: the worst alarm, then waits over a limit (red, amber), then priority, then the oldest.

    What somebody acknowledged keeps its place; what is set aside stands with those without an alarm.
    """
    call = row.call
    received = call.received_at or call.updated_at
    return (
        row.badge.rank,
        -row.level if call.state is CallState.PENDING else 0,
        99 if call.priority is None else call.priority,
        received.timestamp() if received else 0.0,
    )
