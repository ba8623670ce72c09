"""Polls a source at once where it hints that something happened; its polls keep their pace all the same."""

import asyncio
from collections.abc import Callable

from console.domain.vocabulary import Health
from console.feeds.adapters.resgrid.events import QUESTIONS, hub
from console.feeds.poll.backoff import backoff
from console.feeds.poll.bell import Bell
from console.feeds.poll.line import Line
from console.feeds.wire.finding import Reply, Trouble, judged
from console.feeds.wire.signalr import Hub, hear, offered, trusted
from console.feeds.wire.wire import Wire

GATHER_S = 0.5
"""How long hints are gathered before they cause a poll: one act of a dispatcher causes several."""

NEVER = frozenset({400, 404, 405, 501})
"""What a server answers to the questions that will not give any hints in this session."""


def hinting(line: Line, poll: Callable[[], None]) -> "Hinting | None":
    """Who hears the hints of a source and has it ``poll``; ``None`` where it gives none or nobody can hear them."""
    spec = line.spec
    if not (spec.events and spec.dialect.kind == "resgrid" and isinstance(line.wire, Wire) and offered(spec)):
        return None
    return Hinting(line, line.wire, poll)


class Hinting:
    """The hub of one source: looked for again, with patience, whenever the connection has ended."""

    def __init__(self, line: Line, wire: Wire, poll: Callable[[], None]) -> None:
        self.bell = Bell()
        self._line = line
        self._wire = wire
        self._poll = poll
        self._failures = 0
        self._due: asyncio.TimerHandle | None = None

    async def run(self, stopping: asyncio.Event) -> None:
        """Listen until ``stopping``, or until the source turns out to give no hints."""
        while not stopping.is_set():
            await self.bell.wait(self._pause())
            if stopping.is_set():
                return
            self._failures += 1
            answers = [await self._asked(number) for number in range(len(QUESTIONS))]
            if any(map(_hopeless, answers)):
                return
            match answers:
                case [Reply() as config, Reply() as priorities]:
                    found = hub(config, priorities, self._line.spec.url)
                    if found is None:
                        return
                    await self._hear(found, stopping)
                case _:
                    continue

    def _pause(self) -> float:
        outside = self._line.outside
        if not self._failures:
            return outside.limits.retry_first
        return backoff(self._failures, outside.limits, outside.dice)

    async def _asked(self, number: int) -> Reply | Trouble:
        self._line.budget.spend(1)
        answer = await self._wire.get(QUESTIONS[number])
        found = judged(answer, conditional=False, now=self._line.outside.clock.now())
        return found if isinstance(found, Reply | Trouble) else Reply(304, {}, b"", 0.0, 0.0)

    async def _hear(self, found: Hub, stopping: asyncio.Event) -> None:
        headers, tls = await self._wire.badge(), trusted(self._line.spec, found)
        outside, began = self._line.outside, self._line.outside.steady()
        hearing = asyncio.create_task(hear(found, headers, tls, self._hinted))
        stopped = asyncio.create_task(stopping.wait())
        await asyncio.wait({hearing, stopped}, return_when=asyncio.FIRST_COMPLETED)
        for task in (hearing, stopped):
            task.cancel()
        await asyncio.wait({hearing, stopped})
        if not hearing.cancelled():
            hearing.result()
        if outside.steady() - began > outside.limits.retry_most:
            self._failures = 0

    def _hinted(self) -> None:
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(GATHER_S, self._ring)

    def _ring(self) -> None:
        self._due = None
        self._poll()


def _hopeless(answer: Reply | Trouble) -> bool:
    """Whether asking again is of no use; a refused sign-in may be put right."""
    return isinstance(answer, Trouble) and answer.health is not Health.AUTH and answer.status in NEVER
