"""How a feed is doing, as a value, and the rule that turns its age into *late* and *stale*."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from console.domain.vocabulary import FeedName, Health

LATE_AFTER = 1.5
"""Times its poll interval after which a feed is late (RELIABILITY section 3)."""

STALE_AFTER = 2.0
STALE_GRACE = timedelta(seconds=5)


class Feed(Struct, frozen=True, gc=False, omit_defaults=True):
    """One feed of one source.

    ``reported`` is what the poll task last said; `health` adds what the clock says. ``every`` is the
    poll interval (0: nothing is polled, as of an imported file, which is complete at each moment),
    ``answered_at`` the last good answer and ``as_of`` the server's clock in it.
    ``skew_s`` is server clock minus ours in seconds. ``detail`` says what is wrong, ``tip`` what to do.
    ``asked_h`` are the requests to the source in the last hour, ``allowed_h`` how many it permits (0: it
    does not say).
    """

    source: str
    name: FeedName
    every: timedelta
    reported: Health
    since: datetime
    answered_at: datetime | None = None
    as_of: datetime | None = None
    skew_s: float | None = None
    reason: str = ""
    detail: str = ""
    tip: str = ""
    next_try: datetime | None = None
    rejected: int = 0
    asked_h: int = 0
    allowed_h: int = 0

    @property
    def key(self) -> str:
        """``source/feed``: how the feed is named in State and in logs."""
        return f"{self.source}/{self.name}"


NOT_OFFERED = "not_offered"
"""The reason of a feed that its source does not have at all."""


def offered(feed: Feed) -> bool:
    """Whether the source has the feed: one that gave rows once and then says that it has none does."""
    return feed.answered_at is not None or feed.reason != NOT_OFFERED


def given(feeds: Iterable[Feed], name: FeedName) -> list[Feed]:
    """The feeds of one kind; those that their source does not offer only where none offers it."""
    ours = [feed for feed in feeds if feed.name is name]
    return [feed for feed in ours if offered(feed)] or ours


class Problem(Struct, frozen=True, gc=False):
    """Something in the data that could not be read as it should, counted with a few examples.

    ``kind`` is one of ``unknown_code``, ``orphan``, ``bad_row``, ``bad_field``, ``duplicate``, ``reused`` (an
    id that now means another call), ``conflict`` (two sources speak of the same thing), ``contradiction``
    (what is said of units and calls does not fit together), ``skew``, ``bad_answer``
    (a reply that could not be read at all), ``too_many`` (rows that find no room on the board), ``worker``
    (the process that reads large ones was lost) and ``certificate`` (that of the server ends soon).
    """

    kind: str
    feed: str
    what: str
    count: int = 1
    examples: tuple[str, ...] = ()


MAX_EXAMPLES = 5


def merged(old: Problem, new: Problem) -> Problem:
    """The two counted together, keeping the first few examples."""
    examples = tuple(dict.fromkeys((*old.examples, *new.examples)))[:MAX_EXAMPLES]
    return msgspec.structs.replace(old, count=old.count + new.count, examples=examples)


def age(feed: Feed, now: datetime) -> timedelta | None:
    """How old the last good answer is at ``now``, never negative; ``None`` before the first."""
    if feed.answered_at is None or not feed.every:
        return None if feed.answered_at is None else timedelta(0)
    return max(timedelta(0), now - feed.answered_at)


def health(feed: Feed, now: datetime) -> Health:
    """The feed's health at ``now``: trouble the poll task reported stands, else its age decides.

    One that never answered has no age: what was reported of it stands.
    """
    if feed.reported not in (Health.OK, Health.DEGRADED) or feed.answered_at is None:
        return feed.reported
    if stale(feed, now):
        return Health.STALE
    old = age(feed, now)
    if old is not None and old > LATE_AFTER * feed.every:
        return Health.LATE
    return feed.reported


def stale(feed: Feed, now: datetime) -> bool:
    """Whether what the feed gave is too old to be taken for the present, whatever the cause."""
    old = age(feed, now)
    return old is None or old > STALE_AFTER * feed.every + STALE_GRACE
