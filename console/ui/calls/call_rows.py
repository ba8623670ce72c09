"""The open calls as rows: how long each waits of its limit, and who is still on it.

A row is made anew only when its call, its teams or its place against the limit changed, so that the
table sees real changes by identity.
"""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from console.domain.definitions import NO_DEFINITIONS, Definitions
from console.domain.entities import Call
from console.domain.limits import Stay, wait_of
from console.domain.sets import elsewhere
from console.ui.table.diff import changes


class CallRow(Struct, frozen=True, gc=False):
    """One open call. ``teams`` are the callsigns still committed, ``missing`` since when it is unreported."""

    call: Call
    wait: Stay | None = None
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
