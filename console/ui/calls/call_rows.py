"""The open calls as rows: how long each waits of its limit, and who is still on it.

A row is made anew only when its call, its teams or its place against the limit changed, so that the
table sees real changes by identity.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from console.domain.definitions import NO_DEFINITIONS, Definitions
from console.domain.entities import Call
from console.domain.sets import elsewhere, waiting
from console.domain.vocabulary import CallState
from console.ui.table.diff import changes


class Wait(Struct, frozen=True, gc=False):
    """Since when a call waits for a team, and when that becomes too long: amber, then red."""

    since: datetime
    amber: datetime
    red: datetime

    def alarm(self, now: datetime) -> int:
        """The priority of being over a limit at ``now``: 1 over red, 2 over amber, 0 within."""
        if now < self.amber:
            return 0
        return 2 if now < self.red else 1

    def used(self, now: datetime) -> float:
        """The part of the red limit that has passed, 0 and up."""
        return max(0.0, (now - self.since) / (self.red - self.since))

    @property
    def amber_share(self) -> float:
        """Where the amber limit lies on the way to the red one."""
        return (self.amber - self.since) / (self.red - self.since)


class CallRow(Struct, frozen=True, gc=False):
    """One open call. ``teams`` are the callsigns still committed, ``missing`` since when it is unreported."""

    call: Call
    wait: Wait | None = None
    alarm: int = 0
    teams: tuple[str, ...] = ()
    missing: datetime | None = None
    elsewhere: bool = False


class Sources(Struct, frozen=True):
    """The slices of the board that the rows are made from. ``callsigns`` is by unit id."""

    calls: Mapping[str, Call] = {}
    missing: Mapping[str, datetime] = {}
    pack: Definitions = NO_DEFINITIONS
    callsigns: Mapping[str, str] = {}


def state_since(call: Call) -> datetime | None:
    """When the call came into its present state; ``None`` where the source does not say.

    The call's own stamps are of an alternative-response team; where there is none, the first unit's tell.
    """
    stamps = call.stamps
    match call.state:
        case CallState.PENDING:
            return stamps.queued_at or stamps.eligible_at or call.received_at
        case CallState.ASSIGNED:
            return stamps.assigned_at or _first(call, "assigned_at")
        case CallState.ENROUTE:
            return stamps.enroute_at or _first(call, "enroute_at")
        case CallState.ON_SCENE:
            return stamps.on_scene_at or stamps.contact_at or _first(call, "on_scene_at")
        case CallState.TRANSPORTING:
            return stamps.left_at or _first(call, "left_at")
        case CallState.CLOSED:
            return stamps.cleared_at
        case CallState.UNKNOWN:
            return None


def _first(call: Call, stamp: str) -> datetime | None:
    """The earliest ``stamp`` of the units that are still on the call."""
    moments = (getattr(part, stamp) for part in call.assignments if part.cleared_at is None)
    return min((moment for moment in moments if moment is not None), default=None)


def wait_of(call: Call, pack: Definitions) -> Wait | None:
    """The call's wait against the pack's limit; ``None`` where it waits for no team of ours or has no limit."""
    limit, since = pack.limit(call.priority), state_since(call)
    if limit is None or since is None or not waiting(call):
        return None
    return Wait(since, since + timedelta(minutes=limit.amber), since + timedelta(minutes=limit.red))


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
    touched = {*found.put, *(key for key, _ in old.missing.items() ^ new.missing.items())}
    touched.update(
        key for key, row in held.items() if row.wait is not None and row.wait.alarm(now) != row.alarm
    )
    if not touched and not found.gone:
        return held
    rows = dict(held)
    for key in (*found.gone, *touched):
        call = new.calls.get(key)
        if call is None:
            rows.pop(key, None)
        else:
            rows[key] = _row(call, new, now)
    return rows


def _row(call: Call, sources: Sources, now: datetime) -> CallRow:
    wait = wait_of(call, sources.pack)
    return CallRow(
        call=call,
        wait=wait,
        alarm=0 if wait is None else wait.alarm(now),
        teams=callsigns(call, sources.callsigns),
        missing=sources.missing.get(call.id),
        elsewhere=elsewhere(call),
    )


def urgency(row: CallRow) -> tuple[int, int, float]:
    """The board's own order: over a limit first (red, amber), then priority, then the oldest."""
    call = row.call
    received = call.received_at or call.updated_at
    return (
        (2, 0, 1)[row.alarm],
        99 if call.priority is None else call.priority,
        received.timestamp() if received else 0.0,
    )
