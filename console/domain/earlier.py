"""A call as it was at an earlier moment: what it came to says that too, for all that happens to it has its moment."""

from datetime import datetime

from msgspec.structs import astuple, replace

from console.domain.entities import Assignment, Call, Stamps
from console.domain.vocabulary import CallState


def earlier(call: Call, at: datetime, state: CallState, raw_state: str) -> Call:
    """``call`` as it was at ``at``, when it was ``state``: without what had not happened yet.

    How it ended is only known once it is closed.
    """
    return replace(
        call,
        state=state,
        raw_state=raw_state,
        stamps=Stamps(*[moment if moment and moment <= at else None for moment in astuple(call.stamps)]),
        assignments=tuple(
            [_part(part, at) for part in call.assignments if part.assigned_at and part.assigned_at <= at]
        ),
        disposition=call.disposition if state is CallState.CLOSED else None,
        updated_at=at,
    )


def _part(part: Assignment, at: datetime) -> Assignment:
    unit, *moments = astuple(part)
    return Assignment(unit, *[moment if moment and moment <= at else None for moment in moments])
