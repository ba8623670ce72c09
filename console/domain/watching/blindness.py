"""Which feed a rule's alarm speaks from, and whether that can be believed now: suppression by design."""

from console.domain.board import State
from console.domain.feed import Feed, given, offered
from console.domain.vocabulary import FeedName, Health
from console.domain.watching.catalog import CATALOG, MISSING, About
from console.domain.watching.vanishing import mark

_ROWS = {About.UNIT: FeedName.UNITS, About.CALL: FeedName.CALLS}
"""The feed that gives the rows of which a rule speaks."""


class Sight:
    """What the feeds of one second let be seen."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._given: dict[FeedName, list[Feed]] = {}

    def hidden_by(self, blind: frozenset[str], rule: str, subject: str) -> str:
        """What of ``blind`` silences the alarm of ``rule`` about ``subject``: a feed, mostly; empty if none does."""
        needs = CATALOG[rule].needs
        if not blind or needs is None:
            return ""
        feed = self._giver(needs, subject)
        keys = () if feed is None else (feed.key, mark(feed.source)) if rule == MISSING else (feed.key,)
        return next((key for key in keys if key in blind), "")

    def known(self, rule: str, subject: str) -> bool:
        """Whether the data that the rule speaks from are there at all: after a start they come one by one."""
        facts = CATALOG[rule]
        match facts.about:
            case About.UNIT | About.CALL:
                names = {name for name in (_ROWS[facts.about], facts.needs) if name is not None}
                return all(self._answered(name, subject) for name in names)
            case About.SOURCE:
                feeds = [feed for feed in self._state.feeds.values() if feed.source == subject]
                return any(feed.reported is not Health.STARTING for feed in feeds)
            case About.RECORDING:
                return self._state.recording is not None
            case About.STRIP | About.BOARD:
                return True

    def may_come(self, rule: str, subject: str) -> bool:
        """Whether there is a source of the rows that the rule speaks of, so that they may come once it answers."""
        name = _ROWS.get(CATALOG[rule].about)
        feed = self._giver(name, subject) if name is not None else None
        return feed is not None and feed.answered_at is None and offered(feed)

    def _answered(self, name: FeedName, subject: str) -> bool:
        feed = self._giver(name, subject)
        return feed is not None and feed.answered_at is not None

    def _giver(self, name: FeedName, subject: str) -> Feed | None:
        """Ids of later sources carry their name; plain ones are of the first that gives such rows."""
        if name not in self._given:
            self._given[name] = given(self._state.feeds.values(), name)
        feeds = self._given[name]
        if len(feeds) < 2:
            return feeds[0] if feeds else None
        if name is FeedName.POSITIONS and (by := self._state.fixed_by.get(subject)) is not None:
            return self._state.feeds.get(by)
        named = [feed for feed in feeds if subject.startswith(f"{feed.source}/")]
        return next(iter(named or feeds), None)
