"""One source: introduces itself, then its feeds are polled until the console stops."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from console.domain.contract import Service
from console.domain.entities import Agency
from console.domain.events import AgencyDescribed
from console.feeds.adapters.kinds import NATIVE
from console.feeds.joining.joiner import Joiner
from console.feeds.poll.backoff import Circuit, pause
from console.feeds.poll.bell import Bell
from console.feeds.poll.budget import Budget
from console.feeds.poll.clocks import Clocks, Correction
from console.feeds.poll.line import Line, Reads
from console.feeds.poll.listening import Listening
from console.feeds.poll.outside import Outside
from console.feeds.poll.poll import Poll
from console.feeds.process.reader import Reader
from console.feeds.process.worker import Worker
from console.feeds.rows.reading import Setting, Unreadable
from console.feeds.spec import SignIn, SourceSpec
from console.feeds.wire.finding import Reply, Same, Trouble, judged, unread
from console.feeds.wire.request import Request
from console.feeds.wire.wire import Wire

if TYPE_CHECKING:
    from console.feeds.poll.hinting import Hinting
    from console.feeds.wire.folder import Folder


class Rank(Struct, frozen=True):
    """A source among the others: it leads the clock, is the only one, and how what they give is joined."""

    leads: bool
    alone: bool
    joiner: Joiner


class Source:
    """The tasks of one source, and what they share."""

    def __init__(
        self, spec: SourceSpec, outside: Outside, clocks: Clocks, rank: Rank, worker: Worker
    ) -> None:
        self._spec = spec
        self._outside = outside
        self._clocks = clocks
        self._rank = rank
        self._reader = _reader(spec, worker, outside.limits.far)
        self._correction = Correction()
        self._wire = _way(spec, outside)
        self._agency: Agency | None = None
        self._failures = 0
        self._bell = Bell()
        self._introduced = asyncio.Event()
        self._stopping = asyncio.Event()
        line = Line(
            spec=spec,
            wire=self._wire,
            reader=self._reader,
            circuit=Circuit(outside.limits),
            clocks=clocks,
            correction=self._correction,
            budget=Budget(spec.hourly, outside.steady),
            outside=outside,
            joiner=rank.joiner,
            setting=self._setting,
            recovered=self._ring,
        )
        polls = (Poll(line, asked) for asked in self._reader.rounds)
        self._polls = tuple(poll for poll in polls if poll.wanted)
        self._listening = self._listens(line)
        self._hinting = _hinting(line, self._ring_polls)

    async def run(self) -> None:
        """Poll until `stop`."""
        self._start()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_introduced())
            group.create_task(self._close())
            for poll in self._polls:
                group.create_task(self._keep_polling(poll))
            if self._listening is not None:
                group.create_task(self._listening.run(self._stopping))
            if self._hinting is not None:
                group.create_task(self._hinting.run(self._stopping))

    @property
    def turned_away(self) -> bool:
        """Whether the source does not know the console."""
        return any(poll.turned_away for poll in self._polls)

    def hurry(self, sign_in: SignIn | None = None) -> None:
        """A person asks: poll every feed now, and try even a secret that was refused, or ``sign_in`` in its place."""
        self._wire.again(sign_in)
        self._ring()

    def _ring(self) -> None:
        self._bell.ring()
        self._ring_polls()
        for hearing in (self._listening, self._hinting):
            if hearing is not None:
                hearing.bell.ring()

    def _ring_polls(self) -> None:
        for poll in self._polls:
            poll.bell.ring()

    def stop(self) -> None:
        """Let every task end, without waiting for answers."""
        self._stopping.set()
        self._introduced.set()
        self._ring()

    def _listens(self, line: Line) -> Listening | None:
        if not (self._spec.events and isinstance(self._reader, Reader)):
            return None
        return Listening(line, self._reader, {feed: poll for poll in self._polls for feed in poll.feeds})

    async def _close(self) -> None:
        await self._stopping.wait()
        await self._wire.close()

    async def _keep_polling(self, poll: Poll) -> None:
        await self._introduced.wait()
        while not self._stopping.is_set():
            await poll.bell.wait(await poll.once())

    async def _keep_introduced(self) -> None:
        if not self._rank.leads:
            await self._clocks.ready.wait()
        greeting = self._reader.greet()
        if greeting is None:
            self._take_as_it_is()
            return
        while not self._stopping.is_set():
            await self._bell.wait(await self._introduce(greeting))

    def _take_as_it_is(self) -> None:
        """The source does not introduce itself: it lives in our time, and the configuration says who it is."""
        if self._rank.leads:
            self._clocks.go_on()
        self._describe(self._spec.agency)
        self._introduced.set()

    async def _introduce(self, greeting: Request) -> float:
        """Ask the source what it is; real seconds until that is asked again."""
        trouble = await self._asked(greeting)
        if trouble is None or self._introduced.is_set():
            return self._outside.limits.service
        self._failures += 1
        wait = pause(trouble, self._failures, self._outside.limits, self._outside.dice)
        for poll in self._polls:
            poll.held_up(trouble, wait)
        if self._rank.leads and not self._rank.alone:
            self._clocks.go_on()
        return wait

    async def _asked(self, greeting: Request) -> Trouble | None:
        answer = await self._wire.get(greeting)
        if self._wire.closed:
            return None
        match judged(answer, conditional=False, now=self._outside.clock.now()):
            case Reply() as reply:
                return self._heard(reply)
            case Trouble() as trouble:
                return trouble
            case Same():
                return None

    def _heard(self, reply: Reply) -> Trouble | None:
        try:
            service = self._reader.introduced(reply.body, self._setting())
        except Unreadable as error:
            return unread(error)
        self._meet(service, reply)
        return None

    def _meet(self, service: Service, reply: Reply) -> None:
        if self._rank.leads:
            self._clocks.lead(service.clock, reply)
        self._correction.learn(self._clocks.skew(service.clock, reply).seconds)
        self._describe(service.agency)
        if not self._introduced.is_set():
            self._start()  # once more, as the clock may have been set
            self._introduced.set()

    def _describe(self, agency: Agency | None) -> None:
        if agency is not None and agency != self._agency:
            self._agency = agency
            self._outside.sequence.append(lambda at: AgencyDescribed(at, self._spec.name, agency))

    def _start(self) -> None:
        for poll in self._polls:
            poll.start()

    def _setting(self) -> Setting:
        bounds = self._agency.bounds if self._agency else None
        return Setting(self._outside.clock.now(), bounds, self._correction.by)


# What only some kinds of source need is imported for them: the first row of all others need not wait for it.


def _hinting(line: Line, poll: Callable[[], None]) -> "Hinting | None":
    if line.spec.dialect.kind == NATIVE:
        return None
    from console.feeds.poll.hinting import hinting

    return hinting(line, poll)


def _way(spec: SourceSpec, outside: Outside) -> "Wire | Folder":
    if not spec.url.startswith("file:"):
        return Wire(spec, outside.limits, outside.steady)
    from console.feeds.wire.folder import Folder

    return Folder(spec, outside.limits, outside.steady)


def _reader(spec: SourceSpec, worker: Worker, far: int) -> Reads:
    if spec.dialect.kind == NATIVE:
        return Reader(spec.name, worker, far)
    from console.feeds.process.conversing import Conversing

    return Conversing(spec.name, spec.dialect, worker)
