"""A feed's state after each poll, as the board shows it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from console.domain.contract import Row
from console.domain.events import (
    CallsChanged,
    FacilitiesChanged,
    FollowUpsChanged,
    PositionsChanged,
    RowsChanged,
    UnitsChanged,
)
from console.domain.feed import Feed
from console.domain.vocabulary import FeedName, Health
from console.feeds.poll.clocks import Skew
from console.feeds.wire.finding import Trouble

SKEWED = "skew"
KEEPS = "The last good data stay on the board."

_EVENTS: dict[FeedName, type[Any]] = {
    FeedName.CALLS: CallsChanged,
    FeedName.UNITS: UnitsChanged,
    FeedName.POSITIONS: PositionsChanged,
    FeedName.FACILITIES: FacilitiesChanged,
    FeedName.FOLLOW_UPS: FollowUpsChanged,
}


class Standing(Struct, frozen=True):
    """How a feed does whose last answer was good."""

    health: Health = Health.OK
    reason: str = "ok"
    detail: str = ""
    tip: str = ""
    skew_s: float | None = None
    rejected: int = 0


class Timing(Struct, frozen=True):
    """When something was reported, the poll interval and the next try, all in the session's time."""

    at: datetime
    every: timedelta
    next_try: datetime


def standing(held: int, rejected: int, skew: Skew, limit: float) -> Standing:
    """The standing of a feed that holds ``held`` rows and cannot show ``rejected`` others."""
    if rejected > limit * (held + rejected):
        detail = f"{rejected} of {held + rejected} rows cannot be read: the format may have changed."
        tip = "What could be read is shown. Tell those who run the server; see Problems for the fields."
        return Standing(Health.DEGRADED, "rejected", detail, tip, skew.seconds, rejected)
    if skew.detail:
        return Standing(Health.DEGRADED, SKEWED, skew.detail, skew.tip, skew.seconds, rejected)
    return Standing(skew_s=skew.seconds, rejected=rejected)


def starting(source: str, name: FeedName, timing: Timing) -> Feed:
    """A feed before its first answer."""
    return Feed(
        source,
        name,
        timing.every,
        Health.STARTING,
        timing.at,
        reason="starting",
        detail="Waiting for the first answer.",
        next_try=timing.next_try,
    )


def answered(feed: Feed, how: Standing, as_of: datetime, timing: Timing) -> Feed:
    """The feed after a good answer."""
    return replace(
        _moved(feed, how.health, timing),
        answered_at=timing.at,
        as_of=as_of,
        skew_s=how.skew_s,
        reason=how.reason,
        detail=how.detail,
        tip=how.tip,
        rejected=how.rejected,
    )


def troubled(feed: Feed, trouble: Trouble, timing: Timing) -> Feed:
    """The feed after a poll that gave no data; what it gave last stays."""
    detail = trouble.detail if feed.answered_at is None else f"{trouble.detail} {KEEPS}"
    return replace(
        _moved(feed, trouble.health, timing), reason=trouble.reason, detail=detail, tip=trouble.tip
    )


def _moved(feed: Feed, health: Health, timing: Timing) -> Feed:
    since = feed.since if feed.reported is health else timing.at
    return replace(feed, reported=health, since=since, every=timing.every, next_try=timing.next_try)


def changed(
    at: datetime, name: FeedName, key: str, rows: Sequence[Row], gone: Sequence[str], *, full: bool
) -> RowsChanged:
    """The event that says what one reply changed."""
    event: RowsChanged = _EVENTS[name](at, key, tuple(rows), tuple(gone), full)
    return event
