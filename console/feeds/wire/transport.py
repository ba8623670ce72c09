"""The one place that speaks HTTP: to one source, within limits, without ever raising.

httpx strands connections for good when a request is cancelled while its pool is contended (measured:
the pool of four was dead after three rounds). So no request is cancelled or wrapped in a timeout:
the deadline and the size are checked as the body comes in, and what hangs before that has its client
closed under it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any

import httpx
from msgspec import Struct

from console.feeds.spec import SourceSpec
from console.feeds.wire.body import Body, Damaged, TooLarge
from console.feeds.wire.finding import Reply, Trouble, bad, down
from console.feeds.wire.limits import MIB, Limits
from console.feeds.wire.reach import Outgoing, Reach
from console.feeds.wire.secure import context, shown_until
from console.feeds.wire.told import (
    CALL_SERVER,
    cut,
    no_connection,
    proxy_refuses,
    silent,
    slow,
    unconnected,
    unwelcome,
)

AGENT = "smart-console"


class _Lost(Struct, frozen=True):
    """The connection ended before a word of the answer came."""


class Transport:
    """A pooled client for one source, replaced when it is stuck.

    ``certificate`` is when that of the server ends, as the last connection showed it.
    """

    def __init__(self, spec: SourceSpec, reach: Reach, limits: Limits, steady: Callable[[], float]) -> None:
        self._place = f"{spec.place} (by way of the proxy)" if spec.proxy else spec.place
        self._proxy = spec.proxy
        self._reach = reach
        self._limits = limits
        self._steady = steady
        if not spec.url.startswith("https:"):
            self._connected = "connection.connect_tcp.complete"
        else:
            self._connected = f"{'proxy' if spec.proxy else 'connection'}.start_tls.complete"
        self._stranger = spec.url.startswith("https:") and not spec.tls.client_cert
        self._tls = context(spec)
        self._client = self._made()
        self._closing: set[asyncio.Task[None]] = set()
        self.certificate: datetime | None = None
        self.closed = False

    async def send(self, outgoing: Outgoing) -> Reply | Trouble:
        """The answer, whatever its status, or why there is none. What might change anything is not sent."""
        refused = self._reach.refused(outgoing)
        if refused is not None:
            return refused
        answer = await self._tried(outgoing)
        if isinstance(answer, _Lost) and not outgoing.once:
            answer = await self._tried(outgoing)  # a kept connection may have ended while it was idle
        return cut(self._place, stranger=self._stranger) if isinstance(answer, _Lost) else answer

    @asynccontextmanager
    async def opened(self, outgoing: Outgoing, silence: float) -> AsyncIterator[httpx.Response]:
        """The answer while it still comes, with no end but a silence of so many seconds. Raises `httpx.HTTPError`."""
        refused = self._reach.refused(outgoing)
        if refused is not None or self.closed:
            raise httpx.RequestError(refused.reason if refused else "closed")
        client, wait = self._client, self._client.timeout
        async with client.stream(
            outgoing.method,
            outgoing.url,
            headers={"Accept": "text/event-stream", "Accept-Encoding": "identity", **outgoing.headers},
            timeout=httpx.Timeout(connect=wait.connect, read=silence, write=wait.write, pool=wait.pool),
            extensions={"trace": partial(self._watched, client)},
        ) as response:
            yield response

    async def close(self) -> None:
        """Close every connection; what is in flight fails at once, as does what is asked later."""
        self.closed = True
        await self._client.aclose()
        await asyncio.gather(*self._closing)

    async def _tried(self, outgoing: Outgoing) -> Reply | Trouble | _Lost:
        if self.closed:
            return _Lost()
        client, began = self._client, self._steady()
        # A head that drips in is bounded by nothing else: each byte is in time.
        watch = asyncio.get_running_loop().call_later(self._limits.total, self._replace, client)
        try:
            async with client.stream(
                outgoing.method,
                outgoing.url,
                headers=outgoing.headers,
                content=outgoing.body or None,
                extensions={"trace": partial(self._watched, client)},
            ) as response:
                watch.cancel()
                return await self._received(response, began)
        except (httpx.HTTPError, OSError) as error:
            return self._untold(error, client, began)
        finally:
            watch.cancel()

    def _untold(
        self, error: httpx.HTTPError | OSError, client: httpx.AsyncClient, began: float
    ) -> Trouble | _Lost:
        match error:
            case httpx.PoolTimeout():
                self._replace(client)
                detail = "The console's own connections were stuck; they are made anew."
                return down("stuck", detail, CALL_SERVER)
            case httpx.ConnectTimeout():
                return no_connection(self._place, self._limits)
            case httpx.ConnectError():
                return unconnected(error, self._place)
            case httpx.ProxyError():
                return proxy_refuses(self._place)
            case httpx.TimeoutException():
                return silent(self._limits.read)
        found = unwelcome(error, self._place)
        if found is not None:
            return found
        return slow(self._limits) if self._late(began) else _Lost()

    async def _received(self, response: httpx.Response, began: float) -> Reply | Trouble:
        came = self._steady()
        length = response.headers.get("content-length", "")[:18]
        if length.isdigit() and int(length) > self._limits.body:
            return self._too_large()
        try:
            body = Body(response.headers.get("content-encoding", ""), self._limits.body)
            async for piece in response.aiter_raw():
                body.feed(piece)
                if self._late(began):
                    return slow(self._limits)
            return Reply(response.status_code, response.headers, body.whole(), began, came)
        except TooLarge:
            return self._too_large()
        except Damaged:
            return bad("malformed", "The answer is packed in a way that cannot be unpacked.", CALL_SERVER)
        except httpx.TimeoutException:
            return silent(self._limits.read)
        except (httpx.HTTPError, OSError):
            return cut(self._place)

    async def _watched(self, client: httpx.AsyncClient, event: str, info: Mapping[str, Any]) -> None:
        """Close a connection that came about after its client was closed, which nobody else would."""
        if event != self._connected:
            return
        stream = info["return_value"]
        if self.closed or client is not self._client:
            await stream.aclose()
        else:
            self.certificate = shown_until(stream.get_extra_info("ssl_object"))

    def _late(self, began: float) -> bool:
        return self._steady() - began >= self._limits.total

    def _too_large(self) -> Trouble:
        detail = f"The answer is larger than {self._limits.body / MIB:g} MB and was not taken in."
        return bad("too_large", detail, "Have the server give open calls only, or changes since a cursor.")

    def _replace(self, stuck: httpx.AsyncClient) -> None:
        if self._client is not stuck or self.closed:
            return
        self._client = self._made()
        closing = asyncio.get_running_loop().create_task(stuck.aclose())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    def _made(self) -> httpx.AsyncClient:
        limits = self._limits
        return httpx.AsyncClient(
            headers={"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": AGENT},
            verify=self._tls,
            proxy=self._proxy or None,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(
                connect=limits.connect, read=limits.read, write=limits.write, pool=limits.pool
            ),
            limits=httpx.Limits(
                max_connections=limits.connections,
                max_keepalive_connections=limits.connections,
                keepalive_expiry=limits.keep_alive,
            ),
        )
