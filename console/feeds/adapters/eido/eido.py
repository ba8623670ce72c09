"""EIDO by HTTPS or from files: documents themselves, or a list of the addresses at which they are."""

from typing import Any

from console.domain.vocabulary import FeedName
from console.feeds.adapter import Exchange, Failed, Found, Round, Value, one
from console.feeds.adapters.document import document
from console.feeds.adapters.eido.graph import Graph
from console.feeds.adapters.eido.snapshots import FIRST, Snapshots
from console.feeds.adapters.plain import foreign, zone
from console.feeds.rows.flaws import BAD_ROW, Flaw
from console.feeds.spec import Dialect
from console.feeds.wire.finding import Trouble
from console.feeds.wire.request import Request

FEEDS = (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS)
EVERY = 5.0
MOST = 500
"""Documents fetched by reference in one round."""

ACCEPTS = (("Accept", "application/emergency.eido+json, application/json"),)
GONE = frozenset({404, 410})
SPOILT = Flaw("", BAD_ROW, "document", rejected=True)


class Eido:
    """Every round reads all incidents that the source holds."""

    rounds: tuple[Round, ...] = (Round("eido", FEEDS, EVERY),)

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._zone = zone(dialect.zone)

    def ask(self, name: str, *, fresh: bool) -> Exchange:
        """The documents, and those that a list refers to. One that ended meanwhile is no trouble."""
        reply = yield from one(Request("", headers=ACCEPTS))
        found = [*_documents(document(reply.body))]
        pages = [page for page in found if isinstance(page, str)]
        documents = [page for page in found if not isinstance(page, str)]
        if len(pages) > MOST:
            raise foreign(f"a list of active incidents: it names {len(pages)}")
        if pages:
            answers = yield tuple(Request(page, headers=ACCEPTS) for page in pages)
            for answer in answers:
                if not isinstance(answer, Trouble):
                    documents += _documents(document(answer.body))
                elif answer.status not in GONE:
                    raise Failed(answer)
        return self._read(documents)

    def _read(self, documents: list[Any]) -> Found:
        graphs: list[Graph] = []
        spoilt: list[Flaw] = []
        for each in documents:
            graph = self._graph(each)
            if graph is None:
                spoilt.append(SPOILT)
            else:
                graphs.append(graph)
        snapshots = Snapshots(self._dialect)
        for graph in sorted(graphs, key=lambda graph: graph.at or FIRST):
            snapshots.take(graph)
        return snapshots.gathered(spoilt)

    def _graph(self, each: Any) -> Graph | None:
        if not isinstance(each, dict):
            return None
        try:
            graph = Graph(each, self._zone)
        except RecursionError:
            return None
        return graph if graph.call else None


def _documents(found: Any) -> list[Any]:
    """The documents in a reply, and the addresses of those that it only names.

    A saved push holds its documents as ``event.notification``.
    """
    if isinstance(found, list):
        inner = (_documents(each) if isinstance(each, list | dict) else [each] for each in found)
        return [each for several in inner for each in several]
    if not isinstance(found, dict):
        raise foreign("EIDO")
    named = _lowered(found)
    event = named.get("event")
    named = _lowered(event) if isinstance(event, dict) else named
    lists = (named[name] for name in ("eidos", "notification") if isinstance(named.get(name), list))
    return next(lists, [found])


def _lowered(found: Value) -> Value:
    return {name.lower(): value for name, value in found.items()}
