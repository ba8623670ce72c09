"""Reads the replies of one source: small ones here, large ones in the worker process."""

import asyncio

from msgspec.structs import replace

from console.domain.contract import Row
from console.domain.vocabulary import FeedName
from console.feeds.adapter import Adapter
from console.feeds.process.far import Errand, Returned, parts, read
from console.feeds.process.worker import Worker, WorkerLost
from console.feeds.rows.flaws import WORKER, Flaw
from console.feeds.rows.reading import Reading, Setting


class Reader:
    """Keeps both memories true. What is held here decides what is new; the process only saves work.

    The process gives the difference to what it read last, which is right as long as it read every
    reply. Once one was read here, it starts from nothing: a value that went there and back would be
    lost otherwise.
    """

    def __init__(self, source: str, kind: str, adapter: Adapter, worker: Worker, far: int) -> None:
        self.adapter = adapter
        self._source = source
        self._kind = kind
        self._worker = worker
        self._far = far
        self._in_step: set[FeedName] = set()
        self._returned = Returned()

    async def read(self, feed: FeedName, body: bytes, setting: Setting) -> Reading[Row]:
        """What ``body`` changes in what is held. Raises `Unreadable`; then nothing changed.

        Where no process can be had, a large reply is read here: a stalled frame is better than no board.
        """
        if len(body) <= self._far:
            return self._here(feed, body, setting)
        errand = Errand(self._source, self._kind, feed, setting, fresh=feed not in self._in_step)
        self._in_step.discard(feed)
        try:
            pieces, flaws = await self._sent(errand, body)
        except WorkerLost:
            reading = self._here(feed, body, setting)
            return replace(reading, flaws=(*reading.flaws, Flaw("", WORKER, "no reading process")))
        self._in_step.add(feed)
        return await self._adopted(errand, pieces, flaws)

    def _here(self, feed: FeedName, body: bytes, setting: Setting) -> Reading[Row]:
        self._in_step.discard(feed)
        return self.adapter.read(feed, body, setting)

    async def _sent(self, errand: Errand, body: bytes) -> tuple[list[bytes], tuple[Flaw, ...]]:
        try:
            return await self._worker.call(read, errand, body), ()
        except WorkerLost:
            again = await self._worker.call(read, replace(errand, fresh=True), body)
            return again, (Flaw("", WORKER, "reading process restarted"),)

    async def _adopted(self, errand: Errand, pieces: list[bytes], flaws: tuple[Flaw, ...]) -> Reading[Row]:
        """Hold what the process found: a portion at a time, since the loop has others to serve."""
        held = self.adapter.held[errand.feed]
        head = self._returned.head(pieces[0])
        rows: dict[str, Row] = {}
        for piece in pieces[1:]:
            rows |= held.keyed(self._returned.rows(errand.feed, piece))
            await asyncio.sleep(0)
        changed: list[Row] = []
        late: list[Flaw] = []
        for part in parts(list(rows.items())):
            new, old = held.put(dict(part), errand.setting.now)
            changed += new
            late += old
            await asyncio.sleep(0)
        gone = held.absent(head, rows) if head.full and head.whole else head.gone
        return replace(head, changed=tuple(changed), gone=held.drop(gone), flaws=(*head.flaws, *late, *flaws))
