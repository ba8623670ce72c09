"""Dispatch APIs in one process: ``/0`` to ``/4`` have a fifth of the calls each, ``/all`` has them all.

Run as a process of its own (``python -m tests.benchmarks.fan_server``), so that it costs the console
nothing but the reading. Every poll is answered with all rows, a tenth of them changed.
"""

import asyncio
import sys
from datetime import UTC, datetime

import msgspec

from console.domain.contract import API_VERSION, Page, ServedClock, Service
from console.domain.entities import STAMP_NAMES, Agency, Assignment, Call, Stamps
from console.domain.vocabulary import CallState, FeedName

CALLS = 1_000
SOURCES = 5
TEXT = "The caller says that a person sits at the bus stop and seems distressed. " * 2
BEGAN = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)


def _call(number: int, round_: int) -> Call:
    changed = round_ if number % 10 == round_ % 10 else 0
    return Call(
        id=f"c{number}",
        number=f"2026-{number:07}",
        nature="WELCHK",
        nature_text="Welfare check, person down",
        priority=2,
        state=CallState.PENDING,
        raw_state="ENR",
        area="D3",
        address=f"{number} North Example Street",
        lat=39.7,
        lon=-104.9,
        stamps=Stamps(**dict.fromkeys(STAMP_NAMES[:6], BEGAN)),
        assignments=tuple(Assignment(f"unit-{number * 2 + n:04}", BEGAN, BEGAN, BEGAN) for n in range(2)),
        caller_name="Alex Example",
        caller_phone="+1 303 555 0100",
        narrative=f"{TEXT} {changed}",
        updated_at=BEGAN,
    )


def _body(path: str, round_: int) -> bytes:
    which, _, feed = path.strip("/").partition("/")
    clock = ServedClock(datetime.now(UTC))
    if feed == "v1/service":
        return msgspec.json.encode(Service(API_VERSION, clock, Agency(name="Fan"), (FeedName.CALLS,)))
    numbers = range(CALLS) if which == "all" else range(int(which), CALLS, SOURCES)
    rows = tuple(_call(number, round_) for number in numbers)
    return msgspec.json.encode(Page(clock=clock, cursor="", full=True, items=rows))


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    round_ = 0
    while head := await _head(reader):
        round_ += 1
        path = head.split()[1].decode().partition("?")[0]
        found = not path.endswith("/events")
        body = _body(path, round_) if found else b"{}"
        status = b"200 OK" if found else b"404 Not Found"
        writer.write(b"HTTP/1.1 %s\r\nContent-Type: application/json\r\n" % status)
        writer.write(b"Content-Length: %d\r\n\r\n" % len(body))
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
