"""Tells the session what one feed gave and how it does, and the log when that breaks and when it heals."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from msgspec.structs import replace

from console.domain.contract import Row
from console.domain.events import FeedReported, ProblemsFound, Recorded
from console.domain.feed import Feed
from console.domain.vocabulary import FeedName, Health
from console.feeds.joining.joiner import Change, Joiner
from console.feeds.poll.budget import Budget
from console.feeds.poll.outside import Outside
from console.feeds.poll.report import Standing, Timing, answered, changed, starting, troubled
from console.feeds.rows.flaws import BAD_ANSWER, Flaw, problems
from console.feeds.wire.finding import Trouble

log = logging.getLogger(__name__)


class Bulletin:
    """One feed's line to the session, by way of ``joiner``; ``every`` is its poll interval in real seconds."""

    def __init__(
        self, source: str, name: FeedName, every: float, budget: Budget, joiner: Joiner, outside: Outside
    ) -> None:
        self.key = f"{source}/{name}"
        self.every = every
        self._source = source
        self._name = name
        self._budget = budget
        self._joiner = joiner
        self._outside = outside
        self._feed: Feed | None = None
        self._broken = False

    @property
    def turned_away(self) -> bool:
        """Whether the source does not know the console."""
        return self._feed is not None and self._feed.reported is Health.AUTH

    def starting(self) -> None:
        """Nothing was asked yet."""
        self._tell(lambda _feed, timing: starting(self._source, self._name, timing), 0.0)

    def changed(self, rows: Sequence[Row], gone: Sequence[str], *, full: bool) -> None:
        """Rows that are new or different, ids that are gone; all rows of this source where ``full``."""
        joined = self._joiner.take(self._source, Change(self._name, rows, gone, full))
        for change in joined.changes:
            self._outside.sequence.append(partial(_made, self._source, change))
        for key, flaws in joined.conflicts.items():
            self._found(key, flaws)

    def flawed(self, flaws: Iterable[Flaw]) -> None:
        """What could not be read, unless there is nothing of that kind."""
        self._found(self.key, flaws)

    def _found(self, key: str, flaws: Iterable[Flaw]) -> None:
        found = problems(key, flaws)
        if found:
            self._outside.sequence.append(lambda at: ProblemsFound(at, found))

    def answered(self, how: Standing, as_of: datetime, wait: float) -> None:
        """A good answer came; the next poll is in ``wait`` real seconds."""
        self._tell(lambda feed, timing: answered(feed, how, as_of, timing), wait)

    def troubled(self, trouble: Trouble, wait: float) -> None:
        """No data came; the next try is in ``wait`` real seconds."""
        if trouble.counted:
            self.flawed([Flaw("", BAD_ANSWER, trouble.reason)])
        self._tell(lambda feed, timing: troubled(feed, trouble, timing), wait)

    def _tell(self, move: Callable[[Feed, Timing], Feed], wait: float) -> None:
        def made(at: datetime) -> Recorded:
            timing = self._timing(at, wait)
            feed = move(self._feed or starting(self._source, self._name, timing), timing)
            self._feed = replace(feed, asked_h=self._budget.asked, allowed_h=self._budget.allowed)
            return FeedReported(at, self._feed)

        self._outside.sequence.append(made)
        if self._feed is not None:
            self._log(self._feed)

    def _timing(self, at: datetime, wait: float) -> Timing:
        pace = self._outside.clock.speed or 1.0
        return Timing(at, timedelta(seconds=self.every * pace), at + timedelta(seconds=wait * pace))

    def _log(self, feed: Feed) -> None:
        if feed.reported is Health.STARTING:
            return
        if feed.reported is Health.OK and self._broken:
            log.info("%s is ok again", self.key)
        elif feed.reported is not Health.OK and not self._broken:
            log.warning("%s is %s (%s)", self.key, feed.reported, feed.reason)
        self._broken = feed.reported is not Health.OK


def _made(source: str, change: Change, at: datetime) -> Recorded:
    key = f"{source}/{change.feed}"
    return changed(at, change.feed, key, change.rows, change.gone, full=change.full)
