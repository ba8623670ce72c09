"""All sources on one loop: started together, hurried and stopped from any thread."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from random import SystemRandom
from threading import Thread
from typing import TYPE_CHECKING

from console.domain.vocabulary import FeedName
from console.feeds.adapters.kinds import NATIVE, adapter
from console.feeds.joining.giving import Given
from console.feeds.joining.joiner import Joiner
from console.feeds.poll.clocks import Clocks
from console.feeds.poll.outside import Clock, Ordering, Outside
from console.feeds.process.worker import Worker
from console.feeds.spec import Renew, SignIn, SourceSpec
from console.feeds.wire.limits import Limits

if TYPE_CHECKING:
    from console.feeds.poll.source import Source

DEFAULTS = Limits()


class Hub:
    """Polls ``specs``; the first of them tells the session the time. ``steady`` counts real seconds."""

    def __init__(
        self,
        specs: Sequence[SourceSpec],
        sequence: Ordering,
        clock: Clock,
        steady: Callable[[], float],
        worker: Worker,
        limits: Limits = DEFAULTS,
    ) -> None:
        # What cannot be used is told here, not on the engine's thread.
        self._joiner = Joiner([Given(spec.name, _feeds(spec)) for spec in specs])
        self._specs = specs
        self._outside = Outside(sequence, clock, steady, SystemRandom(), limits)
        self._worker = worker
        self._renewing: set[str] = set()
        self._clocks = Clocks(self._outside)
        self._sources: tuple[Source, ...] = ()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = False

    async def run(self) -> None:
        """Poll until `stop`. What fails unexpectedly ends all sources and comes out of here."""
        self._sources = tuple(self._made())
        self._loop = asyncio.get_running_loop()
        if self._stopped:
            self._end()
        async with asyncio.TaskGroup() as group:
            for source in self._sources:
                group.create_task(source.run())

    def hurry(self) -> None:
        """Poll every feed now. Safe from any thread, at any time."""
        self._post(self._ring)

    def stop(self) -> None:
        """Have `run` return, without waiting for answers. Safe from any thread, at any time."""
        self._stopped = True
        self._post(self._end)

    def _made(self) -> Iterator["Source"]:
        # The client takes a tenth of a second to import: on this thread, beside the window's own start.
        from console.feeds.poll.source import Rank, Source

        alone = len(self._specs) == 1
        for number, spec in enumerate(self._specs):
            rank = Rank(leads=number == 0, alone=alone, joiner=self._joiner)
            yield Source(spec, self._outside, self._clocks, rank, self._worker)

    def _ring(self) -> None:
        for source, spec in zip(self._sources, self._specs, strict=False):
            if spec.renew is not None and source.turned_away:
                self._read_anew(spec.name, source, spec.renew)
            else:
                source.hurry()

    def _read_anew(self, name: str, source: "Source", renew: Renew) -> None:
        """On a thread of its own: a keyring may wait for a person, and nothing else waits for that."""

        def read() -> None:
            sign_in = renew()
            self._post(lambda: done(sign_in))

        def done(sign_in: SignIn | None) -> None:
            self._renewing.discard(name)
            source.hurry(sign_in)

        if name not in self._renewing:
            self._renewing.add(name)
            Thread(target=read, name=f"secret of {name}", daemon=True).start()

    def _end(self) -> None:
        self._clocks.go_on()
        for source in self._sources:
            source.stop()

    def _post(self, call: Callable[[], None]) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has closed: there is nothing left to tell
                self._loop.call_soon_threadsafe(call)


def _feeds(spec: SourceSpec) -> frozenset[FeedName]:
    """What the source gives and is taken from it. Raises `ValueError` for one that cannot be used."""
    if spec.dialect.kind == NATIVE:
        return frozenset(spec.feeds or FeedName)
    given = frozenset(feed for asked in adapter(spec.dialect).rounds for feed in asked.feeds)
    return given & frozenset(spec.feeds) if spec.feeds else given
