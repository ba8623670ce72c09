"""Holds an adapter's conversation with answers from a test, as whoever drives it would."""

from collections.abc import Callable
from typing import Any

import msgspec

from console.domain.contract import ROW_TYPES
from console.domain.vocabulary import FeedName, Health
from console.feeds.adapter import Adapter, Found, Gathered
from console.feeds.adapters.mapped.mapped import Mapped
from console.feeds.spec import Dialect
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.request import Request

Server = Callable[[Request], Reply | Trouble]


def mapped(text: str, **dialect: Any) -> Mapped:
    """The adapter of a mapping."""
    return Mapped(Dialect("mapped", mapping=text, **dialect))


def document(fields: str, codes: str, tz: str = "") -> str:
    """A mapping of one list of calls; ``codes`` are its tables of them."""
    return f"""mapping_version = 1
[source]
tz = "{tz}"
[[request]]
id = "calls"
path = "/calls"
[[request.emit]]
kind = "call"
records = "rows"
[request.emit.fields]
id = "id"
{fields}
{codes}
"""


def said(value: Any, status: int = 200, **headers: str) -> Reply:
    """A reply of JSON."""
    body = value if isinstance(value, bytes) else msgspec.json.encode(value)
    return Reply(status, {name.replace("_", "-"): text for name, text in headers.items()}, body, 0.0, 0.0)


def no(status: int, health: Health = Health.DOWN) -> Trouble:
    """A refusal, as the wire tells it."""
    return Trouble(health, "refused", "It refuses.", "Ask.", status=status)


def always(value: Any) -> Server:
    """A server that says one thing."""
    return lambda _request: said(value)


def held(adapter: Adapter, server: Server, *, fresh: bool = False, name: str = "0") -> Found:
    """One round with ``server``. Raises what the round raises."""
    talk = adapter.ask(name, fresh=fresh)
    try:
        requests = next(talk)
        while True:
            requests = talk.send(tuple(server(request) for request in requests))
    except StopIteration as end:
        found: Found = end.value
        return found


def rows(found: Found, feed: FeedName) -> list[Any]:
    """The rows of a feed, as the entities they are."""
    gathered = found[feed]
    assert isinstance(gathered, Gathered)
    return [msgspec.convert(row, ROW_TYPES[feed]) for row in gathered.rows]


def calls(adapter: Adapter, server: Server, **how: Any) -> list[Any]:
    """The calls of one round."""
    return rows(held(adapter, server, **how), FeedName.CALLS)


def flaws(found: Found, feed: FeedName = FeedName.CALLS) -> list[tuple[str, str, str]]:
    """What was wrong in a feed."""
    gathered = found[feed]
    assert isinstance(gathered, Gathered)
    return [(flaw.row, flaw.kind, flaw.what) for flaw in gathered.flaws]
