"""What stands beside the map in words: old data, and what could not be drawn."""

from collections.abc import Iterator, Mapping

from console.domain.feed import LATE_AFTER, STALE_AFTER, STALE_GRACE, given, health, offered
from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.ui.map.message import Doubt, Limits
from console.ui.parts.clocks import present
from console.ui.parts.freshness import Freshness, as_of_text, freshness
from console.ui.theme.words import word

Note = tuple[str, bool]
"""A line, and whether it is about old data."""

_KINDS = ((FeedName.POSITIONS, "positions"), (FeedName.UNITS, "unit status"), (FeedName.CALLS, "calls"))


def fresh(state: State) -> dict[FeedName, Freshness]:
    """How fresh each kind of data on the map is at the present second."""
    return {name: freshness(state.feeds, name, state.second) for name, _ in _KINDS}


def doubt(found: Mapping[FeedName, Freshness]) -> Doubt:
    """Which kinds were read once and no longer come."""
    old = {name: one.read and not one.current for name, one in found.items()}
    return Doubt(old[FeedName.UNITS], old[FeedName.CALLS], old[FeedName.POSITIONS])


def limits(state: State) -> Limits:
    """The pack's limits, but never below what the feed's own pace allows: a fix cannot be newer than its poll."""
    pack = state.definitions.positions
    every = [feed.every for feed in given(state.feeds.values(), FeedName.POSITIONS)]
    slowest = max((step.total_seconds() for step in every), default=0.0)
    patience = STALE_AFTER * slowest + STALE_GRACE.total_seconds()
    return Limits(max(pack.fade_s, LATE_AFTER * slowest), max(pack.stale_s, patience))


def notes(
    state: State, found: Mapping[FeedName, Freshness], unplaced: tuple[int, int, int], ground: bool
) -> tuple[Note, ...]:
    """The lines. ``unplaced`` counts calls and teams without a place and calls whose place is withheld;
    ``ground`` tells whether there is a base map."""
    if not any(one.read for one in found.values()):
        return (("nothing was read yet", False),)
    lines = (*_old(state, found), *_missing(state, *unplaced), *_gone(state, found))
    bare = state.agency is not None and not ground
    return (*lines, ("no base map for this area", False)) if bare else lines


def _old(state: State, found: Mapping[FeedName, Freshness]) -> Iterator[Note]:
    now = present(state.second, state.agency)
    for name, what in _KINDS:
        if as_of := as_of_text(found[name], now):
            yield f"{what} {as_of}", True


def _gone(state: State, found: Mapping[FeedName, Freshness]) -> Iterator[Note]:
    """Why no team is drawn: the feed failed, has not answered yet, gives none, or there is no such feed."""
    fresh = found[FeedName.POSITIONS]
    if not state.units or state.positions or (fresh.read and not fresh.current):
        return
    ours = [feed for feed in given(state.feeds.values(), FeedName.POSITIONS) if offered(feed)]
    if fresh.current or not ours:
        yield "no unit positions from this source", False
    elif failed := [feed for feed in ours if feed.reported is not Health.STARTING]:
        now = present(state.second, state.agency)
        doing = word(health(failed[0], state.second))
        yield f"unit positions {doing} since {now.time(min(feed.since for feed in failed))}", True
    else:
        yield "unit positions not read yet", False


def _missing(state: State, calls: int, teams: int, withheld: int) -> Iterator[Note]:
    if calls:
        yield f"{_count(calls, 'call')} without a valid location", False
    if withheld:
        yield f"{_count(withheld, 'call')} withheld by the dispatch system's label", False
    if teams and state.positions:
        yield f"{_count(teams, 'team')} without a position", False


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
