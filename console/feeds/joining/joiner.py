"""Joins what several sources give to one board, by a written precedence and never by who answered first.

The board is a function of what the sources hold: any order of their replies ends in the same rows. A
feed that one source gives, and whose rows point to nothing of another's, is passed on as it came.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from console.domain.contract import Row, row_key
from console.domain.entities import Call, FollowUp, Position, Unit
from console.domain.vocabulary import FeedName
from console.feeds.joining.giving import Given, Giving
from console.feeds.joining.names import Mark, Names, name_of
from console.feeds.joining.places import Places
from console.feeds.rows.flaws import CONFLICT, Flaw

SAME_ID = "same id in two sources: told apart by the source's name"
SAME_NAME = "same name in two sources: the row of the first is shown"

NAMED = frozenset({FeedName.UNITS, FeedName.FACILITIES})


class Change(Struct, frozen=True):
    """What a reply changes on the board: rows of one feed, ids that are gone, all there is where ``full``."""

    feed: FeedName
    rows: Sequence[Row] = ()
    gone: Sequence[str] = ()
    full: bool = False


class Joined(Struct):
    """Changes in the order they are to be told, and conflicts by the feed whose row was not the first."""

    changes: list[Change] = []
    conflicts: dict[str, list[Flaw]] = {}


class Joiner:
    """Knows what each source gave, as far as another has a word in it."""

    def __init__(self, given: Sequence[Given]) -> None:
        self._giving = Giving(given)
        self._places = {feed: Places() for feed in FeedName if self._giving.joined(feed)}
        self._names = {feed: Names() for feed in NAMED}
        self._numbers = {rank: Names() for rank in self._giving.givers(FeedName.CALLS)[1:]}
        self._told: set[tuple[FeedName, str, Mark]] = set()

    def take(self, source: str, change: Change) -> Joined:
        """What one reply of ``source`` means for the board."""
        places = self._places.get(change.feed)
        if places is None:
            return Joined([change])
        rank, rows = self._giving.rank(source), {row_key(row): row for row in change.rows}
        lost = set(change.gone) | (places.own(rank) if change.full else set())
        joined, names, numbers = Joined(), self._names[FeedName.UNITS], self._numbers.get(rank, Names())
        moves, renumbered = names.moves, numbers.moves
        marks = self._give(places, change.feed, rank, rows, lost - rows.keys())
        self._settle(change.feed, marks, joined)
        if names.moves != moves:
            self._follow(joined)
        if numbers.moves != renumbered and FeedName.FOLLOW_UPS in self._places:
            promised = self._places[FeedName.FOLLOW_UPS]
            self._settle(FeedName.FOLLOW_UPS, [(rank, key) for key in promised.own(rank)], joined)
        self._report(change.feed, marks, joined)
        return joined

    def _give(
        self, places: Places, feed: FeedName, rank: int, rows: dict[str, Row], lost: Collection[str]
    ) -> set[Mark]:
        """Note what the source holds now; the rows that may stand elsewhere or read otherwise by that."""
        touched: set[Mark] = set()
        names = self._numbers.get(rank) if feed is FeedName.CALLS else self._names.get(feed)
        for key in lost:
            places.take((rank, key))
            touched |= names.drop((rank, key)) if names else {(rank, key)}
        for key, row in rows.items():
            places.give((rank, key), row)
            touched |= names.put((rank, key), name_of(row)) if names else {(rank, key)}
        return touched

    def _settle(self, feed: FeedName, marks: Iterable[Mark], joined: Joined) -> None:
        """Put the rows where they belong, and tell what that changes."""
        places = self._places[feed]
        looks: dict[str, None] = {}
        for mark in sorted(marks):
            place = self._place(feed, mark) if mark in places.given else ""
            looks |= dict.fromkeys(places.settle(mark, place))
        rows, gone = [], []
        for place in looks:
            row = self._row(feed, place)
            if places.show(place, row):
                (gone.append(place) if row is None else rows.append(row))
        if rows or gone:
            joined.changes.append(Change(feed, rows, gone))

    def _follow(self, joined: Joined) -> None:
        """Units came, went or were renamed: look again at what points to them."""
        for feed in (FeedName.CALLS, FeedName.POSITIONS):
            if feed in self._places:
                self._settle(
                    feed, [m for m in self._places[feed].given if self._giving.follows(m[0])], joined
                )

    def _place(self, feed: FeedName, mark: Mark) -> str:
        if feed is FeedName.POSITIONS:
            return self._linked(FeedName.UNITS, *mark)
        first = self._names[feed].first(mark) if feed in NAMED else mark
        return self._giving.board_id(feed, *first)

    def _row(self, feed: FeedName, place: str) -> Row | None:
        """What stands at ``place``, as the board has it."""
        meant = self._places[feed].meant(place)
        if not meant:
            return None
        rank, row = meant[0][0], self._places[feed].given[meant[0]]
        match row:
            case Position():
                return row if row.unit == place else replace(row, unit=place)
            case Call():
                return self._call(rank, place, row)
            case Unit() | FollowUp():
                own = self._numbered(rank, row.call) if isinstance(row, FollowUp) else row.call
                link = self._linked(FeedName.CALLS, rank, own)
                return row if (row.id, row.call) == (place, link) else replace(row, id=place, call=link)
            case _:
                return row if row.id == place else replace(row, id=place)

    def _call(self, rank: int, place: str, call: Call) -> Call:
        linked = {unit: self._linked(FeedName.UNITS, rank, unit) for unit in call.units}
        if place == call.id and all(unit == link for unit, link in linked.items()):
            return call
        parts = tuple(replace(part, unit=linked[part.unit]) for part in call.assignments)
        return replace(call, id=place, assignments=parts)

    def _numbered(self, rank: int, key: str) -> str:
        """The id of the call that a promise is about, where it gives its number: ids alone are told apart."""
        numbers = self._numbers.get(rank)
        if numbers is None or (rank, key) in self._places[FeedName.CALLS].given:
            return key
        found = numbers.found(key)
        return found[1] if found else key

    def _linked(self, feed: FeedName, rank: int, key: str) -> str:
        """The id on the board of what a source calls ``key``: its own row, else one of that id, else of that name."""
        giving = self._giving
        if feed not in NAMED or feed not in self._places:
            return giving.board_id(feed, rank, key)
        names = self._names[feed]
        if giving.gives(rank, feed):
            return giving.board_id(feed, *names.first((rank, key)))
        if key in self._places[feed].shown:
            return key
        found = names.found(key)
        return key if found is None else giving.board_id(feed, *found)

    def _report(self, feed: FeedName, marks: Iterable[Mark], joined: Joined) -> None:
        for what, mark in self._conflicts(feed, marks):
            if (feed, what, mark) not in self._told:
                self._told.add((feed, what, mark))
                key = f"{self._giving.source(mark[0])}/{feed}"
                joined.conflicts.setdefault(key, []).append(Flaw(mark[1], CONFLICT, what))

    def _conflicts(self, feed: FeedName, marks: Iterable[Mark]) -> Iterator[tuple[str, Mark]]:
        """Each row of a later source that is held back, or whose id another source uses as well."""
        if feed is FeedName.POSITIONS or not self._giving.shared(feed):
            return
        places, ranks = self._places[feed], self._giving.givers(feed)
        for mark in sorted(marks):
            first, *others = places.meant(places.place(mark)) or [mark]
            yield from ((SAME_NAME, other) for other in others if other[0] != first[0])
            plain, *twins = places.twins(mark[1], ranks) or [mark]
            yield from ((SAME_ID, twin) for twin in twins if places.place(twin) != places.place(plain))
