"""Whether most of a source's open calls are no longer reported: then that is one trouble, not one for each call."""

from datetime import datetime
from math import ceil
from typing import Final

from console.domain.board import State
from console.domain.feed import given
from console.domain.vocabulary import FeedName
from console.domain.watching.catalog import VANISHED

SHARE: Final = 0.8
LEAST: Final = 5
"""So many calls, and that part of the open ones, do not end all at once."""


def vanished_since(state: State, source: str) -> datetime | None:
    """When so many of the open calls of ``source`` were no longer reported; ``None`` where they are not."""
    if len(state.missing) < LEAST:
        return None
    feeds = [feed.source for feed in given(state.feeds.values(), FeedName.CALLS)]
    if source not in feeds:
        return None
    others = tuple(f"{other}/" for other in feeds if other != source)
    prefix = f"{source}/"
    later = source != feeds[0]

    def ours(key: str) -> bool:
        return key.startswith(prefix) if later else not (others and key.startswith(others))

    moments = sorted(since for key, since in state.missing.items() if ours(key))
    most = ceil(SHARE * sum(map(ours, state.open_calls)))
    return moments[max(most, LEAST) - 1] if len(moments) >= max(most, LEAST) else None


def mark(source: str) -> str:
    """How it is noted, among the feeds that are not to be believed, that calls of ``source`` vanished."""
    return f"{source}/{VANISHED}"


def hidden(state: State, source: str) -> frozenset[str]:
    """That mark, while the calls of ``source`` are gone and there is an alarm that tells of all of them."""
    told = VANISHED in state.definitions.rules and vanished_since(state, source) is not None
    return frozenset((mark(source),)) if told else frozenset()
