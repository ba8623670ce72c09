"""Which of a source's feeds something is wrong with, and what to call them: ``demo: positions give no data``."""

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct

from console.domain.feed import Feed, health, offered
from console.domain.vocabulary import Health
from console.domain.watching import catalog
from console.domain.watching.of_sources import BUSY, REJECTED, SKEWED
from console.ui.parts.masking import isolated
from console.ui.theme.words import word

NAMED = 3
"""Feeds that a line names; the rest are counted."""

_GONE = frozenset({Health.DOWN, Health.STALE})
_DEGRADED = frozenset({REJECTED, SKEWED})


class Lacking(Struct, frozen=True, gc=False):
    """The feeds that an alarm about a source speaks of; ``whole`` where those are all that the source gives."""

    names: tuple[str, ...] = ()
    whole: bool = False


NOTHING_LACKS = Lacking()


def lacking(feeds: Mapping[str, Feed], source: str, rule: str, now: datetime) -> Lacking:
    """The feeds of ``source`` that an alarm of ``rule`` is about at ``now``; none where no feed tells of it."""
    fits = _FITS.get(rule)
    if fits is None:
        return NOTHING_LACKS
    there = [feed for feed in feeds.values() if feed.source == source and offered(feed)]
    there = [feed for feed in there if feed.reported is not Health.PAUSED]
    found = tuple(word(feed.name) for feed in there if fits(feed, now))
    return Lacking(found, bool(found) and len(found) == len(there))


def feeds_text(found: Lacking) -> str:
    """``positions and beds``; ``calls, units, positions and 2 more``."""
    names, rest = found.names[:NAMED], len(found.names) - NAMED
    if rest > 0:
        return f"{', '.join(names)} and {rest} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def no_data(found: Lacking) -> tuple[str, str]:
    """What a source lacks: whose data they are, to stand behind its name, and the verb."""
    if not found.names:
        return "", "gives no data"
    return ("", "gives no data at all") if found.whole else (f": {feeds_text(found)}", "give no data")


def feed_words(key: str) -> str:
    """A feed by its key, in words: ``city-cad calls``."""
    source, _, name = key.rpartition("/")
    return " ".join(filter(None, (isolated(source), word(name))))


def held_by(key: str) -> str:
    """``city-cad calls give no data``: why an alarm is held back."""
    source, _, what = key.rpartition("/")
    if what == catalog.VANISHED:
        return f"{isolated(source)} reports hardly any of its open calls"
    return f"{feed_words(key)} give no data"


def troubled(feeds: Mapping[str, Feed], now: datetime) -> frozenset[str]:
    """The feeds that any alarm could name at ``now``, each with its trouble: lines are made anew where that changes."""
    found = ((rule, feed) for rule in _FITS for feed in feeds.values())
    return frozenset(f"{rule} {feed.key}" for rule, feed in found if _FITS[rule](feed, now))


def _bad(feed: Feed, _now: datetime) -> bool:
    return feed.reported is Health.DEGRADED and feed.reason not in _DEGRADED


_FITS: Mapping[str, Callable[[Feed, datetime], bool]] = {
    catalog.FEED_DOWN: lambda feed, now: health(feed, now) in _GONE and feed.reason != BUSY,
    catalog.FEED_LATE: lambda feed, now: health(feed, now) is Health.LATE,
    catalog.TOO_OFTEN: lambda feed, _now: feed.reason == BUSY,
    catalog.UNREADABLE: lambda feed, _now: feed.reported is Health.DEGRADED and feed.reason == REJECTED,
    catalog.BAD_ANSWERS: _bad,
}
