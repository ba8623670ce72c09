"""The only two ways the board moves: `reduce` and `advance`.

Return the same object when nothing changed: views compare with ``is``.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain import folding, strips, trend
from console.domain.acting import acted
from console.domain.board import State, start
from console.domain.entities import Agency
from console.domain.events import (
    AgencyDescribed,
    Anything,
    CallsChanged,
    CarriedOver,
    DefinitionsLoaded,
    DefinitionsRefused,
    FacilitiesChanged,
    FeedReported,
    FollowUpsChanged,
    PositionsChanged,
    ProblemsFound,
    Recorded,
    RecordingReported,
    Tick,
    UnitsChanged,
)
from console.domain.expecting import history, trying
from console.domain.feed import Feed
from console.domain.folding import recounted
from console.domain.trend import MINUTE
from console.domain.watching import acts, marking
from console.domain.watching.carrying import resumed
from console.domain.watching.round import looked

__all__ = ["State", "advance", "recounted", "reduce", "start"]

SECOND = timedelta(seconds=1)


def advance(state: State, events: Iterable[Recorded], now: datetime) -> State:
    """Fold ``events``, in order and none later than ``now``, with a tick on every whole second between.

    A tick stands before everything that arrived within its own second, so that the frame rate, the
    batching and the replay speed cannot be told from the result.
    """
    for event in events:
        state = reduce(_ticked(state, event.at), event)
    state = _ticked(state, now)
    return state if state.at == now else replace(state, at=now)


def _ticked(state: State, until: datetime) -> State:
    """``state`` with the ticks up to ``until``; seconds at which no rule has anything to do are passed in one step.

    A day without events has 86,400 of them; whole minutes draw the trend, and alarms know when they are due.
    """
    last = until.replace(microsecond=0)
    while (next_ := _next(state)) <= last:
        state = reduce(state, Tick(next_))
    return state if last <= state.second else reduce(state, Tick(last))


def _next(state: State) -> datetime:
    """The next second at which there is something to do: a whole minute, a look that is due, something that changed."""
    minute = state.second.replace(second=0) + MINUTE
    looks = filter(None, (state.alarms.looks.next_at, state.learning.agenda.next_at))
    return min((minute, *(max(look, state.second + SECOND) for look in looks)))


def reduce(state: State, event: Anything) -> State:
    """The board after ``event``."""
    match event:
        case Tick(at=at):
            return _tick(state, at)
        case CallsChanged():
            after = folding.calls(state, event)
        case UnitsChanged():
            after = folding.units(state, event)
        case PositionsChanged():
            after = folding.positions(state, event)
        case FacilitiesChanged():
            after = folding.facilities(state, event)
        case FollowUpsChanged():
            after = folding.follow_ups(state, event)
        case FeedReported(feed=feed):
            after = _feed(state, feed)
        case ProblemsFound():
            after = folding.problems(state, event)
        case AgencyDescribed(source=source, agency=agency, at=at):
            after = _agency(state, source, agency, at)
        case DefinitionsLoaded(pack=pack):
            defined = history.regathered(state, recounted(replace(state, definitions=pack, refused=None)))
            after = marking.all_marked(trying.planned(defined, defined.open_calls))
        case DefinitionsRefused():
            after = replace(state, refused=event)
        case RecordingReported(recording=recording):
            after = marking.recording_marked(replace(state, recording=recording))
        case CarriedOver(at=at, alarms=alarms, checked=checked, out=out):
            carried = resumed(acts.carried(state, alarms, checked, out, at), event)
            carried = strips.carried(trying.carried(carried, event), event.strips, event.signed)
            after = marking.strips_marked(state, carried)
        case _:
            after = acted(state, event)
    return replace(after, at=max(state.at, event.at), seen=state.seen + 1)


def _feed(state: State, feed: Feed) -> State:
    after = replace(state, feeds={**state.feeds, feed.key: feed})
    return marking.feed_marked(state, after, feed)


def _agency(state: State, source: str, agency: Agency, at: datetime) -> State:
    before = state.window_from
    after = recounted(replace(state, agencies={**state.agencies, source: agency}))
    began = after.window_from
    after = trying.of_shift(after)
    return acts.shift_changed(after, at) if before is not None and began != before else after


def _tick(state: State, at: datetime) -> State:
    state = replace(state, at=at, second=at)
    if (alarms := looked(state)) is not state.alarms:
        state = replace(state, alarms=alarms)
    state = trying.tried(state)
    if at.second == 0 and state.calls:
        sample = trend.sample(at, state.tally, state.units.values())
        return replace(state, samples=trend.extended(state.samples, sample, state.window_from))
    return state
