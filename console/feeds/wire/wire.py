"""Asks one source: signs in, renews what ran out, and never has more under way than the pool holds."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import httpx
from msgspec.structs import replace

from console.feeds.rows.flaws import CERTIFICATE, Flaw
from console.feeds.spec import SignIn, SourceSpec
from console.feeds.wire.finding import Reply, Trouble
from console.feeds.wire.limits import Limits
from console.feeds.wire.reach import Outgoing, Reach
from console.feeds.wire.request import Request
from console.feeds.wire.secure import NEAR_ITS_END_DAYS
from console.feeds.wire.sign_in import badge, fetched, refused
from console.feeds.wire.tokens import Tokens, worn
from console.feeds.wire.transport import Transport


class Wire:
    """The way to one source."""

    def __init__(self, spec: SourceSpec, limits: Limits, steady: Callable[[], float]) -> None:
        self._spec = spec
        self._reach = Reach(spec)
        self._transport = Transport(spec, self._reach, limits, steady)
        self._badge = badge(spec)
        self._steady = steady
        self._tokens = self._bought(spec)
        self._turns = asyncio.Semaphore(limits.in_flight)
        self._under_way: set[asyncio.Task[Reply | Trouble]] = set()
        self._told: datetime | None = None

    @property
    def closed(self) -> bool:
        """Whether nothing is asked any more."""
        return self._transport.closed

    async def get(self, request: Request) -> Reply | Trouble:
        """The answer to ``request``, or why there is none. A token that has run out costs no answer."""
        token = await self._token()
        if isinstance(token, Trouble):
            return token
        answer = await self._asked(request, token)
        if self._tokens is not None and _unknown(answer) and self._tokens.replaceable(token):
            token = await self._token(useless=token)
            if isinstance(token, Trouble):
                return token
            answer = await self._asked(request, token)
        return refused(self._spec) if _unknown(answer) else answer

    @asynccontextmanager
    async def opened(self, request: Request, *, silence: float) -> AsyncIterator[httpx.Response]:
        """The answer to ``request`` while it still comes, for as long as it is not silent. Raises `httpx.HTTPError`."""
        token = await self._token()
        if isinstance(token, Trouble):
            raise httpx.RequestError(token.reason)
        outgoing = self._signed(request, token)
        async with self._transport.opened(outgoing, silence) as response:
            yield response

    async def badge(self) -> Mapping[str, str]:
        """The headers that sign in a connection which is not made here; none where there is no token."""
        token = await self._token()
        return {} if isinstance(token, Trouble) else worn(self._spec, token) if token else self._badge.headers

    def again(self, sign_in: SignIn | None = None) -> None:
        """A person has asked: a secret that was refused may be tried once more, or another be used."""
        if sign_in is not None and sign_in != self._spec.sign_in:
            self._spec = replace(self._spec, sign_in=sign_in)
            self._badge = badge(self._spec)
            self._tokens = self._bought(self._spec)
        elif self._tokens is not None:
            self._tokens.again()

    def notices(self, now: datetime) -> tuple[Flaw, ...]:
        """What whoever runs the source should know in time, told once."""
        end = self._transport.certificate
        if end is None or end == self._told or end - now >= timedelta(days=NEAR_ITS_END_DAYS):
            return ()
        self._told = end
        return (Flaw("", CERTIFICATE, f"ends on {end:%Y-%m-%d}"),)

    async def close(self) -> None:
        """Close every connection; what is in flight fails at once, as does what is asked later."""
        await self._transport.close()
        if self._under_way:
            await asyncio.wait(self._under_way)
        if self._tokens is not None:
            await self._tokens.close()

    def _bought(self, spec: SourceSpec) -> Tokens | None:
        known = fetched(spec.sign_in)
        return Tokens(spec, self._reach, self._transport, self._steady) if known else None

    async def _token(self, useless: str = "") -> str | Trouble:
        return "" if self._tokens is None else await self._tokens.token(useless)

    async def _asked(self, request: Request, token: str) -> Reply | Trouble:
        """One exchange, which goes on to its end even where the asking task is cancelled: see the transport."""
        await self._turns.acquire()
        exchange = asyncio.create_task(self._transport.send(self._signed(request, token)))
        self._under_way.add(exchange)
        exchange.add_done_callback(self._ended)
        return await asyncio.shield(exchange)

    def _ended(self, exchange: asyncio.Task[Reply | Trouble]) -> None:
        self._under_way.discard(exchange)
        self._turns.release()

    def _signed(self, request: Request, token: str) -> Outgoing:
        signed = worn(self._spec, token) if token else self._badge.headers
        return Outgoing(
            request.method,
            self._reach.whole(request.path, (*request.query, *self._badge.query), request.links),
            {**dict(request.headers), **signed},
            request.body,
        )


def _unknown(answer: Reply | Trouble) -> bool:
    return isinstance(answer, Reply) and answer.status == 401
