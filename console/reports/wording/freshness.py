"""Whether what a panel shows is of the present, and what to say where it is not or where it is empty."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from console.domain.feed import Feed, given, health, offered, stale
from console.domain.vocabulary import FeedName, Health
from console.reports.wording.clocks import Present
from console.reports.wording.masking import isolated, joined
from console.reports.wording.words import word

AS_OF_ROOM = "as of 00:00:00 UTC"
"""What a panel keeps room for, so that nothing moves when its feed fails."""

PART = "incomplete"
"""What stands beside rows of one source where another has not given any yet."""

_LOST = frozenset({Health.STALE, Health.AUTH, Health.DOWN})


class Freshness(Struct, frozen=True):
    """``current`` while every feed of a kind answers in time; ``as_of`` is the oldest answer among those
    that do not. ``read`` once anything was answered at all. ``trouble`` says what is wrong and what to do.
    ``offered`` unless no source has this kind: then there is nothing to wait for."""

    current: bool
    read: bool
    as_of: datetime | None = None
    trouble: str = ""
    offered: bool = True


def freshness(feeds: Mapping[str, Feed], name: FeedName, now: datetime) -> Freshness:
    """How fresh the data of one kind are, over all sources that give it."""
    ours = given(feeds.values(), name)
    old = [feed for feed in ours if stale(feed, now) or health(feed, now) in _LOST]
    answers = [moment for feed in old if (moment := feed.as_of or feed.answered_at)]
    return Freshness(
        current=bool(ours) and not old,
        read=any(feed.answered_at for feed in ours),
        as_of=min(answers, default=None),
        trouble=_trouble(old, now),
        offered=not ours or any(map(offered, ours)),
    )


def _trouble(feeds: Iterable[Feed], now: datetime) -> str:
    for feed in feeds:
        if not offered(feed):
            return joined((isolated(feed.detail), isolated(feed.tip)))
        if feed.reported is not Health.STARTING:
            state = word(health(feed, now))
            return joined((f"{isolated(feed.source)} {state}", isolated(feed.detail), isolated(feed.tip)))
    return ""


def as_of_text(fresh: Freshness, now: Present) -> str:
    """``as of 14:03:22`` where rows are old, ``incomplete`` where a source has not given any, else nothing."""
    if fresh.current or not fresh.read:
        return ""
    return f"as of {now.exact(fresh.as_of)}" if fresh.as_of else PART


def empty_text(fresh: Freshness, what: str, now: Present) -> str:
    """Why there are no rows: none is a fact, not yet read and not readable are something else."""
    if fresh.current:
        return f"No {what}.\nChecked at {now.exact(now.at)}."
    if fresh.read and fresh.as_of:
        return joined((f"No {what} {as_of_text(fresh, now)}", fresh.trouble)).replace(" · ", "\n")
    if fresh.read:
        waited = fresh.trouble or "Another source has not answered yet."
        return joined((f"No {what} of the sources that answered", waited)).replace(" · ", "\n")
    if not fresh.offered:
        return fresh.trouble.replace(" · ", "\n")
    if fresh.trouble:
        return f"The {what} cannot be read.\n{fresh.trouble.replace(' · ', chr(10))}"
    return f"Not read yet.\nWaiting for the first answer about {what}."
