"""A benchmark's server: a process of its own for as long as it is needed, and what it runs there."""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Body = Callable[[str, int], bytes | None]
"""The JSON for a path, the how-manieth request of its connection this is; ``None`` where there is no such path."""


@contextmanager
def serving(module: str, *arguments: str) -> Iterator[str]:
    """The address of ``python -m module``, which prints it as the last word of its first line."""
    server = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert server.stdout is not None
    try:
        yield server.stdout.readline().decode().rpartition(" ")[2].strip()
    finally:
        server.kill()
        server.communicate()


def serve(body: Body) -> None:
    """Answer with ``body`` on a free port until the process that started this one has ended."""
    asyncio.run(_serve(body))


async def _serve(body: Body) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # the console has hung up
            await _answer(body, reader, writer)

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    sys.stdout.write(f"listening on http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


async def _answer(body: Body, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    round_ = 0
    while head := await _head(reader):
        round_ += 1
        content = body(head.split()[1].decode().partition("?")[0], round_)
        status = b"200 OK" if content is not None else b"404 Not Found"
        content = content or b"{}"
        writer.write(b"HTTP/1.1 %s\r\nContent-Type: application/json\r\n" % status)
        writer.write(b"Content-Length: %d\r\n\r\n" % len(content))
        writer.write(content)
        await writer.drain()


async def _head(reader: asyncio.StreamReader) -> bytes:
    """The next request's head; empty once there is none."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
