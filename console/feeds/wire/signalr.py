"""Hints from a SignalR hub that there is something new; an optional extra, and silent without it.

A hint says nothing that a poll does not find, so whatever is wrong here costs seconds and no data.
"""

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from ssl import SSLContext
from typing import Any
from urllib.request import getproxies

from msgspec import Struct

from console.feeds.spec import SourceSpec
from console.feeds.wire.secure import context

CONNECT_S = 10


class Hub(Struct, frozen=True):
    """A hub at ``url``: what to call once it is connected, with what, and the events that are hints."""

    url: str
    method: str
    arguments: tuple[int, ...]
    events: tuple[str, ...]


class Lost(Exception):
    """The connection to the hub has ended."""


def offered(spec: SourceSpec) -> bool:
    """Whether hints can be had: the extra is installed, and no proxy is in the way, which it cannot be told of."""
    return find_spec("pysignalr") is not None and not spec.proxy and not getproxies()


def trusted(spec: SourceSpec, hub: Hub) -> SSLContext | None:
    """Whom the connection to ``hub`` trusts; ``None`` for one within this machine, which is not encrypted."""
    return context(spec) if hub.url.startswith("https:") else None


async def hear(
    hub: Hub, headers: Mapping[str, str], tls: SSLContext | None, hint: Callable[[], None]
) -> None:
    """Call ``hint`` when connected and at each event, until the connection ends, as it does with the token."""
    from aiohttp import ClientError
    from pysignalr.client import SignalRClient
    from pysignalr.exceptions import HubError
    from websockets.exceptions import WebSocketException

    client = SignalRClient(
        hub.url, headers=dict(headers), retry_count=1, connection_timeout=CONNECT_S, ssl=tls, max_size=65_536
    )

    async def connected() -> None:
        await client.send(hub.method, list(hub.arguments))  # type: ignore[arg-type]  # any JSON is sent as it is
        hint()

    async def happened(_arguments: Any) -> None:
        hint()

    async def ended() -> None:
        raise Lost

    async def refused(_message: Any) -> None:
        raise Lost

    client.on_open(connected)
    client.on_close(ended)
    client.on_error(refused)
    for event in hub.events:
        client.on(event, happened)
    wrong = (ValueError, LookupError, TypeError, AttributeError, RuntimeError)  # a message of another form
    try:
        await client.run()
    except (Lost, OSError, ClientError, HubError, WebSocketException, *wrong):
        return
