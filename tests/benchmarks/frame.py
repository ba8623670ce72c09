"""The screen thread at design load: work per frame and the longest stall, with a large reply beside it."""

import asyncio
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from qasync import QEventLoop

from console.app import calm_collector, show_frame
from console.commands.connect import definitions
from console.domain.state import State, start
from console.domain.vocabulary import FeedName
from console.engine import Engine
from console.feeds.spec import SourceSpec
from console.session.session import Session
from console.session.store import Store
from console.session.verbs import LiveVerbs
from console.settings import AgencySettings
from console.simulator.child import Child
from console.simulator.options import ServeOptions
from console.ui.program import Folders, Program, application
from tests.benchmarks.figure import Figure, at_most

STALL_MS = 50.0
WORK_MS = 15.0
FRAME_S = 0.25
BEAT_S = 0.001
WARM_S = 8.0
MEASURE_S = 30.0


class Busy:
    """When the screen thread was not free to answer: a beat each millisecond, and the gaps between beats.

    The dispatcher's own signals will not do: timers, and so the session's frames, run outside of them.
    """

    def __init__(self) -> None:
        self.spans: list[tuple[float, float]] = []
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


def figures() -> list[Figure]:
    """Median work of a frame and the longest stall, in ms, over half a minute."""
    busy, replies = _watched()
    first = busy[0][0]
    frames = dict.fromkeys(range(int(MEASURE_S / FRAME_S)), 0.0)
    for began, spent in busy:
        frame = int((began - first) / FRAME_S)
        frames[frame] = frames.get(frame, 0.0) + spent * 1_000
    longest = max(spent for _, spent in busy) * 1_000
    load = f"1,000 calls, 2,000 units, 10 % a second; {replies} large replies beside"
    return [
        at_most("stall_ms", longest, STALL_MS, f"the longest of {len(busy)} spans; {load}", kind="absolute"),
        at_most(
            "frame_ms",
            statistics.median(frames.values()),
            WORK_MS,
            f"median of {len(frames)} frames",
            kind="absolute",
        ),
    ]


def _watched() -> tuple[list[tuple[float, float]], int]:
    with (
        Child(ServeOptions(scenario="load:1000x2000")) as child,
        _big_server() as url,
        TemporaryDirectory() as cache,
    ):
        app = application(["bench"], sandboxed=False)
        every = dict.fromkeys(FeedName, 1.0)
        specs = (
            SourceSpec(name="city", url=child.url, every=every),
            SourceSpec(name="archive", url=url, feeds=(FeedName.CALLS,), every=every),
        )
        broken: list[BaseException] = []
        engine = Engine(specs, definitions(AgencySettings(), Path()), broken.append)
        session = Session(engine.clock, engine.sequence, Store(start(engine.clock.now())))
        verbs = LiveVerbs(engine.sequence, "bench", engine.hurry)
        engine.start()
        try:
            folders = Folders(layout=None, cache=Path(cache))
            with QEventLoop(app) as loop:
                measured: tuple[list[tuple[float, float]], int] = loop.run_until_complete(
                    _run(session, Program(session.store, verbs, folders))
                )
                return measured
        finally:
            engine.stop()


async def _run(session: Session, program: Program) -> tuple[list[tuple[float, float]], int]:
    program.resize(1920, 1080)
    program.show()
    await _frames(session, WARM_S)
    calm_collector()
    busy = Busy()
    before = session.store.value.seen
    await _frames(session, MEASURE_S)
    busy.stop()
    program.close()
    return busy.spans, _large_replies(session.store.value) if session.store.value.seen > before else 0


def _large_replies(state: State) -> int:
    """Each reply of the large server changes its rows, whose last word counts the replies."""
    return max(
        int(call.narrative.rpartition(" ")[2])
        for key, call in state.calls.items()
        if key.startswith("archive/old-")
    )


async def _frames(session: Session, seconds: float) -> None:
    until = perf_counter() + seconds
    while perf_counter() < until:
        began = perf_counter()
        await show_frame(session)
        await asyncio.sleep(max(0.001, FRAME_S - (perf_counter() - began)))


@contextmanager
def _big_server() -> Iterator[str]:
    command = [sys.executable, "-m", "tests.benchmarks.big_server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()
