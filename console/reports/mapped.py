"""What a mapping leads one to expect: which kinds of rows come, and which codes it means to show as unknown."""

from collections.abc import Mapping

from msgspec import Struct

from console.domain.vocabulary import FeedName
from console.feeds.adapters.mapped.parsing import field, parse
from console.feeds.adapters.mapped.schema import Emit
from console.feeds.adapters.ticketscad import own_mapping
from console.feeds.spec import Dialect

STATES: Mapping[str, FeedName] = {"call": FeedName.CALLS, "unit": FeedName.UNITS}
UNKNOWN = "unknown"
EVERY = "*"


class Expected(Struct, frozen=True):
    """The kinds of rows, and by feed the codes of a state that are ``unknown`` on purpose, in lower case."""

    kinds: frozenset[str] = frozenset()
    unknown: Mapping[FeedName, frozenset[str]] = {}

    def meant(self, feed: FeedName, code: str) -> bool:
        """Whether the mapping itself says that the state ``code`` is unknown to the board."""
        codes = self.unknown.get(feed, frozenset())
        return EVERY in codes or code.casefold() in codes


def own_text(dialect: Dialect) -> str:
    """The mapping that ``dialect`` is read by; empty for none."""
    return own_mapping(dialect) if dialect.kind == "ticketscad" else dialect.mapping


def expected(dialect: Dialect) -> Expected | None:
    """What the mapping of ``dialect`` leads one to expect; ``None`` for a source that has none."""
    text = own_text(dialect)
    if not text:
        return None
    mapping = parse(text)
    emits = [
        emit
        for asked in mapping.request
        for emit in (*asked.emit, *(asked.detail.emit if asked.detail else ()))
    ]
    unknown = {
        feed: frozenset(
            code.casefold()
            for emit in emits
            if emit.kind == kind
            for code, word in mapping.map.get(_map(emit), {UNKNOWN: UNKNOWN}).items()
            if word == UNKNOWN
        )
        for kind, feed in STATES.items()
    }
    return Expected(frozenset(emit.kind for emit in emits), unknown)


def _map(emit: Emit) -> str:
    return field(emit.fields.get("state", "")).map
