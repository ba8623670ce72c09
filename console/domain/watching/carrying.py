"""What one run of the console hands to the next, so that a restart repeats nothing and forgets nothing."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm, Check
from console.domain.alarms.counts import Counts
from console.domain.alarms.flood import Flood
from console.domain.board import State
from console.domain.breaks import GAP, Breaks
from console.domain.clearing.learning import Learning
from console.domain.clearing.scenes import Scenes
from console.domain.entities import Agency
from console.domain.events import CarriedOver
from console.domain.watching.catalog import About, subject_of
from console.domain.watching.keeping import remembered
from console.domain.watching.marking import at_once

OLDEST = timedelta(hours=16)
"""A board older than this says nothing of the present, but for how long scenes take."""

AHEAD = timedelta(minutes=90)
"""By which the clocks of two runs may differ: somebody sets it right, or by an hour."""

CHECKS = timedelta(hours=8)
"""For how long it counts when a team was last reached."""


def carried_from(board: State, now: State, at: datetime) -> CarriedOver:
    """What ``board``, the last of an earlier run, hands to the run that shows ``now``; with another shift shelves end.

    Nothing where it is of another agency, or of a much later time; of an old one how long scenes took. A run that has
    begun learned that itself, counts for itself, and is not silenced by another's hand.
    """
    if not _same(board, now) or at - board.at < -AHEAD:
        return CarriedOver(at)
    alarms, begun, mute = board.alarms, now.alarms.carried_at is not None, board.alarms.mute
    if at - board.at > OLDEST:
        return CarriedOver(at) if begun else CarriedOver(at, scenes=board.scenes)
    turned = None not in (board.window_from, now.window_from) and board.window_from != now.window_from
    back = _back(board, now, at)
    flood, counts = _flood(board, at)
    return CarriedOver(
        at,
        tuple(_handed(alarm, at if turned else None, back) for alarm in alarms.standing.values()),
        {unit: _no_later(check, at) for unit, check in alarms.checked.items() if at - check.at <= CHECKS},
        alarms.out,
        board.strips,
        board.signed,
        scenes=Scenes() if begun else board.scenes,
        learning=Learning() if begun else board.learning,
        mute=None if begun or mute is None else replace(mute, until=mute.until - back),
        flood=Flood() if begun else flood,
        counts=Counts() if begun or turned else counts,
        kept={unit: replace(row, crew=()) for unit, row in alarms.kept.items()},
        seen={call: since for call, since in alarms.seen.items() if call in board.open_calls},
        breaks=board.breaks if timedelta() <= at - board.at <= GAP else Breaks(),
    )


def _same(board: State, now: State) -> bool:
    """Whether both may be of one agency; a source that is down, or that never tells of any, is no reason to forget.

    Only one of another name and another place is another one. What comes over from one that turns out to be so
    ends by itself, as its calls and teams are not there.
    """
    before, after = list(board.agencies.values()), list(now.agencies.values())
    if not before or not after:
        return True
    named = {agency.name for agency in before} & {agency.name for agency in after}
    return bool(named) or not {_place(agency) for agency in before}.isdisjoint(map(_place, after))


def _place(agency: Agency) -> tuple[object, ...]:
    """What an agency that changes its name keeps; a simulation says that it is one."""
    return agency.timezone, agency.bounds, agency.notice


def _back(board: State, now: State, at: datetime) -> timedelta:
    """By how much a clock was set back, so that all that was known comes before the first look of this run."""
    if board.at <= at:
        return timedelta()
    began = now.alarms.began if now.alarms.carried_at is None else None
    return board.at - min(at, began or at)


def _flood(board: State, at: datetime) -> tuple[Flood, Counts]:
    """What came in lately, with the counts; a flood that would have ended by now lasted as long as it was seen."""
    flood, counts = board.alarms.flood, board.alarms.counts
    if timedelta() <= at - board.at <= board.definitions.alarms.flood.window:
        return flood, counts
    lasted = int((board.at - flood.since).total_seconds()) if flood.since is not None else 0
    return Flood(), replace(counts, flooded_s=counts.flooded_s + lasted)


def _handed(alarm: Alarm, shelves_end: datetime | None, back: timedelta) -> Alarm:
    """What its run had seen of the data is not known to the next: whether it ends, and which feed is down.

    With a clock that was set ``back`` nothing is put off for longer than it was.
    """
    shelf, seen = alarm.shelf, alarm.acknowledged_at
    if shelf is not None:
        until = shelf.until - back
        until = until if shelves_end is None else min(until, shelves_end)
        shelf = replace(shelf, since=shelf.since - back, until=until)
    if seen is not None:
        seen -= back
    return replace(
        alarm,
        raised_at=alarm.raised_at - back,
        shelf=shelf,
        shelved_at=alarm.shelved_at - back if alarm.shelved_at is not None else None,
        eases_at=alarm.eases_at - back if alarm.eases_at is not None else None,
        acknowledged_at=seen,
        ends_at=None,
        suppressed_by="",
    )


def _no_later(check: Check, at: datetime) -> Check:
    """A clock that was set back makes no team safe for longer."""
    return check if check.at <= at else replace(check, at=at)


def resumed(state: State, event: CarriedOver) -> State:
    """``state`` that goes on where the run before was: with its silence, its flood, its counts and who it watched."""
    alarms = state.alarms
    mute = event.mute if event.mute is not None and event.mute.until > event.at else None
    fresh = alarms.flood == Flood()
    state = replace(
        state,
        breaks=state.breaks.carried(event.breaks),
        alarms=replace(
            alarms,
            mute=alarms.mute or mute,
            flood=event.flood if fresh else alarms.flood,
            counts=alarms.counts.carried(event.counts),
        ),
    )
    state = replace(state, alarms=remembered(state, event.kept, event.seen))
    return at_once(state, [subject_of(About.UNIT, unit) for unit in event.kept])
