"""The real window on an archive, in a process of its own, with a person who does one thing after the other."""

import asyncio
import gc
import json
import os
import sys
import tempfile
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget
from qasync import QEventLoop

from console.archive.spec import ArchiveSpec
from console.commands.connect import one
from console.domain.state import State, start
from console.engine import Engine
from console.library import Library
from console.recorded import RecordedShifts
from console.screen import Desktop, Tasks
from console.session.clock import steady, wall
from console.session.live import Live
from console.session.playing import Playback
from console.session.session import Session
from console.session.showing import Showing
from console.session.store import Store
from console.session.verbs import ActingVerbs, Verbs, shown_verbs
from console.ui.calls.calls import CallsPanel
from console.ui.map.packing import seconds
from console.ui.map.view import MapPanel
from console.ui.program import Folders, Program, application

LOOK_S, PATIENCE_S = 0.03, 30.0
WHO = "trainer"

_ON_THE_MAP = """[...live.calls.held.keys()].sort().join() + '|' +
live.units.slots.filter((unit) => unit && unit.placed).map((unit) => unit.id).sort().join()"""

_DRAWN = "Boolean(window.live && live.board.now === {} && live.owed === 0 && live.asked === 0)"


class Desk:
    """What is on the screen, and what can be done about it."""

    def __init__(self, showing: Showing, program: Program, recorded: RecordedShifts, verbs: Verbs) -> None:
        self.showing, self.program, self.recorded, self.verbs = showing, program, recorded, verbs

    @property
    def state(self) -> State:
        """The board that is shown."""
        return self.showing.shown.value

    @property
    def playback(self) -> Playback:
        """The controls of the replay."""
        assert self.recorded.playback is not None
        return self.recorded.playback

    def part(self, kind: type[QWidget]) -> Any:
        """The part of the window of that kind."""
        found = self.program.window.findChild(kind)
        assert found is not None, kind
        return found

    async def until(self, true: Callable[[], object], what: str) -> None:
        """Wait for something; raises `TimeoutError` that says for what."""
        for _ in range(round(PATIENCE_S / LOOK_S)):
            if true():
                return
            await asyncio.sleep(LOOK_S)
        raise TimeoutError(f"waited for {what}; choices: {self.recorded.choices.value.trouble!r}")

    async def open(self, shift: str, at: datetime | None = None) -> None:
        """Open a shift as the list of shifts does."""
        self.recorded.open(shift, at)
        await self.until(lambda: self._shift() == shift, f"the shift {shift}")
        wanted = self.playback.clock.now() if at is None else at
        await self.until(lambda: self.state.at == wanted, f"its board at {wanted}")

    async def seek(self, to: datetime) -> State:
        """Show another moment; the board there."""
        self.playback.seek(to)
        await self.until(lambda: self.state.at == to, f"the board at {to}")
        return self.state

    async def play(self, speed: float, lasting: float) -> tuple[datetime, datetime, float]:
        """Play for so many real seconds: from and to which moment that went, in how long a time."""
        self.playback.run_at(speed)
        since, began = self.playback.clock.now(), steady()
        self.playback.toggle()
        await asyncio.sleep(lasting)
        self.playback.toggle()
        until, took = self.playback.clock.now(), steady() - began
        await self.until(lambda: self.state.at == until, f"the board at {until}")
        return since, until, took

    def listed(self) -> list[str]:
        """The ids in the table of calls."""
        return sorted(self.part(CallsPanel).table.rows.ids)

    async def mapped(self) -> tuple[list[str], list[str]]:
        """The ids of the calls and of the units that the map's page draws, once it has drawn this board."""
        await self.until(lambda: self.program.window.findChild(MapPanel), "the map")
        for _ in range(round(PATIENCE_S / LOOK_S)):
            if await self._asked(_DRAWN.format(seconds(self.state.second))):
                break
            await asyncio.sleep(LOOK_S)
        calls, _, units = str(await self._asked(_ON_THE_MAP)).partition("|")
        return [key for key in calls.split(",") if key], [key for key in units.split(",") if key]

    async def _asked(self, expression: str) -> object:
        answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self.part(MapPanel)._surface.page().runJavaScript(expression, 0, answer.set_result)
        return await asyncio.wait_for(answer, PATIENCE_S)

    def _shift(self) -> str:
        playing = self.showing.playing.value
        return playing.shift.id if playing is not None else ""


Doing = Callable[[Desk], Coroutine[Any, Any, Any]]


def sit(archive: str, doing: Doing, url: str | None = None, now: Callable[[], datetime] = wall) -> None:
    """Open the window on ``archive``, and on a dispatch API at ``url``; print as JSON what ``doing`` came to.

    ``now`` is what the archive is told that it is, for words as ``yesterday``.
    """
    gc.disable()  # as the program does until its first rows are on the screen
    broken: list[BaseException] = []
    sys.excepthook = lambda _kind, error, _trace: broken.append(error)
    spec = ArchiveSpec(archive, os.environ.get("SMART_CONSOLE_ARCHIVE_KEY"))
    connection = one(url, "") if url is not None else None
    engine = Engine(connection.specs, connection.pack, broken.append, spec) if connection else None
    app = application(["desk"], sandboxed=False)
    if engine is not None:
        engine.start()
    try:
        with tempfile.TemporaryDirectory() as cache, QEventLoop(app) as loop:
            loop.run_until_complete(_seated(_Room(Library(spec, now), engine, Path(cache)), doing, broken))
    finally:
        sys.excepthook = sys.__excepthook__
        if engine is not None:
            engine.stop()


class _Room:
    """The program put together as `app` does it, except that a script sits before it."""

    def __init__(self, library: Library, engine: Engine | None, cache: Path) -> None:
        self.library, self.engine = library, engine
        live = None
        if engine is not None:
            live = Session(engine.clock, engine.sequence, Store(start(engine.clock.now())))
            engine.shown_by(lambda: live.store.value)
        self.showing = Showing(live, Store(live.store.value if live is not None else start(wall())))
        self.tasks = Tasks()
        self.recorded = RecordedShifts(self.showing, self.library, self.tasks.spawn, self.tasks.wake)
        sequence, hurry = (engine.sequence, engine.hurry) if engine is not None else (None, _nothing)
        verbs = shown_verbs(self.showing, sequence, WHO, hurry)
        present = Live(live.store, ActingVerbs(sequence.append, WHO, hurry)) if live and sequence else None
        self.program = Program(self.showing.shown, verbs, Folders(None, cache), self.recorded, present)
        self.desk = Desk(self.showing, self.program, self.recorded, verbs)

    def ready(self) -> None:
        """The first rows are on the screen: recording may begin."""
        if self.engine is not None and self.engine.recorder is not None:
            self.engine.recorder.go()


async def _seated(room: _Room, doing: Doing, broken: list[BaseException]) -> None:
    async def script() -> None:
        found = await doing(room.desk)
        sys.stdout.write(json.dumps(found, default=str) + "\n")
        room.program.close()

    opening = lambda: room.tasks.spawn(script())  # noqa: E731
    try:
        await Desktop(room.showing, room.program, room.tasks, room.ready, opening).run(None, broken)
    finally:
        room.library.close()


def _nothing() -> None:
    """There is no feed to ask."""
