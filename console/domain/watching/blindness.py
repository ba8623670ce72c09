"""Which feed a rule's alarm speaks from, and whether that can be believed now: suppression by design."""

from console.domain.board import State
from console.domain.feed import Feed, given
from console.domain.watching.catalog import CATALOG


def by(state: State, rule: str, subject: str) -> str:
    """The key of the feed that is down and so silences the alarm of ``rule`` about ``subject``; empty if none does."""
    blind, needs = state.alarms.blind, CATALOG[rule].needs
    if not blind or needs is None:
        return ""
    feeds = given(state.feeds.values(), needs)
    feed = _giver(feeds, subject)
    return feed.key if feed is not None and feed.key in blind else ""


def answered(state: State, rule: str) -> bool:
    """Whether the data that the rule speaks from are there at all."""
    needs = CATALOG[rule].needs
    return needs is None or any(feed.answered_at is not None for feed in given(state.feeds.values(), needs))


def _giver(feeds: list[Feed], subject: str) -> Feed | None:
    """Ids of later sources carry their name; plain ones are of the first that gives such rows."""
    named = [feed for feed in feeds if subject.startswith(f"{feed.source}/")]
    return next(iter(named or feeds), None)
