"""A call as it is known at the end of a shift, taken back to an earlier moment of it.

Nothing later than the moment shows. The rules, in this order:

1. The call appears at its `received_at`; one without that at the first moment that it has, one without any always.
2. From the last of its moments on it is the call itself, unchanged.
3. Stamps, the end and the last update that are later are left out; so is a unit that was assigned later.
4. From its end on (`ended_at`) it is closed and has its disposition; before it has none.
5. Else its state follows from what remains: of units still on the call the furthest one, without any assignment
   ever the call's own stamps, else it waits for the next unit. What the source called that state is not known.
6. All else (nature, priority, place, police, screening ...) is as finally known.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from console.domain.entities import Assignment, Call, Stamps
from console.domain.vocabulary import CallState

R = TypeVar("R", Stamps, Assignment)

_PART = tuple(field.name for field in msgspec.structs.fields(Assignment) if field.name.endswith("_at"))
_OWN = tuple(field.name for field in msgspec.structs.fields(Stamps))

_STAGES = (
    (CallState.TRANSPORTING, ("left_at", "destination_at")),
    (CallState.ON_SCENE, ("on_scene_at", "contact_at")),
    (CallState.ENROUTE, ("enroute_at",)),
    (CallState.ASSIGNED, ("assigned_at",)),
)


def moments(call: Call) -> tuple[datetime, ...]:
    """All the moments of ``call``, in order: between two of them nothing of it changes."""
    return tuple(sorted(set(_moments(call))))


def appears_at(call: Call) -> datetime | None:
    """When the call is first seen; ``None`` where it has no moment at all."""
    return call.received_at or min(_moments(call), default=None)


def ended_at(call: Call) -> datetime | None:
    """When a closed call ended: as it says itself, else when it or its last unit was clear, else its last moment."""
    if call.open:
        return None
    cleared = [part.cleared_at for part in call.assignments if part.cleared_at is not None]
    return call.closed_at or call.stamps.cleared_at or max(cleared or _moments(call), default=None)


def as_of(call: Call, moment: datetime) -> Call | None:
    """``call`` (as finally known) as it stood at ``moment``; ``None`` before it appears."""
    begins, known = appears_at(call), moments(call)
    if begins is not None and moment < begins:
        return None
    if not known or known[-1] <= moment:
        return call
    end = ended_at(call)
    over = end is not None and end <= moment
    stamps = _kept(call.stamps, _OWN, moment)
    parts = tuple(_kept(part, _PART, moment) for part in call.assignments if _begun(part, moment))
    return replace(
        call,
        state=CallState.CLOSED if over else _state(stamps, parts),
        raw_state=call.raw_state if over else "",
        stamps=stamps,
        assignments=parts,
        disposition=call.disposition if over else None,
        closed_at=call.closed_at if call.closed_at is not None and call.closed_at <= moment else None,
        updated_at=max(past for past in known if past <= moment) if known[0] <= moment else None,
    )


def _moments(call: Call) -> Iterator[datetime]:
    yield from _given(call.stamps, _OWN)
    for part in call.assignments:
        yield from _given(part, _PART)
    yield from (moment for moment in (call.closed_at, call.updated_at) if moment is not None)


def _given(row: Stamps | Assignment, names: tuple[str, ...]) -> Iterator[datetime]:
    yield from (moment for name in names if (moment := getattr(row, name)) is not None)


def _begun(part: Assignment, moment: datetime) -> bool:
    """A unit without any moment was always on the call, as far as anybody knows."""
    begun = part.assigned_at or min(_given(part, _PART), default=None)
    return begun is None or begun <= moment


def _kept(row: R, names: tuple[str, ...], moment: datetime) -> R:
    late = {name: None for name in names if (at := getattr(row, name)) is not None and at > moment}
    return replace(row, **late) if late else row


def _state(stamps: Stamps, parts: tuple[Assignment, ...]) -> CallState:
    if not parts:
        return CallState.PENDING if stamps.cleared_at is not None else _stage(stamps) or CallState.PENDING
    committed = [part for part in parts if part.cleared_at is None]
    reached = {_stage(part) or CallState.ASSIGNED for part in committed}
    return next((state for state, _ in _STAGES if state in reached), CallState.PENDING)


def _stage(row: Stamps | Assignment) -> CallState | None:
    for state, names in _STAGES:
        if any(getattr(row, name) is not None for name in names):
            return state
    return None
