"""The adapter of any JSON API that a mapping describes."""

from collections.abc import Iterator, Sequence

from console.domain.vocabulary import FeedName
from console.feeds.adapter import Exchange, Failed, Found, Gathered, Round
from console.feeds.adapters.assembly import Parts, assembled
from console.feeds.adapters.mapped.asking import Asking, Taken
from console.feeds.adapters.mapped.names import FEEDS, JOINED
from console.feeds.adapters.mapped.parsing import MappingError, parse, zone
from console.feeds.adapters.mapped.refusing import NOT_OFFERED, not_offered
from console.feeds.rows.flaws import Flaw
from console.feeds.spec import Dialect
from console.feeds.wire.finding import Same, Trouble

LISTS = {
    "call": "calls",
    "unit": "units",
    "assignment": "assignments",
    "note": "notes",
    "staff": "staff",
    "position": "positions",
    "facility": "facilities",
    "follow_up": "follow_ups",
}


class Mapped:
    """What belongs together is asked in one round, at the pace of the quickest of its requests.

    Only what gives no rows of its own (notes, crews) may be asked less often. Raises `MappingError`.
    """

    def __init__(self, dialect: Dialect) -> None:
        mapping = parse(dialect.mapping)
        try:
            local = zone(dialect.zone or mapping.source.tz)
        except ValueError as error:
            raise MappingError(str(error)) from error
        self._dialect = dialect
        groups = _grouped([Asking(asked, mapping, local) for asked in mapping.request])
        self._groups = {f"{number}": group for number, group in enumerate(groups)}
        self._counts = dict.fromkeys(self._groups, 0)
        self._looked_twice: set[str] = set()
        self.rounds = tuple(_round(name, group) for name, group in self._groups.items())

    def ask(self, name: str, *, fresh: bool) -> Exchange:
        """One round of the requests that belong together. Raises `Failed` or `Unreadable`."""
        group = self._groups[name]
        count = 0 if fresh else self._counts[name]
        every = min(asking.every for asking in group)
        taken: list[tuple[Asking, Taken]] = []
        for asking in group:
            pause = 1 if asking.feeds else max(1, round(asking.every / every))
            if count % pause == 0:
                taken.append((asking, (yield from asking.ask(fresh=fresh))))
        self._counts[name] = count + 1
        for asking, one in taken:
            asking.memory = one.memory
        if not all(one.same for _, one in taken):
            self._looked_twice.discard(name)
        elif name in self._looked_twice or not any(asking.complete(asking.memory) for asking in group):
            return {feed: Same() for feed in _feeds(group)}
        else:
            self._looked_twice.add(name)  # what is missing is gone at the second look: "unchanged" is one
        return self._found(group, dict(taken))

    def _found(self, group: Sequence[Asking], taken: dict[Asking, Taken]) -> Found:
        troubled = {asking: one.trouble for asking, one in taken.items() if one.trouble is not None}
        board = assembled(_parts(group), self._dialect)
        found: Found = {}
        for feed in _feeds(group):
            givers = [asking for asking in group if feed in asking.feeds]
            trouble = next((troubled[asking] for asking in givers if asking in troubled), None)
            if trouble is not None and all(asking in troubled for asking in givers):
                found[feed] = _told(trouble, feed)
                continue
            complete = trouble is None and all(asking.complete(asking.memory) for asking in givers)
            orphans = board.flaws if feed is FeedName.CALLS and complete else ()
            found[feed] = Gathered(board.rows[feed], complete, flaws=(*_flaws(group, feed), *orphans))
        if all(isinstance(what, Trouble) for what in found.values()):
            raise Failed(next(what for what in found.values() if isinstance(what, Trouble)))
        return found


def _told(trouble: Trouble, feed: FeedName) -> Trouble:
    return not_offered(feed, trouble.status) if trouble.status in NOT_OFFERED else trouble


def _parts(group: Sequence[Asking]) -> Parts:
    parts = Parts(sent=any("assignment" in asking.kinds for asking in group))
    for asking in group:
        for lot in asking.lots():
            getattr(parts, LISTS[lot.kind]).extend(lot.rows)
    return parts


def _flaws(group: Sequence[Asking], feed: FeedName) -> Iterator[Flaw]:
    return (
        flaw for asking in group for lot in asking.lots() if FEEDS[lot.kind] is feed for flaw in lot.flaws
    )


def _grouped(askings: list[Asking]) -> list[list[Asking]]:
    """The requests whose rows are put together, or make up the same feed."""
    groups: list[tuple[set[str], list[Asking]]] = []
    for asking in askings:
        marks = {str(FEEDS[kind]) for kind in asking.kinds} | ({"joined"} if asking.kinds & JOINED else set())
        joined = [group for group in groups if group[0] & marks]
        groups = [group for group in groups if not group[0] & marks]
        members = [member for _, group in joined for member in group]
        groups.append((marks.union(*(group for group, _ in joined)), [*members, asking]))
    return [members for _, members in groups]


def _feeds(group: Sequence[Asking]) -> tuple[FeedName, ...]:
    return tuple(feed for feed in FeedName if any(feed in asking.feeds for asking in group))


def _round(name: str, group: Sequence[Asking]) -> Round:
    feeds = _feeds(group)
    if not feeds:
        raise MappingError("its requests emit no call, unit, position, facility or follow_up: add one")
    return Round(name, feeds, min(asking.every for asking in group))
