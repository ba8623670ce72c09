"""The screen thread with the real window on it, and when it was not free to answer."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer
from qasync import QEventLoop

from console.commands.connect import definitions
from console.domain.state import State, start
from console.engine import Engine
from console.feeds.spec import SourceSpec
from console.screen import calm_collector, show_frame
from console.session.session import Session
from console.session.store import Store
from console.session.verbs import ActingVerbs
from console.settings import AgencySettings
from console.ui.program import Folders, Program, application

T = TypeVar("T")

FRAME_S = 0.25
BEAT_S = 0.001
WARM_S = 8.0

Span = tuple[float, float]
"""When the screen thread began to be busy, and for how many seconds."""


class Busy:
    """When the screen thread was not free to answer: a beat each millisecond, and the gaps between beats.

    The dispatcher's own signals will not do: timers, and so the session's frames, run outside of them.
    """

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self._last = perf_counter()
        self._beat = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=1)
        self._beat.timeout.connect(self._heard)
        self._beat.start()

    def _heard(self) -> None:
        now = perf_counter()
        if now - self._last > 2 * BEAT_S:
            self.spans.append((self._last, now - self._last - BEAT_S))
        self._last = now

    def stop(self) -> None:
        """Beat no more."""
        self._beat.stop()


class Screen:
    """A window on the board of some sources, shown and settled."""

    def __init__(self, engine: Engine, session: Session) -> None:
        self.engine = engine
        self._session = session

    @property
    def state(self) -> State:
        """The board now."""
        return self._session.store.value

    async def spans(self, seconds: float) -> list[Span]:
        """When it was busy in that time, a frame every quarter of a second."""
        calm_collector()
        busy = Busy()
        await self.frames(seconds)
        busy.stop()
        return busy.spans

    async def frames(self, seconds: float) -> None:
        """Show the board for that long."""
        until = perf_counter() + seconds
        while perf_counter() < until:
            began = perf_counter()
            await show_frame(self._session)
            await asyncio.sleep(max(BEAT_S, FRAME_S - (perf_counter() - began)))


def on_screen(specs: tuple[SourceSpec, ...], measure: Callable[[Screen], Coroutine[Any, Any, T]]) -> T:
    """What ``measure`` finds on a window of 1920 by 1080 that has settled; one such window per process."""
    with TemporaryDirectory() as cache:
        app = application(["bench"], sandboxed=False)
        engine = Engine(specs, definitions(AgencySettings(), Path()), _raised)
        session = Session(engine.clock, engine.sequence, Store(start(engine.clock.now())))
        verbs = ActingVerbs(engine.sequence.append, "bench", engine.hurry)
        engine.start()
        try:
            with QEventLoop(app) as loop:
                program = Program(session.store, verbs, Folders(layout=None, cache=Path(cache)))
                found: T = loop.run_until_complete(_settled(Screen(engine, session), program, measure))
                return found
        finally:
            engine.stop()


async def _settled(
    screen: Screen, program: Program, measure: Callable[[Screen], Coroutine[Any, Any, T]]
) -> T:
    program.resize(1920, 1080)
    program.show()
    await screen.frames(WARM_S)
    found = await measure(screen)
    program.close()
    return found


def _raised(error: BaseException) -> None:
    raise error
