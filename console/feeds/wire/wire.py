"""The one place that speaks HTTP: GET only, to one source, within limits, without ever raising.

httpx strands connections for good when a request is cancelled while its pool is contended (measured:
the pool of four was dead after three rounds). So no request is cancelled or wrapped in a timeout:
the deadline and the size are checked as the body comes in, and what hangs before that has its client
closed under it.
"""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import httpx
import truststore
from msgspec import Struct

from console.feeds.spec import SignInKind, SourceSpec
from console.feeds.wire.body import Body, Damaged, TooLarge
from console.feeds.wire.finding import Reply, Trouble, bad, down
from console.feeds.wire.limits import MIB, Limits
from console.feeds.wire.request import Request
from console.feeds.wire.told import CALL_SERVER, cut, no_connection, silent, slow, unconnected

AGENT = "smart-console"


class _Lost(Struct, frozen=True):
    """The connection ended before a word of the answer came."""


class Wire:
    """A pooled client for one source, replaced when it is stuck."""

    def __init__(self, spec: SourceSpec, limits: Limits, steady: Callable[[], float]) -> None:
        self._place = spec.place
        self._limits = limits
        self._steady = steady
        self._base = _address(spec)
        self._headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": AGENT}
        if spec.sign_in.kind is SignInKind.BEARER:
            self._headers["Authorization"] = f"Bearer {spec.sign_in.secret}"
        secure = self._base.startswith("https:")
        self._connected = f"connection.{'start_tls' if secure else 'connect_tcp'}.complete"
        self._tls = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._turns = asyncio.Semaphore(limits.in_flight)
        self._client = self._made()
        self._closing: set[asyncio.Task[None]] = set()
        self.closed = False

    async def get(self, request: Request) -> Reply | Trouble:
        """The answer to ``request``, whatever its status, or why there is none."""
        async with self._turns:
            answer = await self._tried(request)
            if isinstance(answer, _Lost):
                answer = await self._tried(request)  # a kept connection may have ended while it was idle
        return cut(self._place) if isinstance(answer, _Lost) else answer

    async def close(self) -> None:
        """Close every connection; what is in flight fails at once, as does what is asked later."""
        self.closed = True
        await self._client.aclose()
        await asyncio.gather(*self._closing)

    async def _tried(self, request: Request) -> Reply | Trouble | _Lost:
        if self.closed:
            return _Lost()
        client, began = self._client, self._steady()
        # A head that drips in is bounded by nothing else: each byte is in time.
        watch = asyncio.get_running_loop().call_later(self._limits.total, self._replace, client)
        try:
            async with client.stream(
                "GET",
                self._base + request.path,
                params=request.query,
                headers=request.headers,
                extensions={"trace": partial(self._watched, client)},
            ) as response:
                watch.cancel()
                return await self._received(response, began)
        except httpx.PoolTimeout:
            self._replace(client)
            return down("stuck", "The console's own connections were stuck; they are made anew.", CALL_SERVER)
        except httpx.ConnectTimeout:
            return no_connection(self._place, self._limits)
        except httpx.ConnectError as error:
            return unconnected(error, self._place)
        except httpx.TimeoutException:
            return silent(self._limits.read)
        except (httpx.HTTPError, OSError):
            return slow(self._limits) if self._late(began) else _Lost()
        finally:
            watch.cancel()

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
        if event == self._connected and (self.closed or client is not self._client):
            await info["return_value"].aclose()

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
            headers=self._headers,
            verify=self._tls,
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


def _address(spec: SourceSpec) -> str:
    try:
        return str(httpx.URL(spec.url)).rstrip("/")
    except httpx.InvalidURL as error:
        raise ValueError(
            f"source {spec.name}: {spec.place!r} is no web address: write https://HOST"
        ) from error
