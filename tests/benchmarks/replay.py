"""A surge shift replayed in the real window: opening, jumping anywhere, and playing 240 times as fast."""

import asyncio
import random
import statistics
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from qasync import QEventLoop

from console.archive.recording.ends import Ends
from console.archive.recording.keeper import Keeper
from console.archive.spec import ArchiveSpec
from console.domain.recording import Recording
from console.domain.state import start
from console.library import Library
from console.recorded import RecordedShifts
from console.screen import Tasks, calm_collector, show_frame
from console.session.clock import FixedClock, wall
from console.session.session import Session
from console.session.showing import Showing
from console.session.store import Store
from console.session.verbs import shown_verbs
from console.ui.program import Folders, Program, application
from tests.benchmarks.bare import Bare
from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.recording import Shift
from tests.benchmarks.screen import BEAT_S, FRAME_S, Busy
from tests.benchmarks.surge import Surge

OPEN_MS, SEEK_MS, FRAME_MS = 300.0, 100.0, 50.0
BARE_TIMES = 5.0
SEEKS, PLAYED_S, SPEED = 200, 20.0, 240.0
WARM_S = 6.0


def figures() -> list[Figure]:
    """Twelve hours with 500 units, a fix each five seconds, and 3,000 calls, from a file."""
    with tempfile.TemporaryDirectory() as folder:
        surge, place = Surge(), Path(folder)
        spec = ArchiveSpec(str(place / "shifts.db"))
        record(surge, spec)
        return [*_sought(surge, spec), *_in_the_window(surge, spec, place)]


def record(surge: Surge, spec: ArchiveSpec) -> None:
    """Have ``surge`` recorded, a minute at a time."""
    shift = Shift(surge)
    keeper = Keeper(spec, Ends(shift.tapped, shift.empty, _unheard, shift.steady, shift.wall))
    while shift.now < surge.until:
        shift.now = min(surge.until, shift.now + timedelta(seconds=30))
        keeper.work()
    keeper.close()


def _sought(surge: Surge, spec: ArchiveSpec) -> list[Figure]:
    """Jumps with all that the session does, each beside reading and decoding the same rows."""
    library = Library(spec, wall)
    opened = library.open(library.shifts()[0].id)
    clock = FixedClock(surge.start)
    session, dice = Session(clock, opened.source, Store(opened.first)), random.Random(7)
    bare, took, least = Bare(spec), list[float](), list[float]()
    for moment in _moments(surge, dice):
        clock.set(moment)
        took.append(_timed(session.step))
        assert session.store.value.at == moment
        least.append(bare.read(moment))
    library.close()
    bare.close()
    detail = f"{SEEKS} jumps anywhere, up to the new State"
    ratio = statistics.median(took) / statistics.median(least)
    return [
        at_most("seek_p95_ms", _p95(took) * 1e3, SEEK_MS, detail, kind="absolute"),
        at_most(
            "seek_vs_bare",
            ratio,
            BARE_TIMES,
            f"median, against reading and decoding alone ({statistics.median(least) * 1e3:.1f} ms)",
        ),
    ]


def _in_the_window(surge: Surge, spec: ArchiveSpec, folder: Path) -> list[Figure]:
    app = application(["bench"], sandboxed=False)
    library, showing, tasks = Library(spec, wall), Showing(None, Store(start(surge.start))), Tasks()
    recorded = RecordedShifts(showing, library, tasks.spawn, tasks.wake)
    verbs = shown_verbs(showing, None, "bench", _nothing)
    with QEventLoop(app) as loop:
        program = Program(showing.shown, verbs, Folders(layout=None, cache=folder / "cache"), recorded)
        found: list[Figure] = loop.run_until_complete(
            _Window(program, recorded, showing, tasks).measured(surge)
        )
    library.close()
    return found


class _Window:
    """A window of 1920 by 1080 in which the shift is opened, sought in and played."""

    def __init__(self, program: Program, recorded: RecordedShifts, showing: Showing, tasks: Tasks) -> None:
        self._program, self._recorded, self._showing, self._tasks = program, recorded, showing, tasks

    async def measured(self, surge: Surge) -> list[Figure]:
        """Open, seek, play."""
        self._program.resize(1_920, 1_080)
        self._program.show()
        async with asyncio.TaskGroup() as group:
            self._tasks.begin(group)
            await self._frames(WARM_S)
            calm_collector()  # as the program does once it has started
            opened = await self._open()
            await self._frames(WARM_S)
            calm_collector()
            jumps = [await self._jump(moment) for moment in _moments(surge, random.Random(9))[:60]]
            stalls, frames = await self._play(surge)
            self._tasks.end()
        self._program.close()
        played = f"{SPEED:g} times, {PLAYED_S:g} s, all panels"
        return [
            _ms("open_ms", opened, OPEN_MS, "from the choice in the list to the first frame with all panels"),
            _ms("seek_shown_p95_ms", _p95(jumps), SEEK_MS, "to the frame, all panels told"),
            _ms("play_240_stall_ms", max(stalls, default=0), FRAME_MS, f"the longest span; {played}"),
            _ms("play_240_frame_ms", statistics.median(frames), None, f"median of {len(frames)}; {played}"),
        ]

    async def _open(self) -> float:
        shift = (await asyncio.to_thread(self._recorded.shelf.shifts))[0]
        began = perf_counter()
        await self._recorded.opened(shift.id, shift.since + timedelta(hours=6))
        await show_frame(self._showing)
        spent = perf_counter() - began
        assert self._showing.shown.value.calls
        return spent

    async def _jump(self, moment: datetime) -> float:
        playback = self._recorded.playback
        assert playback is not None
        began = perf_counter()
        playback.seek(moment)
        await show_frame(self._showing)
        spent = perf_counter() - began
        assert self._showing.shown.value.at == moment
        await asyncio.sleep(0.05)
        return spent

    async def _play(self, surge: Surge) -> tuple[list[float], list[float]]:
        playback = self._recorded.playback
        assert playback is not None
        playback.seek(surge.start + timedelta(hours=8))
        await self._frames(1.0)
        playback.run_at(SPEED)
        playback.toggle()
        busy = Busy()
        frames = await self._frames(PLAYED_S)
        busy.stop()
        assert playback.clock.now() - surge.start > timedelta(hours=8, seconds=0.9 * PLAYED_S * SPEED)
        return [spent for _, spent in busy.spans], frames

    async def _frames(self, seconds: float) -> list[float]:
        until, took = perf_counter() + seconds, list[float]()
        while (began := perf_counter()) < until:
            await show_frame(self._showing)
            took.append(perf_counter() - began)
            await asyncio.sleep(max(BEAT_S, FRAME_S - took[-1]))
        return took


def _ms(name: str, seconds: float, limit: float | None, detail: str) -> Figure:
    if limit is None:
        return Figure(name, seconds * 1e3, kind="absolute", detail=detail)
    return at_most(name, seconds * 1e3, limit, detail, kind="absolute")


def _moments(surge: Surge, dice: random.Random) -> list[datetime]:
    length = (surge.until - surge.start).total_seconds()
    return [surge.start + timedelta(seconds=dice.uniform(60, length)) for _ in range(SEEKS)]


def _timed(work: Any) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _unheard(_recording: Recording) -> None:
    """Nobody looks."""


def _nothing() -> None:
    """There is no feed to ask."""
