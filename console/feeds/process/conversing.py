"""Has an adapter's rounds held in the worker process, and keeps here what the board holds of them."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from console.domain.contract import Row, Service
from console.domain.vocabulary import FeedName
from console.feeds.adapters.kinds import adapter
from console.feeds.process.far import Forgotten, Portion, Returned, Talk, begin, hear, parts, portions
from console.feeds.process.interpreter import Asks, Harvest, Interpreter
from console.feeds.process.reader import Ask
from console.feeds.process.worker import Worker, WorkerLost
from console.feeds.rows.flaws import WORKER, Flaw
from console.feeds.rows.held import Held
from console.feeds.rows.reading import Reading, Setting
from console.feeds.spec import Dialect
from console.feeds.wire.request import Request


class Conversing:
    """One source that is read through an adapter.

    Mapping thousands of rows would hold the interpreter for a tenth of a second, so it is done in the
    process. What that process knows may be lost with it: it is told again from here. Where no process can
    be had, a round is held here: a stalled frame is better than no board.
    """

    def __init__(self, source: str, dialect: Dialect, worker: Worker) -> None:
        made = adapter(dialect)
        self.rounds = made.rounds
        self.held: Mapping[FeedName, Held] = {feed: Held(feed) for each in self.rounds for feed in each.feeds}
        self._source = source
        self._dialect = dialect
        self._worker = worker
        self._returned = Returned()
        self._in_step = False

    def greet(self) -> Request | None:
        """These APIs do not introduce themselves."""
        return None

    def introduced(self, body: bytes, setting: Setting) -> Service:
        """Never asked, since nothing greets."""
        raise NotImplementedError

    async def converse(self, name: str, setting: Callable[[], Setting], ask: Ask, *, fresh: bool) -> Harvest:
        """One round. Raises `Failed` or `Unreadable`; then nothing has changed."""

        def talk() -> Talk:
            return Talk(self._source, self._dialect, name, setting(), fresh)

        flaws: tuple[Flaw, ...] = ()
        for _ in range(2):
            try:
                pieces = await self._far(talk, ask)
            except WorkerLost:
                self._in_step = False
                flaws = (Flaw("", WORKER, "reading process restarted"),)
            else:
                return await self._adopted(pieces, setting(), flaws)
        harvest = await self._here(talk, ask)
        rows = ((feed, what.changed) for feed, what in harvest.items() if isinstance(what, Reading))
        pieces = [harvest, *rows]
        return await self._adopted(pieces, setting(), (Flaw("", WORKER, "no reading process"),))

    async def _far(self, talk: Callable[[], Talk], ask: Ask) -> list[Any]:
        pieces = await self._worker.call(begin, talk(), None if self._in_step else self._known())
        if isinstance(pieces[0], Forgotten):
            pieces = await self._worker.call(begin, talk(), self._known())
        self._in_step = True
        while isinstance(pieces[0], Asks):
            answers = await ask(pieces[0].requests)
            pieces = await self._worker.call(hear, talk(), answers)
            if isinstance(pieces[0], Forgotten):
                raise WorkerLost
        return pieces

    async def _here(self, talk: Callable[[], Talk], ask: Ask) -> Harvest:
        interpreter = Interpreter(adapter(self._dialect))
        for feed, held in self.held.items():
            interpreter.hold(held.rows.values(), feed)
        now = talk()
        step = interpreter.begin(now.round, fresh=True, setting=now.setting)
        while isinstance(step, Asks):
            answers = await ask(step.requests)
            step = interpreter.hear(now.round, answers, talk().setting)
        return step

    def _known(self) -> tuple[Portion, ...]:
        return tuple(
            portion for feed, held in self.held.items() for portion in portions(feed, [*held.rows.values()])
        )

    async def _adopted(self, pieces: list[Any], setting: Setting, flaws: tuple[Flaw, ...]) -> Harvest:
        """Hold what was found: a portion at a time, since the loop has others to serve."""
        harvest: Harvest = dict(pieces[0])
        changed: dict[FeedName, list[Row]] = {feed: [] for feed in harvest}
        renamed: dict[FeedName, list[Row]] = {feed: [] for feed in harvest}
        for feed in harvest:
            self.held[feed].correct(setting.ahead)
        for feed, piece in pieces[1:]:
            rows = self._returned.rows(feed, piece) if isinstance(piece, bytes) else piece
            for part in parts(rows):
                held = self.held[feed]
                put = held.put(held.keyed(part), setting.now)
                changed[feed] += put.changed
                renamed[feed] += put.retired
                await asyncio.sleep(0)
        for feed, what in harvest.items():
            if isinstance(what, Reading):
                harvest[feed] = replace(
                    what,
                    changed=tuple(changed[feed]),
                    gone=self.held[feed].drop(what.gone),
                    flaws=(*what.flaws, *flaws),
                    retired=tuple(renamed[feed]),
                )
        return harvest
