"""Rows that point to a row which no source sent: shown all the same, counted and listed."""

from collections.abc import Iterable, Iterator

from console.domain.feed import MAX_EXAMPLES, Problem, offered
from console.domain.state import State
from console.domain.vocabulary import FeedName

KIND = "orphan"


def orphans(state: State) -> tuple[Problem, ...]:
    """Positions and assignments of unknown units, and units on a call that is not there.

    A row can be missed only where every feed that could give it has answered.
    """
    return tuple(_found(state))


def answered(state: State) -> frozenset[FeedName]:
    """The kinds of data of which every source that offers them has given what it has."""
    there = [feed for feed in state.feeds.values() if offered(feed)]
    silent = {feed.name for feed in there if feed.answered_at is None}
    return frozenset(feed.name for feed in there) - silent


def counted(state: State, feed: FeedName, kind: str, what: str, subjects: Iterable[str]) -> Iterator[Problem]:
    """The problem that ``subjects`` have in common, unless there are none: of the one feed, or of the kind."""
    rows = sorted(subjects)
    if rows:
        keys = [key for key, one in state.feeds.items() if one.name is feed]
        told = keys[0] if len(keys) == 1 else str(feed)
        yield Problem(kind, told, what, len(rows), tuple(dict.fromkeys(rows))[:MAX_EXAMPLES])


def _found(state: State) -> Iterator[Problem]:
    there = answered(state)
    if FeedName.UNITS in there:
        yield from counted(
            state, FeedName.POSITIONS, KIND, "position of a unit that was not sent", _fixes(state)
        )
        yield from counted(
            state, FeedName.CALLS, KIND, "assignment of a unit that was not sent", _parts(state)
        )
    if FeedName.CALLS in there:
        yield from counted(state, FeedName.UNITS, KIND, "unit on a call that was not sent", _units(state))


def _fixes(state: State) -> Iterable[str]:
    return state.positions.keys() - state.units.keys()


def _parts(state: State) -> Iterator[str]:
    """Units that are still on an open call; who was on one that is over may have gone home."""
    units = state.units
    for call in state.open_calls.values():
        for part in call.assignments:
            if part.cleared_at is None and part.unit not in units:
                yield part.unit


def _units(state: State) -> Iterator[str]:
    calls = state.calls
    return (unit.id for unit in state.units.values() if unit.call and unit.call not in calls)
