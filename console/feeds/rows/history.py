"""What a call's earlier rows knew and its newest does not: observed moments, and the call an id meant before.

A source that tells only the present (one status for each unit, no stamps) makes the console the witness:
the first time each stage was seen is kept with the call, and named in `Call.observed`.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from msgspec.structs import asdict, replace

from console.domain.entities import Assignment, Call, Stamps
from console.domain.vocabulary import CallState

ANOTHER = timedelta(minutes=1)
"""How far two births lie apart until one id with two numbers means two calls."""

MAX_KEY = 256

M = TypeVar("M", Stamps, Assignment)

CLEARED = "cleared_at"
CLOSED = "closed_at"


def remembered(old: Call, new: Call, now: datetime) -> Call:
    """``new`` with the observed moments of ``old``; each keeps the moment at which it was first seen.

    A call that its source now calls closed without telling since when is closed from ``now`` on, if its
    moments are ours to witness.
    """
    kept = _carried(old, new, now) if old.observed else new
    if new.open or new.closed_at is not None or not kept.observed + new.observed:
        return kept
    return _over(kept, now if old.open else old.closed_at or now)


def _carried(old: Call, new: Call, now: datetime) -> Call:
    observed = set(old.observed) | set(new.observed)
    parts = _parts(old, new, observed, now)
    stamps = _earliest(old.stamps, new.stamps, observed, back=new.open)
    if parts and all(part.cleared_at for part in parts):
        cleared = max(part.cleared_at for part in parts if part.cleared_at)
        stamps = replace(stamps, cleared_at=stamps.cleared_at or cleared)
        observed.add(CLEARED)
    if CLOSED in observed and old.closed_at and new.closed_at:
        new = replace(new, closed_at=min(old.closed_at, new.closed_at))
    return replace(new, stamps=stamps, assignments=parts, observed=_named(observed, stamps, parts, new))


def ended(call: Call, now: datetime) -> Call:
    """``call`` as it is once its source has stopped reporting it: over, at a moment that was observed."""
    return _over(call, now) if call.open else call


def _over(call: Call, now: datetime) -> Call:
    parts = tuple(replace(part, cleared_at=part.cleared_at or now) for part in call.assignments)
    stamps = call.stamps
    observed = [*call.observed, CLOSED]
    if parts and stamps.cleared_at is None:
        stamps = replace(stamps, cleared_at=now)
        observed.append(CLEARED)
    return replace(
        call,
        state=CallState.CLOSED,
        stamps=stamps,
        assignments=parts,
        closed_at=call.closed_at or now,
        observed=tuple(dict.fromkeys(observed)),
    )


def another(old: Call, new: Call) -> bool:
    """Whether one id now means another call, as after a restart of a server that counts from 1 again."""
    if not (old.number and new.number) or old.number == new.number:
        return False
    births = old.received_at, new.received_at
    return births[0] is not None and births[1] is not None and abs(births[1] - births[0]) > ANOTHER


def retired(call: Call) -> Call:
    """``call`` under a name of its own, now that its id means another."""
    number = f"~{call.number[:100]}"
    return replace(call, id=call.id[: MAX_KEY - len(number)] + number)


def _parts(old: Call, new: Call, observed: set[str], now: datetime) -> tuple[Assignment, ...]:
    """Every unit's part: one that is not reported any more has left."""
    before, after = (
        {part.unit: part for part in old.assignments},
        {part.unit: part for part in new.assignments},
    )
    parts = []
    for unit, part in before.items():
        if unit in after:
            parts.append(_earliest(part, after[unit], observed, back=new.open))
        else:
            parts.append(replace(part, cleared_at=part.cleared_at or now))
            observed.add(CLEARED)
    return (*parts, *(part for unit, part in after.items() if unit not in before))


def _earliest(old: M, new: M, names: Iterable[str], *, back: bool) -> M:
    """``new`` with the moments of ``old`` that were earlier; ``back``: who had left and is reported is back."""
    before, after = asdict(old), asdict(new)
    kept = {}
    for name in names:
        if before.get(name) is None or (name == CLEARED and back and after[name] is None):
            continue
        kept[name] = before[name] if after[name] is None else min(before[name], after[name])
    return replace(new, **kept) if kept else new


def _named(observed: set[str], stamps: Stamps, parts: tuple[Assignment, ...], call: Call) -> tuple[str, ...]:
    """``observed`` in a lasting order, without what there is no moment for."""
    there = {name for value in (stamps, *parts) for name, moment in asdict(value).items() if moment}
    if call.closed_at is not None:
        there.add(CLOSED)
    return tuple(sorted(observed & there))
