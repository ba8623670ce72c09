"""A dispatch API on a raw loopback socket that does what a script says, however wrong that is."""

import asyncio
import ssl
from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from msgspec.structs import replace

from tests.feeds.answers import Answer, Asked, Closed, service, status


class Chaos:
    """Plays answers per path, in order; the last one of a script is repeated for ever.

    ``tls`` has it speak HTTPS, under the name ``localhost``.
    """

    def __init__(self, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.connections = 0
        self.busy = 0
        self._port = port
        self._tls = tls
        self._scripts: dict[str, deque[Answer]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.play("/v1/service", service())

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"https://localhost:{self.port}" if self._tls else f"http://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """The port it listens at."""
        assert self._server is not None
        number: int = self._server.sockets[0].getsockname()[1]
        return number

    def play(self, path: str, *answers: Answer) -> None:
        """From now on answer ``path`` with these."""
        self._scripts[path] = deque(answers)

    def times(self, path: str) -> int:
        """How often ``path`` was asked for."""
        return sum(asked.path == path for asked in self.asked)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port, ssl=self._tls)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            while True:
                asked = _parsed(await reader.readuntil(b"\r\n\r\n"))
                length = int(asked.headers.get("content-length", "0"))
                asked = replace(asked, body=await reader.readexactly(length))
                self.asked.append(asked)
                await self._play(asked, writer)
        except (Closed, asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._tasks.discard(task)
            writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _play(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        self.busy += 1
        try:
            await self._next(asked.path)(asked, writer)
            await writer.drain()
        finally:
            self.busy -= 1

    def _next(self, path: str) -> Answer:
        script = self._scripts.get(path) or deque([status(404)])
        return script.popleft() if len(script) > 1 else script[0]


def _parsed(head: bytes) -> Asked:
    first, *lines = head.decode("latin-1").split("\r\n")
    target = urlsplit(first.split()[1])
    pairs = (line.split(":", 1) for line in lines if line)
    return Asked(
        first.split()[0],
        target.path,
        dict(parse_qsl(target.query)),
        {name.strip().lower(): text.strip() for name, text in pairs},
    )
