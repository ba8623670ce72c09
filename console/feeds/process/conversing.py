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
        self._beginning = asyncio.Lock()
        self._near: Interpreter | None = None

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
                pieces, last = await self._far(talk, ask)
            except WorkerLost:
                self._in_step = False
                flaws = (Flaw("", WORKER, "reading process restarted"),)
            else:
                self._near = None
                return await self._adopted(pieces, last, flaws)
        pieces, last = await self._here(talk, ask)
        return await self._adopted(pieces, last, (Flaw("", WORKER, "no reading process"),))

    async def _far(self, talk: Callable[[], Talk], ask: Ask) -> tuple[list[Any], Setting]:
        """The end of a round held in the process, and the setting in which it was read."""
        pieces, last = await self._begun(talk)
        while isinstance(pieces[0], Asks):
            answers = await ask(pieces[0].requests)
            last = talk()
            pieces = await self._worker.call(hear, last, answers)
            if isinstance(pieces[0], Forgotten):
                pieces, last = await self._begun(talk)
        return pieces, last.setting

    async def _begun(self, talk: Callable[[], Talk]) -> tuple[list[Any], Talk]:
        """One at a time: what is known is told once, and ends every round that is under way there."""
        async with self._beginning:
            now = talk()
            pieces = await self._worker.call(begin, now, None if self._in_step else self._known(now.setting))
            if isinstance(pieces[0], Forgotten):
                pieces = await self._worker.call(begin, now, self._known(now.setting))
            self._in_step = True
        return pieces, now

    async def _here(self, talk: Callable[[], Talk], ask: Ask) -> tuple[list[Any], Setting]:
        now = talk()
        interpreter, fresh = self._near, now.fresh
        if interpreter is None:
            self._near, fresh = self._knowing(now.setting), True
            interpreter = self._near
        step = interpreter.begin(now.round, fresh=fresh, setting=now.setting)
        while isinstance(step, Asks):
            answers = await ask(step.requests)
            now = talk()
            step = interpreter.hear(now.round, answers, now.setting)
        rows = ((feed, what.changed) for feed, what in step.items() if isinstance(what, Reading))
        return [step, *rows], now.setting

    def _knowing(self, setting: Setting) -> Interpreter:
        interpreter = Interpreter(adapter(self._dialect))
        for feed, held in self.held.items():
            held.correct(setting.ahead)
            interpreter.hold(held.rows.values(), feed, setting.ahead)
        return interpreter

    def _known(self, setting: Setting) -> tuple[Portion, ...]:
        """All that is held, corrected by what ``setting`` knows of the source's clock."""
        for held in self.held.values():
            held.correct(setting.ahead)
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
