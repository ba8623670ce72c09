"""Server-sent events of one source: read for as long as they come, within a limit of silence and of size."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable

import httpx
from httpx_sse import EventSource, SSEError
from msgspec import Struct

from console.feeds.wire.limits import Limits
from console.feeds.wire.request import Request
from console.feeds.wire.wire import Wire

KIND = "text/event-stream"

UNOFFERED = frozenset({404, 405, 406, 410, 501})
"""What a server answers that has no such stream, and never will in this session."""


class Told(Struct, frozen=True):
    """One event: its name, its data, and the steady second at which it had come."""

    name: str
    body: bytes
    came: float


class Unoffered(Exception):
    """The server has no events to give."""


class Broken(Exception):
    """The stream has ended, or cannot be had now; polls tell why."""


class _Capped(httpx.AsyncByteStream):
    """The bytes of a stream; it breaks off once more of them come than one event may have."""

    def __init__(self, response: httpx.Response, limit: int) -> None:
        self.pending = 0
        self._response = response
        self._limit = limit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._response.aiter_raw():
            self.pending += len(piece)
            if self.pending > self._limit:
                raise Broken
            yield piece


async def told(
    wire: Wire, request: Request, limits: Limits, steady: Callable[[], float]
) -> AsyncGenerator[Told, None]:
    """The events that ``request`` is answered with, as they come. Raises `Unoffered` or `Broken`, never ends."""
    if wire.closed:
        raise Broken
    try:
        async with wire.opened(request, silence=limits.silence) as response:
            if response.status_code in UNOFFERED:
                raise Unoffered
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            if response.status_code != httpx.codes.OK or response.headers.get("content-encoding"):
                raise Broken
            if kind != KIND:
                raise Unoffered
            bytes_ = _Capped(response, limits.body)
            whole = httpx.Response(200, headers={"content-type": KIND}, stream=bytes_)
            async for event in EventSource(whole).aiter_sse():
                bytes_.pending = 0
                yield Told(event.event, event.data.encode(), steady())
    except (httpx.HTTPError, httpx.StreamError, SSEError, OSError, UnicodeError) as error:
        raise Broken from error
    raise Broken
