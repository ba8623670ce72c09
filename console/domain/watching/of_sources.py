"""The rules about one source and about the recording: trouble with the data themselves, one alarm for a source."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from console.domain.board import State
from console.domain.feed import LATE_AFTER, STALE_AFTER, STALE_GRACE, Feed, offered, stale
from console.domain.recording import RecordingState
from console.domain.vocabulary import Health
from console.domain.watching import catalog
from console.domain.watching.spell import Spell, after, already
from console.domain.watching.vanishing import vanished_since

BUSY, SKEWED, REJECTED = "busy", "skew", "rejected"
"""Reasons that feeds give (the hub's own words); of one that is down the last says that a request was refused."""

LOST_AFTER = timedelta(seconds=10)
"""A source that is down for so long did not just miss a poll: what it last gave is no ground for an alarm."""

_DOWN = frozenset({Health.DOWN, Health.AUTH})


def spells(state: State, source: str) -> Iterator[Spell]:
    """What is to be said of ``source``: that of its worst feed stands for all."""
    there = [feed for feed in feeds(state, source) if offered(feed) and feed.reported is not Health.PAUSED]
    refused = [feed for feed in there if feed.reported is Health.AUTH]
    if refused:
        yield already(catalog.SIGN_IN, min(feed.since for feed in refused))
    else:
        yield from _silent(there, state.second)
    yield from _each(catalog.TOO_OFTEN, [feed for feed in there if feed.reason == BUSY])
    degraded = [feed for feed in there if feed.reported is Health.DEGRADED]
    yield from _each(catalog.SKEW, [feed for feed in degraded if feed.reason == SKEWED])
    yield from _each(catalog.UNREADABLE, [feed for feed in degraded if feed.reason == REJECTED])
    bad = [feed for feed in degraded if feed.reason not in (SKEWED, REJECTED)]
    yield from _each(catalog.BAD_ANSWERS, bad)
    if (gone := vanished_since(state, source)) is not None:
        yield already(catalog.VANISHED, gone)


def of_recording(state: State) -> Iterator[Spell]:
    """Whether what the board shows is being kept."""
    recording = state.recording
    if recording is not None and recording.state is RecordingState.PAUSED:
        yield already(catalog.NOT_RECORDED, recording.since)


def feeds(state: State, source: str) -> list[Feed]:
    """All feeds of ``source``."""
    return [feed for feed in state.feeds.values() if feed.source == source]


def blind(given: Iterable[Feed], now: datetime) -> frozenset[str]:
    """The keys of those of a source's feeds that are not to be believed at ``now``: too old, or down for a while."""
    return frozenset(
        feed.key for feed in given if feed.answered_at is not None and (stale(feed, now) or _lost(feed, now))
    )


def blind_at(given: Iterable[Feed], now: datetime) -> datetime | None:
    """When the next of a source's feeds will be so, if nothing is heard; ``None`` where none will."""
    there = [feed for feed in given if feed.answered_at is not None]
    heard = ((feed.answered_at, feed.every) for feed in there if feed.every)
    moments = [_behind(at + STALE_AFTER * every + STALE_GRACE) for at, every in heard if at is not None]
    moments += [feed.since + LOST_AFTER for feed in there if feed.reported in _DOWN]
    return min((moment for moment in moments if moment > now), default=None)


def _lost(feed: Feed, now: datetime) -> bool:
    return feed.reported in _DOWN and now >= feed.since + LOST_AFTER


def _each(rule: str, feeds: list[Feed]) -> Iterator[Spell]:
    if feeds:
        yield already(rule, min(feed.since for feed in feeds))


def _silent(feeds: list[Feed], now: datetime) -> Iterator[Spell]:
    """No word, or late: one of the two."""
    down = [feed for feed in feeds if feed.reported is Health.DOWN and feed.reason != BUSY]
    if down:
        yield already(catalog.FEED_DOWN, min(feed.answered_at or feed.since for feed in down))
        return
    heard = [(feed.answered_at, feed.every) for feed in feeds if feed.answered_at is not None and feed.every]
    if not heard:
        return
    gone = _first(catalog.FEED_DOWN, [(at, at + STALE_AFTER * every + STALE_GRACE) for at, every in heard])
    yield gone
    if gone.at(now)[0] is None:
        yield _first(catalog.FEED_LATE, [(at, at + LATE_AFTER * every) for at, every in heard])


def _first(rule: str, moments: list[tuple[datetime, datetime]]) -> Spell:
    """What begins just behind the earliest of the moments: at the limit itself all is well yet."""
    since, moment = min(moments, key=lambda pair: pair[1])
    return after(rule, since, _behind(moment))


def _behind(limit: datetime) -> datetime:
    return limit + timedelta(microseconds=1)
