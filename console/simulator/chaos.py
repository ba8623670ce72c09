"""Injects faults between the API and the network, by the same draw of luck for the same seed."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from random import Random

import msgspec
from msgspec import Struct
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.simulator.api import JSON, SERVER_TIME, refusal
from console.simulator.badrows import spoil
from console.simulator.faults import Fault

_PREFIX = "/v1/"
STREAM = "/v1/events"
_JOINING = ("latency", "skew", "rows")
_MEGABYTE = 1024 * 1024
_SIGN_IN = "<!doctype html><title>Sign in</title><form><input name=user><input type=password></form>"


class _Reply(Struct):
    """What the API would have answered."""

    status: int = 200
    headers: list[tuple[bytes, bytes]] = []
    body: bytes = b""


class Chaos:
    """The API, or what a bad day makes of it. ``elapsed``: seconds since the server opened."""

    def __init__(
        self, app: ASGIApp, faults: Sequence[Fault], elapsed: Callable[[], float], rng: Random, seed: int
    ) -> None:
        self._app = app
        self._faults = faults
        self._elapsed = elapsed
        self._rng = rng
        self._seed = seed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        if scope["type"] != "http" or not path.startswith(_PREFIX):
            await self._app(scope, receive, send)
            return
        struck = self._struck(path.removeprefix(_PREFIX))
        for fault in struck:
            if fault.kind == "latency":
                await asyncio.sleep(fault.amount)
        answering = next((fault for fault in struck if fault.kind not in _JOINING), None)
        if path == STREAM and (answering is None or answering.kind in ("cut", "drip")):
            await self._app(scope, receive, self._spoiling(receive, send))
        elif answering is None or answering.kind in ("cut", "drip"):
            await self._send(scope, receive, send, struck, answering)
        elif answering.kind == "hang":
            await _until_gone(receive)
        else:
            await _instead(answering)(scope, receive, send)

    def _struck(self, feed: str) -> list[Fault]:
        now = self._elapsed()
        return [f for f in self._faults if f.concerns(feed, now) and self._rng.random() < f.chance]

    def _spoiling(self, receive: Receive, send: Send) -> Send:
        """``send`` for a stream of events: each is struck by what strikes its feed at that moment."""

        async def spoilt(message: Message) -> None:
            if message["type"] == "http.response.start" or not message.get("body"):
                await send(message)
                return
            head, _, data = message["body"].partition(b"data: ")
            struck = self._struck(head.partition(b"\n")[0].decode().removeprefix("event: "))
            answering = next((fault for fault in struck if fault.kind not in _JOINING), None)
            reply = _Reply(body=data.rstrip(), headers=[])
            if b'"items"' in data:
                for fault in sorted(struck, key=lambda fault: fault.kind == "rows"):
                    _join(reply, fault, self._seed)
            event = head + b"data: " + reply.body + b"\n\n"
            if answering is None:
                await send(_part(event))
            elif answering.kind == "drip":
                await _drip(event, answering.amount, receive, send)
            elif answering.kind == "hang":
                await asyncio.Event().wait()
            else:
                await send(_part(event[: len(event) // 2]))
                raise ClientDisconnect

        return spoilt

    async def _send(
        self, scope: Scope, receive: Receive, send: Send, struck: Sequence[Fault], how: Fault | None
    ) -> None:
        """The API's reply with what the joining faults make of it, sent whole, cut or dripping."""
        joining = [fault for fault in struck if fault.kind in _JOINING]
        if how is None and all(fault.kind == "latency" for fault in joining):
            await self._app(scope, receive, send)
            return
        reply = await self._reply(scope, receive)
        for fault in sorted(joining, key=lambda fault: fault.kind == "rows"):
            _join(reply, fault, self._seed)
        headers = [(name, value) for name, value in reply.headers if name != b"content-length"]
        headers.append((b"content-length", str(len(reply.body)).encode()))
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        if how is None:
            await send(_part(reply.body, more=False))
        elif how.kind == "cut":
            await send(_part(reply.body[: len(reply.body) // 2]))
        else:
            await _drip(reply.body, how.amount, receive, send)

    async def _reply(self, scope: Scope, receive: Receive) -> _Reply:
        """What the API answers, without a 304: the faults need a body."""
        headers = [(name, value) for name, value in scope["headers"] if name != b"if-none-match"]
        reply = _Reply(headers=[])

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                reply.status, reply.headers = message["status"], list(message["headers"])
            else:
                reply.body += message.get("body", b"")

        await self._app({**scope, "headers": headers}, receive, keep)
        return reply


def _join(reply: _Reply, fault: Fault, seed: int) -> None:
    if reply.status != 200:
        return
    if fault.kind == "rows":
        reply.body = spoil(reply.body, seed)
        reply.headers = [(name, value) for name, value in reply.headers if name != b"etag"]
    if fault.kind == "skew":
        _skew(reply, timedelta(seconds=fault.amount))


def _skew(reply: _Reply, by: timedelta) -> None:
    """The server's clock runs ahead: in the body and in the header alike."""
    page = msgspec.json.decode(reply.body, type=dict[str, msgspec.Raw])
    clock = msgspec.json.decode(page["clock"])
    clock["now"] = (datetime.fromisoformat(clock["now"]) + by).isoformat()
    page["clock"] = msgspec.Raw(msgspec.json.encode(clock))
    reply.body = msgspec.json.encode(page)
    reply.headers.append((SERVER_TIME, clock["now"].encode()))


def _instead(fault: Fault) -> Response:
    """A reply that has nothing to do with what was asked."""
    match fault.kind:
        case "auth":
            return refusal(401, "the token has expired", {"WWW-Authenticate": "Bearer"})
        case "garbage":
            return Response(b'\x00\xff{"items": [\xc3\x28', media_type=JSON)
        case "html":
            return HTMLResponse(_SIGN_IN)
        case "empty":
            return Response(b"", media_type=JSON)
        case "redirect":
            return RedirectResponse("https://sign-in.invalid/saml", 302)
        case "huge":
            return StreamingResponse(_huge(int(fault.amount)), media_type=JSON)
        case "bomb":
            zipped = gzip.compress(b" " * (int(fault.amount) * _MEGABYTE))
            return Response(zipped, headers={"Content-Encoding": "gzip"}, media_type=JSON)
    headers = {"Retry-After": fault.retry_after} if fault.retry_after else None
    return refusal(int(fault.amount), "injected by --fault", headers, "injected")


async def _huge(megabytes: int) -> AsyncIterator[bytes]:
    yield b'{"items":["'
    for _ in range(megabytes):
        yield b"x" * _MEGABYTE
    yield b'"]}'


async def _drip(body: bytes, seconds: float, receive: Receive, send: Send) -> None:
    """Byte by byte, for as long as somebody listens."""
    gone = asyncio.ensure_future(_until_gone(receive))
    try:
        for i in range(len(body)):
            if gone.done():
                return
            await send(_part(body[i : i + 1]))
            await asyncio.sleep(seconds)
        await send(_part(b"", more=False))
    finally:
        gone.cancel()


def _part(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
