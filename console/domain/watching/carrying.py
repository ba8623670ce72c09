"""What one run of the console hands to the next, so that a restart repeats nothing and forgets nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm
from console.domain.board import State
from console.domain.entities import Agency
from console.domain.events import CarriedOver

OLDEST = timedelta(hours=16)
"""A board older than this says nothing of the present, but for how long scenes take."""

AHEAD = timedelta(minutes=1)
"""By which the clocks of two runs may differ."""

CHECKS = timedelta(hours=8)
"""For how long it counts when a team was last reached."""


def carried_from(board: State, now: State, at: datetime) -> CarriedOver:
    """What ``board``, the last of an earlier run, hands to the run that shows ``now``; with another shift shelves end.

    Nothing where it is of another agency, or of a later time; of an old one how long scenes took. A run that has begun
    learned that itself.
    """
    if not _same(board, now) or at - board.at < -AHEAD:
        return CarriedOver(at)
    alarms, begun = board.alarms, now.alarms.carried_at is not None
    if at - board.at > OLDEST:
        return CarriedOver(at) if begun else CarriedOver(at, scenes=board.scenes)
    turned = None not in (board.window_from, now.window_from) and board.window_from != now.window_from
    return CarriedOver(
        at,
        tuple(_handed(alarm, at if turned else None) for alarm in alarms.standing.values()),
        {unit: check for unit, check in alarms.checked.items() if at - check.at <= CHECKS},
        alarms.out,
        board.strips,
        board.signed,
        *(() if begun else (board.scenes, board.learning)),
    )


def _same(board: State, now: State) -> bool:
    """Whether both are of one agency; a source need not tell of any."""
    before, after = _names(board.agencies.values()), _names(now.agencies.values())
    return bool(before & after) or before == after


def _names(agencies: Iterable[Agency]) -> set[str]:
    return {agency.name for agency in agencies}


def _handed(alarm: Alarm, shelves_end: datetime | None) -> Alarm:
    """What its run had seen of the data is not known to the next: whether it ends, and which feed is down."""
    shelf = alarm.shelf
    if shelf is not None and shelves_end is not None:
        shelf = replace(shelf, until=min(shelf.until, shelves_end))
    return replace(alarm, shelf=shelf, ends_at=None, suppressed_by="")
