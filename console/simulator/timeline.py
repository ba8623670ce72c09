"""What a served shift is made of: every version of every row, in the order in which the world saw them."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from console.domain.contract import Row, row_key
from console.domain.vocabulary import FeedName


class Change(Struct, frozen=True):
    """At this moment this row got this version; with no ``row``, the row called ``gone`` left the feed."""

    at: datetime
    feed: FeedName
    row: Row | None
    gone: str = ""

    @property
    def key(self) -> str:
        """The id of the row that changed."""
        return self.gone if self.row is None else row_key(self.row)


class Timeline:
    """The changes of one shift by feed, sorted by moment; a *version* of a feed is a count of its changes."""

    def __init__(self, changes: Iterable[Change]) -> None:
        feeds: dict[FeedName, list[Change]] = {feed: [] for feed in FeedName}
        for change in sorted(changes, key=lambda change: change.at):
            feeds[change.feed].append(change)
        self._changes = {feed: tuple(rows) for feed, rows in feeds.items()}
        self._moments = {feed: [change.at for change in rows] for feed, rows in feeds.items()}

    def changes(self, feed: FeedName) -> tuple[Change, ...]:
        """All changes of ``feed``; its version ``n`` is the first ``n`` of them."""
        return self._changes[feed]

    def version(self, feed: FeedName, at: datetime) -> int:
        """How many changes of ``feed`` have happened by ``at``, that moment included."""
        return bisect_right(self._moments[feed], at)

    def board(self, feed: FeedName, at: datetime) -> dict[str, Row]:
        """The rows of ``feed`` as they stand at ``at``, by id."""
        rows: dict[str, Row] = {}
        for change in self._changes[feed][: self.version(feed, at)]:
            if change.row is None:
                rows.pop(change.key, None)
            else:
                rows[change.key] = change.row
        return rows
