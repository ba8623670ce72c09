"""Who gives what: the order of the sources is their precedence, and ids of later ones carry their name."""

from collections.abc import Sequence

from msgspec import Struct

from console.domain.vocabulary import FeedName

LINKS: dict[FeedName, FeedName] = {
    FeedName.CALLS: FeedName.UNITS,
    FeedName.UNITS: FeedName.CALLS,
    FeedName.POSITIONS: FeedName.UNITS,
    FeedName.FOLLOW_UPS: FeedName.CALLS,
}
"""Which feed the rows of a feed point to."""


class Given(Struct, frozen=True):
    """One source and the feeds that are taken from it."""

    source: str
    feeds: frozenset[FeedName]


class Giving:
    """The sources by rank, the first of them being 0."""

    def __init__(self, given: Sequence[Given]) -> None:
        self._given = tuple(given)
        self._ranks = {one.source: rank for rank, one in enumerate(given)}
        self._givers = {
            feed: tuple(rank for rank, one in enumerate(given) if feed in one.feeds) for feed in FeedName
        }
        self._prefixes = {
            (feed, rank): self._prefix(feed, rank) for feed in FeedName for rank in range(len(given))
        }

    def rank(self, source: str) -> int:
        """The place of ``source`` in the written precedence."""
        return self._ranks[source]

    def source(self, rank: int) -> str:
        """The name of the source at that place."""
        return self._given[rank].source

    def gives(self, rank: int, feed: FeedName) -> bool:
        """Whether the source at that place gives ``feed``."""
        return feed in self._given[rank].feeds

    def givers(self, feed: FeedName) -> tuple[int, ...]:
        """Who gives ``feed``, in order."""
        return self._givers[feed]

    def shared(self, feed: FeedName) -> bool:
        """Whether more than one source gives ``feed``."""
        return len(self.givers(feed)) > 1

    def joined(self, feed: FeedName) -> bool:
        """Whether rows of ``feed`` may need more than to be passed on: a feed that one source gives does not."""
        target = LINKS.get(feed)
        named = feed is FeedName.UNITS and any(map(self.foreign, (FeedName.CALLS, FeedName.POSITIONS)))
        return (
            self.shared(feed) or named or (target is not None and (self.shared(target) or self.foreign(feed)))
        )

    def foreign(self, feed: FeedName) -> bool:
        """Whether some source gives ``feed``, but not the units that its rows point to, and another does."""
        target = LINKS.get(feed)
        if target is not FeedName.UNITS or not self.givers(target):
            return False
        return any(not self.gives(rank, target) for rank in self.givers(feed))

    def follows(self, rank: int) -> bool:
        """Whether what the source says of units can come to mean another source's: not for the first of them."""
        return self.givers(FeedName.UNITS)[:1] != (rank,)

    def board_id(self, feed: FeedName, rank: int, key: str) -> str:
        """The id on the board of a source's own ``key``: plain for the first source that gives ``feed``."""
        return self._prefixes[feed, rank] + key if key else key

    def _prefix(self, feed: FeedName, rank: int) -> str:
        plain = not self.gives(rank, feed) or self.givers(feed)[0] == rank
        return "" if plain else f"{self.source(rank)}/"
