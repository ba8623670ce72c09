"""Reads the replies of the console's own API: small ones here, large ones in the worker process."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec.structs import replace

from console.domain.contract import Row, Service
from console.domain.vocabulary import FeedName
from console.feeds.adapter import Failed, Round
from console.feeds.adapters.native import EVERY, Native
from console.feeds.process.far import Errand, Returned, parts, read
from console.feeds.process.interpreter import Harvest
from console.feeds.process.worker import Worker, WorkerLost
from console.feeds.rows.flaws import WORKER, Flaw
from console.feeds.rows.reading import Reading, Setting
from console.feeds.wire.finding import Reply, Same, Trouble
from console.feeds.wire.request import Request

CONDITION = "If-None-Match"

UNCHANGED = 304

Ask = Callable[[tuple[Request, ...]], Awaitable[tuple[Reply | Trouble, ...]]]
"""Gets the answers to some requests."""


class Reader:
    """Keeps both memories true. What is held here decides what is new; the process only saves work.

    The process gives the difference to what it read last, which is right as long as it read every
    reply. Once one was read here, it starts from nothing: a value that went there and back would be
    lost otherwise.
    """

    def __init__(self, source: str, worker: Worker, far: int) -> None:
        self.rounds = tuple(Round(feed, (feed,), seconds) for feed, seconds in EVERY.items())
        self.native = Native()
        self.held = self.native.held
        self._source = source
        self._worker = worker
        self._far = far
        self._in_step: set[FeedName] = set()
        self._returned = Returned()
        self._cursors: dict[FeedName, str] = {}
        self._tags: dict[FeedName, tuple[Request, str]] = {}
        self._dated: dict[FeedName, datetime] = {}

    def greet(self) -> Request | None:
        """What to ask first."""
        return self.native.greet()

    def introduced(self, body: bytes, setting: Setting) -> Service:
        """What the source says of itself. Raises `Unreadable`."""
        return self.native.introduced(body, setting)

    async def converse(self, name: str, setting: Callable[[], Setting], ask: Ask, *, fresh: bool) -> Harvest:
        """Ask for one feed: what changed since the last time, or all where ``fresh``."""
        feed = FeedName(name)
        if fresh:
            self._cursors.pop(feed, None)
            self._tags.pop(feed, None)
        plain = self.native.plan(feed, self._cursors.get(feed, ""))
        (answer,) = await ask((self._tagged(feed, plain),))
        if isinstance(answer, Trouble):
            raise Failed(answer)
        if answer.status == UNCHANGED:
            return {feed: Same()}
        reading = await self.read(feed, answer.body, setting())
        self._learn(feed, reading)
        if not reading.vanished:
            self._tags[feed] = (plain, answer.headers.get("etag", ""))
        return {feed: reading}

    async def pushed(self, feed: FeedName, body: bytes, setting: Setting) -> Reading[Row] | Same:
        """What a page changes that came unasked. Raises `Unreadable`; then nothing changed.

        A page that is older than what is held is part of that: the poll in between asked for the same.
        """
        clock, last = self.native.dated(body), self._dated.get(feed)
        if last is not None and clock is not None and clock < last:
            return Same()
        reading = await self.read(feed, body, setting)
        self._learn(feed, reading)
        return reading

    def cursors(self) -> dict[FeedName, str]:
        """The cursor held of each feed."""
        return dict(self._cursors)

    def _learn(self, feed: FeedName, reading: Reading[Row]) -> None:
        if not reading.vanished:
            self._cursors[feed] = reading.cursor
            self._tags.pop(feed, None)
        if reading.clock is not None:
            self._dated[feed] = reading.clock.now

    async def read(self, feed: FeedName, body: bytes, setting: Setting) -> Reading[Row]:
        """What ``body`` changes in what is held. Raises `Unreadable`; then nothing changed.

        Where no process can be had, a large reply is read here: a stalled frame is better than no board.
        """
        if len(body) <= self._far:
            return self._here(feed, body, setting)
        errand = Errand(self._source, feed, setting, fresh=feed not in self._in_step)
        self._in_step.discard(feed)
        try:
            pieces, flaws = await self._sent(errand, body)
        except WorkerLost:
            reading = self._here(feed, body, setting)
            return replace(reading, flaws=(*reading.flaws, Flaw("", WORKER, "no reading process")))
        self._in_step.add(feed)
        return await self._adopted(errand, pieces, flaws)

    def _tagged(self, feed: FeedName, request: Request) -> Request:
        asked, tag = self._tags.get(feed, (None, ""))
        return replace(request, headers=((CONDITION, tag),)) if tag and asked == request else request

    def _here(self, feed: FeedName, body: bytes, setting: Setting) -> Reading[Row]:
        self._in_step.discard(feed)
        return self.native.read(feed, body, setting)

    async def _sent(self, errand: Errand, body: bytes) -> tuple[list[bytes], tuple[Flaw, ...]]:
        try:
            return await self._worker.call(read, errand, body), ()
        except WorkerLost:
            again = await self._worker.call(read, replace(errand, fresh=True), body)
            return again, (Flaw("", WORKER, "reading process restarted"),)

    async def _adopted(self, errand: Errand, pieces: list[bytes], flaws: tuple[Flaw, ...]) -> Reading[Row]:
        """Hold what the process found: a portion at a time, since the loop has others to serve."""
        held = self.held[errand.feed]
        head = self._returned.head(pieces[0])
        held.correct(head.ahead)
        rows: dict[str, Row] = {}
        for piece in pieces[1:]:
            rows |= held.keyed(self._returned.rows(errand.feed, piece))
            await asyncio.sleep(0)
        changed: list[Row] = []
        late: list[Flaw] = []
        renamed: list[Row] = []
        for part in parts(list(rows.items())):
            put = held.put(dict(part), errand.setting.now)
            changed += put.changed
            late += put.late
            renamed += put.retired
            await asyncio.sleep(0)
        gone = held.absent(head, rows) if head.full and head.whole else head.gone
        return replace(
            head,
            changed=tuple(changed),
            gone=held.drop(gone),
            flaws=(*head.flaws, *late, *flaws),
            retired=tuple(renamed),
        )
