"""What a scripted server can answer, right or wrong, each as a function that writes to the socket."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any

import msgspec
from msgspec import Struct

JSON = "application/json"


class Asked(Struct, frozen=True):
    """One request as it came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""


class Closed(Exception):
    """The script ends this connection."""


Answer = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


def now() -> datetime:
    """The present as a real server sees it."""
    return datetime.now(UTC)


def call(**fields: object) -> dict[str, object]:
    """A call, right but for ``fields``."""
    return {"id": "bad", "nature": "WELCHK", "lat": 39.7, "lon": -104.9, **fields}


def head(code: int, headers: dict[str, str], length: int | None) -> bytes:
    """Status line and headers; without a length the body lasts until the connection ends."""
    lines = [f"HTTP/1.1 {code} {HTTPStatus(code).phrase}", *(f"{k}: {v}" for k, v in headers.items())]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def body(content: bytes, code: int = 200, kind: str = JSON, **headers: str) -> Answer:
    """A plain answer."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}

    async def play(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head(code, {"Content-Type": kind, **named} if kind else named, len(content)))
        writer.write(content)

    return play


def status(code: int, **headers: str) -> Answer:
    """A status with an empty body."""
    return body(b"", code, kind="", **headers)


def page(
    *rows: Any,
    cursor: str = "",
    full: bool = True,
    removed: tuple[str, ...] = (),
    etag: str = "",
    ahead: timedelta = timedelta(),
    clock: Callable[[], dict[str, Any]] | None = None,
) -> Answer:
    """A page of rows, stamped when it is asked for; ``ahead`` is how far the server's clock is off."""

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if etag and asked.headers.get("if-none-match") == etag:
            await status(304)(asked, writer)
            return
        served = clock() if clock else {"now": now() + ahead}
        content = {"clock": served, "cursor": cursor, "full": full, "items": rows, "removed": removed}
        encoded = msgspec.json.encode(content)
        await (body(encoded, ETag=etag) if etag else body(encoded))(asked, writer)

    return play


def text_page(items: str) -> Answer:
    """A page whose ``items`` are given as the text of a JSON array, right or wrong."""

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
        clock = f'{{"now":"{now().isoformat()}"}}'
        await body(f'{{"clock":{clock},"cursor":"","full":true,"items":{items}}}'.encode())(asked, writer)

    return play


def service(
    clock: Callable[[], dict[str, Any]] = lambda: {"now": now()}, agency: Any = None, api: str = "1"
) -> Answer:
    """The introduction of a server."""

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
        content = {
            "api": api,
            "clock": clock(),
            "agency": agency or {"name": "Test City"},
            "feeds": ["calls"],
        }
        await body(msgspec.json.encode(content))(asked, writer)

    return play


def late(seconds: float, answer: Answer) -> Answer:
    """The same answer after a while."""

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        await answer(asked, writer)

    return play


async def hang(_asked: Asked, _writer: asyncio.StreamWriter) -> None:
    """Take the request and never answer."""
    await asyncio.Event().wait()


def drip(content: bytes, pause: float) -> Answer:
    """Send ``content``, head and all, one byte at a time."""

    async def play(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        for byte in content:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(pause)
        raise Closed

    return play


def raw(content: bytes) -> Answer:
    """Send these bytes and close, whatever they promise."""

    async def play(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        await writer.drain()
        writer.write_eof()
        await asyncio.sleep(0.01)
        raise Closed

    return play


def reset(content: bytes = b"") -> Answer:
    """Send some bytes, then tear the connection down (TCP RST)."""

    async def play(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        await writer.drain()
        await asyncio.sleep(0.01)
        end: socket.socket = writer.get_extra_info("socket")
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Closed

    return play


def date(moment: datetime) -> str:
    """A moment as HTTP writes it."""
    return format_datetime(moment, usegmt=True)
