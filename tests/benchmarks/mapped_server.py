"""A dispatch API of another make that answers each poll with 1,000 calls, a tenth of them changed.

Run as a process of its own (``python -m tests.benchmarks.mapped_server``), so that it costs the console
nothing but the reading.
"""

import asyncio
import sys
from datetime import UTC, datetime

import msgspec

CALLS = 1_000
BEGAN = datetime(2026, 11, 19, 15, 0, tzinfo=UTC).isoformat()
MAPPING = """
mapping_version = 1
[[request]]
id = "calls"
path = "/calls"
every_s = 1
snapshot = "complete"
[[request.emit]]
kind = "call"
records = "calls"
[request.emit.fields]
id = "id"
number = "number"
nature = "type.code"
nature_text = "type.text"
priority = "priority"
area = "place.beat"
address = "place.address"
lat = "place.lat"
lon = "place.lon"
caller_name = "caller.name"
caller_phone = "caller.phone"
narrative = "notes"
answered_at = "log[?what == 'answered'] | [0].at"
created_at = "log[?what == 'created'] | [0].at"
on_scene_at = "log[?what == 'arrived'] | [0].at"
updated_at = "log[-1].at"
"""


def _call(number: int, round_: int) -> dict[str, object]:
    changed = round_ if number % 10 == round_ % 10 else 0
    return {
        "id": number,
        "number": f"2026-{number:06}",
        "type": {"code": "WELCHK", "text": "Welfare check"},
        "priority": 2,
        "place": {"beat": "D1", "address": f"{number} Alder Street", "lat": 39.7, "lon": -104.9},
        "caller": {"name": "Alex Example", "phone": "+1 303 555 0100"},
        "notes": f"Somebody needs help and does not want the police to come. {changed}",
        "log": [{"what": what, "at": BEGAN} for what in ("answered", "created", "arrived", "noted")],
    }


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    round_ = 0
    while await _head(reader):
        round_ += 1
        body = msgspec.json.encode({"calls": [_call(number, round_) for number in range(CALLS)]})
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
