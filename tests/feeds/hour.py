"""An hour of a simulated shift in a few seconds, over real HTTP, by a server that fails at random."""

import asyncio
from collections import Counter
from collections.abc import Callable
from random import Random
from time import monotonic

from console.domain.vocabulary import FeedName
from console.simulator.pages import Pages
from console.simulator.shift import PlayClock, ServedShift, Shift
from console.simulator.stream import cursors, events
from tests.feeds.answers import Answer, Asked, Closed, body, drip, hang, head, now, raw, reset, status
from tests.feeds.chaos import Chaos

HOUR_S = 3_600.0
LOGIN = b"<!doctype html><title>Sign in</title>"
HALF = head(200, {"Content-Type": "application/json"}, 5_000) + b'{"clock":{"now":"2026'

FAULTS: dict[str, Callable[[], Answer]] = {
    "hang": lambda: hang,
    "drip": lambda: drip(HALF, 0.02),
    "reset": reset,
    "cut": lambda: raw(HALF),
    "reset in its body": lambda: reset(HALF),
    "500": lambda: status(500),
    "503": lambda: status(503, Retry_After="0"),
    "429": lambda: status(429, Retry_After="0"),
    "401": lambda: status(401),
    "403": lambda: status(403),
    "404": lambda: status(404),
    "302": lambda: status(302, Location="https://sso.example/"),
    "login page": lambda: body(LOGIN, kind="text/html"),
    "204": lambda: status(204),
    "empty": lambda: body(b""),
    "garbage": lambda: body(b'\x00\xff{"items": [\xc3\x28'),
    "half a page": lambda: body(HALF[-60:]),
    "packed in its own way": lambda: body(b"x", Content_Encoding="br"),
}
SLOW = {"hang", "drip"}
OUT_OF_ORDER = "cursor forgotten"


MAPPING = """
mapping_version = 1
[[request]]
id = "active"
path = "/active"
every_s = 1
snapshot = "complete"

[[request.emit]]
kind = "call"
records = "incidents"
[request.emit.fields]
id = "id"
number = "number"
nature = "nature"
nature_text = "nature_text"
priority = "priority"
state = "state"
origin = "origin"
area = "area"
address = "address"
lat = "lat"
lon = "lon"
answered_at = "stamps.answered_at"
created_at = "stamps.created_at"
queued_at = "stamps.queued_at"
cleared_at = "stamps.cleared_at"
disposition = "disposition.code"
narrative = "narrative"
closed_at = "closed_at"
updated_at = "updated_at"

[[request.emit]]
kind = "assignment"
records = "incidents"
each = "assignments"
[request.emit.fields]
call = "parent.id"
unit = "item.unit"
assigned_at = "item.assigned_at"
enroute_at = "item.enroute_at"
on_scene_at = "item.on_scene_at"
cleared_at = "item.cleared_at"

[[request.emit]]
kind = "unit"
records = "teams"
[request.emit.fields]
id = "id"
callsign = "callsign"
program = "program"
state = "state"
since = "since"
updated_at = "updated_at"

[[request.emit]]
kind = "position"
records = "fixes"
[request.emit.fields]
unit = "unit"
lat = "lat"
lon = "lon"
at = "at"
"""
"""An API that tells of the same shift in one document, as dispatch systems of other makes do."""


class Hour:
    """The shift from its showcase on; it stands still once the hour is over. ``share`` of all answers are wrong."""

    def __init__(self, shift: Shift, seconds: float, share: float, seed: int) -> None:
        self.struck: Counter[str] = Counter()
        self._began = monotonic()
        self._seconds = seconds
        self._share = share
        self._dice = Random(seed)
        served = ServedShift(shift, shift.showcase, speed=HOUR_S / seconds)
        self._pages = Pages(served, PlayClock(served, now, self._steady))

    @property
    def over(self) -> bool:
        """Whether the hour is over, and with it the faults."""
        return monotonic() - self._began >= self._seconds

    def serve(self, server: Chaos) -> None:
        """Have ``server`` play it."""
        server.play("/active", self._document)
        server.play("/v1/service", self._service)
        server.play("/v1/events", self._stream)
        for feed in FeedName:
            server.play(f"/v1/{feed}", self._page_of(feed))

    def _steady(self) -> float:
        return min(monotonic() - self._began, self._seconds)

    async def _service(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await body(self._pages.service()[1])(asked, writer)

    async def _document(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        fault = self._fault()
        if fault in FAULTS:
            await FAULTS[fault]()(asked, writer)
            return
        calls, units, fixes = (
            bytes(self._pages.content(feed, None).items)
            for feed in (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS)
        )
        await body(b'{"incidents":%s,"teams":%s,"fixes":%s}' % (calls, units, fixes))(asked, writer)

    def _page_of(self, feed: FeedName) -> Answer:
        async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
            fault = self._fault()
            if fault in FAULTS:
                await FAULTS[fault]()(asked, writer)
                return
            content = self._pages.content(feed, asked.query.get("since") if not fault else "1.1")
            if asked.headers.get("if-none-match") == content.etag:
                await status(304)(asked, writer)
            else:
                await body(self._pages.body(content), ETag=content.etag)(asked, writer)

        return play

    async def _stream(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"Content-Type": "text/event-stream"}, None))
        async for event in events(self._pages, cursors(asked.query, "")):
            if self._fault():
                writer.write(event[: self._dice.randrange(len(event))])
                await writer.drain()
                raise Closed
            writer.write(event)
            await writer.drain()

    def _fault(self) -> str:
        """What goes wrong now, or nothing."""
        if self.over or self._dice.random() >= self._share:
            return ""
        fault = self._dice.choice([*FAULTS, OUT_OF_ORDER])
        if fault in SLOW and self._dice.random() < 0.7:
            fault = "reset"
        self.struck[fault] += 1
        return fault
