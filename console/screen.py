"""The screen thread's tasks: frames of whichever board is shown, the window, and pictures where they are wanted."""

import asyncio
import contextlib
import gc
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from console.domain.state import State
from console.session.clock import steady
from console.session.session import Session
from console.session.showing import Showing
from console.stage import show
from console.ui.program import Program
from console.ui.shots import Shots

FRAME_S = 0.25
FIRST_FRAME_S = 0.03
"""Until the first rows are there a frame is shorter: a quarter of a second would be felt at the start."""

START_S = 3.0
"""When the start is over, whether rows have come or not."""

CALM_S = 1.0
"""After the first rows are known, when they are on the screen too."""

_log = logging.getLogger(__name__)


async def show_frame(board: Session | Showing) -> None:
    """One frame of the board, with a chance for everything else on the screen thread after each turn."""
    for _ in board.turns():
        await asyncio.sleep(0)


def calm_collector() -> None:
    """Keep the garbage collector from walking what start-up made: it lives as long as the program.

    A full collection over it held the screen thread for 82 ms (measured); over what comes later it is short.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


class Tasks:
    """What windows ask for that takes a while; ended with the program, like frames that were asked for at once."""

    def __init__(self) -> None:
        self._group: asyncio.TaskGroup | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Start ``work`` beside the frames; raises `RuntimeError` while no window is shown."""
        if self._group is None:
            raise RuntimeError("there is no window that could wait for this")
        task = self._group.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def wake(self) -> None:
        """Have the next frame now."""
        self._woken.set()

    def begin(self, group: asyncio.TaskGroup) -> None:
        """From here on work runs in ``group``."""
        self._group = group

    def end(self) -> None:
        """Stop what still runs."""
        self._group = None
        for task in tuple(self._running):
            task.cancel()

    async def pause(self, seconds: float) -> None:
        """Wait, but not longer than until `wake`."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)
        self._woken.clear()


class Desktop:
    """Moves the boards and shows the window.

    ``opening`` is called when tasks can be started, ``ready`` once the first rows are on the screen.
    """

    def __init__(
        self,
        showing: Showing,
        program: Program,
        tasks: Tasks,
        ready: Callable[[], None],
        opening: Callable[[], None],
    ) -> None:
        self._showing, self._program, self._tasks = showing, program, tasks
        self._ready, self._opening = ready, opening

    async def run(self, shots: Shots | None, broken: list[BaseException]) -> State:
        """Until the window is closed or the pictures are taken; the board as it was shown last."""
        self._program.painted.connect(self._first_row)
        async with asyncio.TaskGroup() as group:
            self._tasks.begin(group)
            self._opening()
            frames = group.create_task(self._frames())
            await show(self._program, shots, broken)
            frames.cancel()
            self._tasks.end()
        return self._showing.shown.value

    async def _frames(self) -> None:
        seen, start_over = False, steady() + START_S
        while True:
            began = steady()
            await show_frame(self._showing)
            if not seen and (self._showing.shown.value.calls or steady() > start_over):
                seen = True
                asyncio.get_running_loop().call_later(CALM_S, self._calm)
            spent = steady() - began
            await self._tasks.pause(max(0.001, (FRAME_S if seen else FIRST_FRAME_S) - spent))

    def _calm(self) -> None:
        calm_collector()
        self._ready()

    def _first_row(self) -> None:
        _log.info("first row painted")
