"""The desktop program put together: engine, session, window and the loop that moves them. The only qasync import."""

import asyncio
import gc
import getpass
import logging
import os
import sys
from collections.abc import Coroutine
from typing import Any, Protocol

from platformdirs import user_cache_path, user_state_path
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from console.crash import report
from console.domain.definitions import Definitions
from console.domain.state import State, start
from console.engine import Engine
from console.feeds.spec import SourceSpec
from console.session.clock import steady
from console.session.session import Session
from console.session.store import Store
from console.session.verbs import live_verbs
from console.stage import show
from console.ui.program import Folders, Program, application
from console.ui.shots import Shots
from console.ui.welcome.trying import Trying

FRAME_S = 0.25
FIRST_FRAME_S = 0.03
"""Until the first rows are there a frame is shorter: a quarter of a second would be felt at the start."""

START_S = 3.0
"""When the start is over, whether rows have come or not."""

CALM_S = 1.0
"""After the first rows are known, when they are on the screen too."""

NAME = "smart-console"

_log = logging.getLogger(__name__)


class Polled(Protocol):
    """What a board is polled from."""

    @property
    def specs(self) -> tuple[SourceSpec, ...]: ...

    @property
    def pack(self) -> Definitions: ...


class Way(Trying, Protocol):
    """Tries ways to a board, and tells which one was settled on."""

    @property
    def connection(self) -> Polled | None:
        """What the board polls; ``None`` while nothing was settled on."""
        ...


def run(specs: tuple[SourceSpec, ...], pack: Definitions, shots: Shots | None) -> State | None:
    """Open the desktop and return the board as it was last shown; ``None`` after an unexpected end.

    The loop is run once and not by `asyncio.Runner`, which runs it again to wind down: each run ends
    with Qt's ``aboutToQuit``, and the web engine does not survive a second one.
    """
    broken = _watched()
    engine = Engine(specs, pack, broken.append)
    engine.start()
    try:
        app = application(sys.argv[:1], sandboxed=not _root())
        return _looped(app, _desktop(engine, shots, broken).run(shots))
    finally:
        engine.stop()


def welcome(way: Way, shots: Shots | None) -> State | None:
    """Open the welcome page and then, in the same loop, the board on what was chosen there.

    Return the board as it was last shown; ``None`` where nothing was chosen or after an unexpected end.
    """
    broken = _watched()
    app = application(sys.argv[:1], sandboxed=not _root())
    return _looped(app, _welcomed(way, shots, broken))


async def _welcomed(way: Way, shots: Shots | None, broken: list[BaseException]) -> State | None:
    from console.ui.welcome.window import WelcomeWindow

    window = WelcomeWindow(way)
    await show(window, shots, broken)
    window.deleteLater()
    if way.connection is None:
        return None
    engine = Engine(way.connection.specs, way.connection.pack, broken.append)
    engine.start()
    try:
        return await _desktop(engine, None, broken).run(None)
    finally:
        engine.stop()


def _watched() -> list[BaseException]:
    """What fails outside of the screen's own tasks from here on."""
    gc.disable()  # until `calm_collector`: what is being made now lives on
    broken: list[BaseException] = []
    sys.excepthook = lambda _kind, error, _trace: broken.append(
        error
    )  # where Qt would print a slot's and go on
    return broken


def _looped(app: QApplication, work: Coroutine[Any, Any, State | None]) -> State | None:
    """What ``work`` returns, run in the one loop; ``None`` after an unexpected end."""
    try:
        with QEventLoop(app) as loop:
            board: State | None = loop.run_until_complete(work)
            return board
    except ExceptionGroup as group:
        report(group, user_state_path(NAME, appauthor=False))
        return None


def _desktop(engine: Engine, shots: Shots | None, broken: list[BaseException]) -> "Desktop":
    session = Session(engine.clock, engine.sequence, Store(start(engine.clock.now())))
    return Desktop(session, _program(session, engine, shots), broken)


def _program(session: Session, engine: Engine, shots: Shots | None) -> Program:
    """The window; a run for pictures neither reads nor leaves a layout, so that it always looks the same."""
    layout = None if shots else user_state_path(NAME, appauthor=False) / "layout"
    folders = Folders(layout=layout, cache=user_cache_path(NAME, appauthor=False))
    verbs = live_verbs(engine.sequence, getpass.getuser(), engine.hurry)
    return Program(session.store, verbs, folders)


def _root() -> bool:
    """Chromium refuses its sandbox to root, as in a container; nobody else goes without it."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


async def show_frame(session: Session) -> None:
    """One frame of the board, with a chance for everything else on the screen thread after each turn."""
    for _ in session.turns():
        await asyncio.sleep(0)


def calm_collector() -> None:
    """Keep the garbage collector from walking what start-up made: it lives as long as the program.

    A full collection over it held the screen thread for 82 ms (measured); over what comes later it is short.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


class Desktop:
    """The screen thread's tasks: frames, and pictures where they are wanted."""

    def __init__(self, session: Session, program: Program, broken: list[BaseException]) -> None:
        self._session = session
        self._program = program
        self._broken = broken

    async def run(self, shots: Shots | None) -> State:
        """Move the board until the window is closed or the pictures are taken; the board as it was then."""
        self._program.painted.connect(self._first_row)
        async with asyncio.TaskGroup() as group:
            frames = group.create_task(self._frames())
            await show(self._program, shots, self._broken)
            frames.cancel()
        return self._session.store.value

    async def _frames(self) -> None:
        seen, start_over = False, steady() + START_S
        while True:
            began = steady()
            await show_frame(self._session)
            if not seen and (self._session.store.value.calls or steady() > start_over):
                seen = True
                asyncio.get_running_loop().call_later(CALM_S, calm_collector)
            spent = steady() - began
            await asyncio.sleep(max(0.001, (FRAME_S if seen else FIRST_FRAME_S) - spent))

    def _first_row(self) -> None:
        _log.info("first row painted")
