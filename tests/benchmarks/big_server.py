"""A dispatch API of one feed that answers every poll with some 5 MB, a thousand rows of it changed.

Run as a process of its own (``python -m tests.benchmarks.big_server``), so that it costs the console
nothing but the reading.
"""

import asyncio
import sys
from datetime import UTC, datetime

import msgspec

from console.domain.contract import API_VERSION, Page, ServedClock, Service
from console.domain.entities import Agency, Call, Stamps
from console.domain.vocabulary import CallState, FeedName

ROWS = 6_000
CHANGED = 1_000
TEXT = "The caller describes a person who needs help and does not want the police to come. " * 6
BEGAN = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)


def _call(number: int, round_: int) -> Call:
    return Call(
        id=f"old-{number}",
        number=str(number),
        nature="WELCHK",
        nature_text="Welfare check",
        priority=2,
        state=CallState.CLOSED,
        area="D1",
        address=f"{number} Alder Street",
        lat=39.7,
        lon=-104.9,
        stamps=Stamps(answered_at=BEGAN, created_at=BEGAN, queued_at=BEGAN, assigned_at=BEGAN),
        narrative=f"{TEXT} {round_ if number % (ROWS // CHANGED) == 0 else 0}",
    )


def _clock() -> ServedClock:
    return ServedClock(datetime.now(UTC))


def _body(path: str, round_: int) -> bytes:
    if path == "/v1/service":
        agency = Agency(name="Archive")
        return msgspec.json.encode(Service(API_VERSION, _clock(), agency, (FeedName.CALLS,)))
    rows = tuple(_call(number, round_) for number in range(ROWS))
    return msgspec.json.encode(Page(clock=_clock(), cursor="", full=True, items=rows))


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    round_ = 0
    while head := await _head(reader):
        round_ += 1
        body = _body(head.split()[1].decode().partition("?")[0], round_)
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        )
        writer.write(body)
        await writer.drain()


async def _head(reader: asyncio.StreamReader) -> bytes:
    """The next request's head; empty once the console has hung up."""
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


async def _serve() -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    sys.stdout.write(f"listening on http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(
        None, sys.stdin.read
    )  # ends with the one that started it


if __name__ == "__main__":
    asyncio.run(_serve())
