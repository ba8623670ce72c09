"""How the rows of a reply come to the board, with the figures and the trend that go by them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import TypeVar

from msgspec.structs import replace

from console.domain import strips, trend
from console.domain.board import State
from console.domain.entities import Call, Position
from console.domain.events import (
    CallsChanged,
    FacilitiesChanged,
    FollowUpsChanged,
    PositionsChanged,
    ProblemsFound,
    UnitsChanged,
)
from console.domain.expecting import history, trying
from console.domain.feed import given, merged
from console.domain.metrics import Tally, contribution, counted, moved
from console.domain.rows import merge
from console.domain.vocabulary import FeedName
from console.domain.watching import marking

R = TypeVar("R")

_id = attrgetter("id")
_unit = attrgetter("unit")


def units(state: State, event: UnitsChanged) -> State:
    """The board with the units of ``event``."""
    rows = merge(state.units, event.changed, event.gone, _id, full=event.full)
    if rows is state.units:
        return state
    after = _with_free_teams(replace(state, units=rows))
    moved = _moved_keys(state.units, rows, event, map(_id, event.changed))
    after = replace(after, breaks=state.breaks.moved(state.units, rows, moved, event.at))
    after = trying.after_units(state, history.after_units(state, after, moved), moved)
    return marking.units_marked(state, after, moved, event.at)


def positions(state: State, event: PositionsChanged) -> State:
    """The board with the positions of ``event``."""
    rows = merge(state.positions, event.changed, event.gone, _unit, full=event.full)
    if rows is state.positions:
        return state
    after = replace(state, positions=rows, fixed_by=_fixed_by(state, rows, event))
    gone = sorted(state.positions.keys() - rows.keys()) if event.full else event.gone
    touched = dict.fromkeys((*map(_unit, event.changed), *gone))
    return marking.positions_marked(state, after, touched)


def _fixed_by(state: State, rows: Mapping[str, Position], event: PositionsChanged) -> dict[str, str]:
    """Which feed each position came from, where several give any."""
    if len(given(state.feeds.values(), FeedName.POSITIONS)) < 2:
        return state.fixed_by if not state.fixed_by else {}
    held = {**state.fixed_by, **dict.fromkeys(map(_unit, event.changed), event.feed)}
    return {unit: feed for unit, feed in held.items() if unit in rows}


def facilities(state: State, event: FacilitiesChanged) -> State:
    """The board with the facilities of ``event``."""
    return replace(state, facilities=merge(state.facilities, event.changed, event.gone, _id, full=event.full))


def follow_ups(state: State, event: FollowUpsChanged) -> State:
    """The board with the follow-ups of ``event``."""
    rows = merge(state.follow_ups, event.changed, event.gone, _id, full=event.full)
    after = strips.after_follow_ups(state, replace(state, follow_ups=rows))
    return marking.strips_marked(state, after)


def _moved_keys(
    old: Mapping[str, R], new: Mapping[str, R], event: UnitsChanged, changed: Iterable[str]
) -> list[str]:
    """The ids of which the row is another one now."""
    lost = old.keys() - new.keys() if event.full else event.gone
    return [key for key in dict.fromkeys((*changed, *sorted(lost))) if old.get(key) is not new.get(key)]


def recounted(state: State) -> State:
    """``state`` with its tally and its trend made anew, after the definitions or the window changed."""
    tally = counted(state.calls.values(), state.definitions, state.window_from)
    state = replace(state, tally=tally, samples=())
    return _backfilled(state)


def calls(state: State, event: CallsChanged) -> State:
    """The board with the calls of ``event``; an open one that is no longer reported stays, and is missing."""
    fresh = {call.id: call for call in event.changed if state.calls.get(call.id) != call}
    reported = {call.id for call in event.changed}
    gone = (state.calls.keys() if event.full else state.calls.keys() & set(event.gone)) - reported
    lost = {key for key in gone if not state.calls[key].open}
    missing = _missing(state, reported, gone - lost, event.at)
    if missing == state.missing:
        missing = state.missing
        if not fresh and not lost:
            return state
    out = [state.calls[key] for key in (fresh.keys() & state.calls.keys()) | lost]
    after = replace(
        state,
        calls=merge(state.calls, fresh.values(), lost, _id, full=False),
        open_calls=_open(state.open_calls, fresh),
        missing=missing,
        tally=_moved(state, out, fresh.values()),
    )
    touched = (*fresh, *sorted(lost))
    after = trying.after_calls(history.after_calls(state, after, touched), touched)
    after = strips.after_calls(state, trying.planned(after, fresh), fresh.keys())
    after = marking.calls_marked(state, marking.vanished_marked(state, after), touched, event.at)
    after = marking.strips_marked(state, after)
    begins = _begins(state, event.feed)
    return _backfilled(after, anew=begins) if event.full or begins else after


def _begins(state: State, key: str) -> bool:
    """Whether a source gives its first rows: those of several sources never replace all, but bring their past."""
    feed = state.feeds.get(key)
    return feed is not None and feed.answered_at is None


def _missing(state: State, reported: set[str], gone: set[str], at: datetime) -> dict[str, datetime]:
    """Open calls that are no longer reported, each with the moment that was first noticed."""
    missing = {key: since for key, since in state.missing.items() if key not in reported}
    return {**dict.fromkeys(sorted(gone), at), **missing}


def _open(held: dict[str, Call], fresh: dict[str, Call]) -> dict[str, Call]:
    opened = [call for call in fresh.values() if call.open]
    closed = [key for key, call in fresh.items() if not call.open]
    return merge(held, opened, closed, _id, full=False)


def _moved(state: State, out: Iterable[Call], come: Iterable[Call]) -> Tally:
    pack, since = state.definitions, state.window_from
    return moved(
        state.tally,
        [contribution(call, pack, since) for call in out],
        [contribution(call, pack, since) for call in come],
    )


def problems(state: State, event: ProblemsFound) -> State:
    """The board with the problems of ``event``, counted together with those of the same kind."""
    found = dict(state.problems)
    for problem in event.problems:
        key = f"{problem.feed} {problem.kind} {problem.what}"
        held = found.get(key)
        found[key] = problem if held is None else merged(held, problem)
    return replace(state, problems=found)


def _backfilled(state: State, *, anew: bool = False) -> State:
    """``state`` with the trend back to when the shift began; ``anew``: samples that were drawn are made again."""
    if not state.calls or state.window_from is None:
        return state
    samples = trend.reconstructed(
        state.calls.values(),
        state.definitions,
        state.window_from,
        state.second,
        () if anew else state.samples,
    )
    if anew:
        free = {old.at: old.available for old in state.samples}
        samples = tuple(replace(one, available=free.get(one.at)) for one in samples)
    return _with_free_teams(replace(state, samples=samples))


def _with_free_teams(state: State) -> State:
    """The newest sample with the teams free now, where it was rebuilt and so could not tell."""
    if not (state.samples and state.units) or state.samples[-1].available is not None:
        return state
    last = replace(state.samples[-1], available=trend.free_teams(state.units.values()))
    return replace(state, samples=(*state.samples[:-1], last))
