"""EIDO by HTTPS or from files: documents themselves, or a list of the addresses at which they are."""

from collections.abc import Sequence
from typing import Any

from console.domain.vocabulary import FeedName
from console.feeds.adapter import Exchange, Failed, Found, Round, Value, one
from console.feeds.adapters.assembly import ORPHAN
from console.feeds.adapters.document import document
from console.feeds.adapters.eido.graph import Graph
from console.feeds.adapters.eido.snapshots import FIRST, Snapshots
from console.feeds.adapters.plain import foreign, zone
from console.feeds.rows.flaws import BAD_ROW, Flaw
from console.feeds.rows.reading import Unreadable
from console.feeds.spec import Dialect
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.request import Request

FEEDS = (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS)
EVERY = 5.0
MOST = 500
"""Documents fetched by reference in one round."""

ACCEPTS = (("Accept", "application/emergency.eido+json, application/json"),)
UNREACHED = frozenset({0, 429})
"""What a document that cannot be had says of the whole server: nothing came, or fewer requests are asked for."""

GONE = frozenset({404, 410})
SPOILT = Flaw("", BAD_ROW, "document", rejected=True)
MISSING = Flaw("", ORPHAN, "document")


class Eido:
    """Every round reads all incidents that the source holds."""

    rounds: tuple[Round, ...] = (Round("eido", FEEDS, EVERY),)

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._zone = zone(dialect.zone)

    def ask(self, name: str, *, fresh: bool) -> Exchange:
        """The documents, and those that a list refers to.

        One that is listed and cannot be had says nothing of its incident, so that none is taken for over.
        Raises `Failed` where no document can be had, or the server cannot be reached; `Unreadable`.
        """
        reply = yield from one(Request("", headers=ACCEPTS))
        found = [*_documents(document(reply.body))]
        pages = [page for page in found if isinstance(page, str)]
        documents = [page for page in found if not isinstance(page, str)]
        if len(pages) > MOST:
            raise foreign(f"a list of active incidents: it names {len(pages)}")
        missing = 0
        if pages:
            answers = yield tuple(Request("", headers=ACCEPTS, links=(page,)) for page in pages)
            documents += _fetched(answers)
            missing = sum(isinstance(answer, Trouble) for answer in answers)
        return self._read(documents, missing)

    def _read(self, documents: list[Any], missing: int) -> Found:
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
        return snapshots.gathered(spoilt, [MISSING] * missing)

    def _graph(self, each: Any) -> Graph | None:
        if not isinstance(each, dict):
            return None
        try:
            graph = Graph(each, self._zone)
        except RecursionError:
            return None
        return graph if graph.call else None


def _fetched(answers: Sequence[Reply | Trouble]) -> list[Any]:
    """The documents in those of ``answers`` that hold any; `None` for one that cannot be read."""
    troubles = [answer for answer in answers if isinstance(answer, Trouble)]
    for trouble in troubles:
        unreached = trouble.status in UNREACHED and not trouble.counted
        if unreached or (len(troubles) == len(answers) and trouble.status not in GONE):
            raise Failed(trouble)
    documents: list[Any] = []
    for answer in answers:
        if isinstance(answer, Reply):
            try:
                documents += _documents(document(answer.body))
            except Unreadable:
                documents.append(None)
    return documents


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
