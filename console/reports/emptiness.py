"""Feeds that answered and gave nothing: a mapping that finds no rows looks like a quiet night."""

from collections.abc import Callable, Iterator, Mapping

from console.domain.state import State
from console.domain.vocabulary import FeedName, Health
from console.reports.gap import Gap
from console.reports.mapped import Expected

NOW = "at the moment of the check"
AGAIN = "Try again when there are some: until then nothing is known of their fields."
NO_MATCH = "no rows: records, where and each of the mapping match nothing, or there are none now"
COMPARE = "Compare them with a saved reply; or try again when there are some."

_GIVEN: Mapping[str, tuple[FeedName, Callable[[State], bool]]] = {
    "call": (FeedName.CALLS, lambda state: bool(state.calls)),
    "unit": (FeedName.UNITS, lambda state: bool(state.units)),
    "position": (FeedName.POSITIONS, lambda state: bool(state.positions)),
    "facility": (FeedName.FACILITIES, lambda state: bool(state.facilities)),
    "follow_up": (FeedName.FOLLOW_UPS, lambda state: bool(state.follow_ups)),
    "note": (FeedName.CALLS, lambda state: any(call.narrative for call in state.calls.values())),
    "staff": (FeedName.UNITS, lambda state: any(unit.crew for unit in state.units.values())),
}
"""Which feed a kind of row is part of, and whether the board holds any; assignments are counted as a field."""


def nothing(state: State, mapped: Expected | None) -> Iterator[Gap]:
    """A gap for calls and units that there are none of, and for each kind of row that a mapping never gave."""
    answered = {
        feed.name
        for feed in state.feeds.values()
        if feed.answered_at is not None and feed.reported is Health.OK
    }
    for kind, (feed, given) in _GIVEN.items():
        if feed not in answered or given(state):
            continue
        if mapped is None:
            if kind in ("call", "unit"):
                yield Gap(feed, f"no {feed} {NOW}", AGAIN)
        elif kind in mapped.kinds and (kind not in ("note", "staff") or _rows(state, feed)):
            yield Gap(feed, NO_MATCH if kind in ("call", "unit") else f"{kind}: {NO_MATCH}", COMPARE)


def _rows(state: State, feed: FeedName) -> bool:
    return bool(state.calls if feed is FeedName.CALLS else state.units)
