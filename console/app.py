"""The desktop program put together: engine, session, window and the loop that moves them. The only qasync import."""

import asyncio
import contextlib
import gc
import getpass
import logging
import os
import signal
import sys
from types import FrameType

from platformdirs import user_cache_path, user_state_path
from qasync import QEventLoop

from console.crash import report
from console.domain.definitions import Definitions
from console.domain.state import State, start
from console.engine import Engine
from console.feeds.spec import SourceSpec
from console.session.clock import steady
from console.session.session import Session
from console.session.store import Store
from console.session.verbs import LiveVerbs
from console.ui.program import Folders, Program, application
from console.ui.shots import Shots

FRAME_S = 0.25
FIRST_FRAME_S = 0.03
"""Until the first rows are there a frame is shorter: a quarter of a second would be felt at the start."""

START_S = 3.0
"""When the start is over, whether rows have come or not."""

CALM_S = 1.0
"""After the first rows are known, when they are on the screen too."""

SETTLE_S = 1.2
"""How long the window and its map may take to lay themselves out before a picture."""

NAME = "smart-console"

_log = logging.getLogger(__name__)


def run(specs: tuple[SourceSpec, ...], pack: Definitions, shots: Shots | None) -> State | None:
    """Open the desktop and return the board as it was last shown; ``None`` after an unexpected end.

    The loop is run once and not by `asyncio.Runner`, which runs it again to wind down: each run ends
    with Qt's ``aboutToQuit``, and the web engine does not survive a second one.
    """
    gc.disable()  # until `calm_collector`: what is being made now lives on
    broken: list[BaseException] = []
    sys.excepthook = lambda _kind, error, _trace: broken.append(
        error
    )  # where Qt would print a slot's and go on
    engine = Engine(specs, pack, broken.append)
    engine.start()
    app = application(sys.argv[:1], sandboxed=not _root())
    session = Session(engine.clock, engine.sequence, Store(start(engine.clock.now())))
    desktop = Desktop(session, _program(session, engine, shots), broken)
    try:
        with QEventLoop(app) as loop:
            loop.run_until_complete(desktop.run(shots))
    except ExceptionGroup as group:
        report(group, user_state_path(NAME, appauthor=False))
        return None
    finally:
        engine.stop()
    return session.store.value


def _program(session: Session, engine: Engine, shots: Shots | None) -> Program:
    """The window; a run for pictures neither reads nor leaves a layout, so that it always looks the same."""
    layout = None if shots else user_state_path(NAME, appauthor=False) / "layout"
    folders = Folders(layout=layout, cache=user_cache_path(NAME, appauthor=False))
    verbs = LiveVerbs(engine.sequence, getpass.getuser(), engine.hurry)
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
        self._closed = asyncio.Event()

    async def run(self, shots: Shots | None) -> None:
        """Move the board until the window is closed or the pictures are taken."""
        self._program.closed.connect(self._closed.set)
        self._program.painted.connect(self._first_row)
        before = {
            number: signal.signal(number, self._asked_to_end) for number in (signal.SIGINT, signal.SIGTERM)
        }
        async with asyncio.TaskGroup() as group:
            frames = group.create_task(self._frames())
            self._program.show()
            ends = self._take(shots) if shots else self._closed.wait()
            await ends
            frames.cancel()
        self._program.close()
        await asyncio.sleep(0)
        for number, handler in before.items():
            signal.signal(number, handler)

    def _asked_to_end(self, _number: int, _frame: FrameType | None) -> None:
        """Ctrl+C or the system asks: close as if a person had closed the window."""
        self._closed.set()

    async def _frames(self) -> None:
        seen, start_over = False, steady() + START_S
        while True:
            began = steady()
            self._raise_broken()
            await show_frame(self._session)
            if not seen and (self._session.store.value.calls or steady() > start_over):
                seen = True
                asyncio.get_running_loop().call_later(CALM_S, calm_collector)
            spent = steady() - began
            await asyncio.sleep(max(0.001, (FRAME_S if seen else FIRST_FRAME_S) - spent))

    def _first_row(self) -> None:
        _log.info("first row painted")

    def _raise_broken(self) -> None:
        if self._broken:
            raise RuntimeError("something failed outside of the screen's own tasks") from self._broken[0]

    async def _take(self, shots: Shots) -> None:
        await self._pause(shots.after_s)
        shots.folder.mkdir(parents=True, exist_ok=True)
        for width, height in shots.sizes:
            self._program.resize(width, height)
            for theme in shots.themes:
                self._program.set_theme(theme)
                for view in shots.views:
                    self._program.set_view(view)
                    await self._pause(SETTLE_S)
                    name = f"{view}-{width}x{height}-{theme}.png"
                    self._program.picture(shots.folder / name)
                    _log.info("picture %s", name)

    async def _pause(self, seconds: float) -> None:
        """Sleep, but not past the end."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), seconds)
