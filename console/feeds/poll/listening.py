"""Listens where a source tells its changes by itself; the polls of that source take it easy meanwhile.

A page that comes unasked goes the way of one that was asked for. One that came while its feed was being
polled waits its turn, and is left out where the poll brought more. Whatever is not plain ends the stream:
the polls then go on at their own pace and tell what is wrong, and the stream begins anew from what is held.
"""

import asyncio
from collections.abc import Mapping
from contextlib import aclosing

from console.domain.contract import HEARTBEAT
from console.domain.vocabulary import FeedName
from console.feeds.poll.backoff import backoff
from console.feeds.poll.bell import Bell
from console.feeds.poll.line import Line
from console.feeds.poll.poll import Poll
from console.feeds.process.reader import Reader
from console.feeds.rows.reading import Reading, Unreadable
from console.feeds.wire.finding import Reply, Same
from console.feeds.wire.request import Request
from console.feeds.wire.stream import Broken, Told, Unoffered, told
from console.feeds.wire.wire import Wire

PATH = "/v1/events"


class Listening:
    """The stream of one source; ``polls`` are those of the feeds that it tells."""

    def __init__(self, line: Line, reader: Reader, polls: Mapping[FeedName, Poll]) -> None:
        self.bell = Bell()
        self._line = line
        self._reader = reader
        self._polls = polls
        self._heard: dict[FeedName, Poll] = {}
        self._failures = 0

    async def run(self, stopping: asyncio.Event) -> None:
        """Listen until ``stopping``, or until the source turns out to tell nothing by itself."""
        outside = self._line.outside
        while not stopping.is_set():
            await self.bell.wait(outside.limits.retry_first if not self._failures else self._pause())
            self._heard = {feed: poll for feed, poll in self._polls.items() if poll.sound}
            if not self._heard or any(poll.starting for poll in self._polls.values()):
                continue  # until a feed has answered there is nothing to go on from
            try:
                await self._listen()
            except Unoffered:
                return
            except Broken:
                self._failures += 1
            finally:
                self._relax(relaxed=False)

    def _pause(self) -> float:
        return backoff(self._failures, self._line.outside.limits, self._line.outside.dice)

    async def _listen(self) -> None:
        line = self._line
        held = self._reader.cursors()
        query = tuple((feed.value, held.get(feed, "")) for feed in self._heard)
        line.budget.spend(1)
        assert isinstance(line.wire, Wire)  # a folder tells nothing by itself
        events = told(line.wire, Request(PATH, query), line.outside.limits, line.outside.steady)
        async with aclosing(events):
            async for event in events:
                try:
                    await self._take(event)
                except Unreadable as error:
                    raise Broken from error
                self._failures = 0
                self._relax(relaxed=True)

    async def _take(self, event: Told) -> None:
        if event.name == HEARTBEAT:
            clock = self._reader.native.heard(event.body)
            for poll in self._heard.values():
                async with poll.turn:
                    if poll.sound:
                        poll.pushed(Same(), clock, _reply(event))
            return
        for feed, poll in self._heard.items():
            if feed.value == event.name:
                async with poll.turn:
                    await self._change(feed, poll, event)

    async def _change(self, feed: FeedName, poll: Poll, event: Told) -> None:
        if not poll.sound:
            return  # its next poll asks for what it does not have
        what = await self._reader.pushed(feed, event.body, self._line.setting())
        if isinstance(what, Reading) and what.vanished:
            raise Broken
        if isinstance(what, Reading) and what.clock is not None:
            poll.pushed(what, what.clock, _reply(event))

    def _relax(self, *, relaxed: bool) -> None:
        for poll in self._heard.values():
            poll.relax(relaxed=relaxed)


def _reply(event: Told) -> Reply:
    """``event`` as if it had been asked for at the moment at which it came."""
    return Reply(200, {}, event.body, event.came, event.came)
