"""What recording costs: the recorder's share of a core while a surge shift happens, and the room that it takes."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import thread_time

from console.archive.recording.ends import Ends
from console.archive.recording.keeper import ALONE_S, Keeper
from console.archive.spec import ArchiveSpec
from console.domain.due import Tapped
from console.domain.events import Recorded
from console.domain.recording import Recording
from console.domain.state import State, start
from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.surge import Surge

CORE_LIMIT = 0.05
ROOM_LIMIT_MB = 60.0


class Shift:
    """A surge shift that is tapped as it would be while it happens."""

    def __init__(self, surge: Surge) -> None:
        self.now = surge.start
        self._coming = surge.events()
        self._next = next(self._coming, None)
        self._taken, self._began = 1, surge.start

    def tapped(self) -> Tapped:
        """What happened since the last time."""
        due: list[Recorded] = []
        while self._next is not None and self._next.at <= self.now:
            due.append(self._next)
            self._next = next(self._coming, None)
        first, self._taken = self._taken, self._taken + len(due)
        return Tapped(due, first, self.now, self._began, anew=False)

    def empty(self) -> State:
        """No board is needed: nothing is lost."""
        return start(self.now)

    def steady(self) -> float:
        """Seconds of the shift."""
        return self.now.timestamp()

    def wall(self) -> datetime:
        """The time of the shift."""
        return self.now


def figures() -> list[Figure]:
    """Twelve hours with 500 units, a fix each five seconds, and 3,000 calls, into a file."""
    surge = Surge()
    return measured(surge)


def measured(surge: Surge) -> list[Figure]:
    """The recorder's CPU seconds per second of ``surge``, its longest turn, and the file's size."""
    with tempfile.TemporaryDirectory() as folder:
        shift, file = Shift(surge), Path(folder) / "shifts.db"
        spent, longest = _recorded(shift, surge.until, file)
        size = file.stat().st_size / 1e6
    seconds = (surge.until - surge.start).total_seconds()
    return [
        at_most("recorder_core", spent / seconds, CORE_LIMIT, f"CPU seconds a second, over {seconds:.0f} s"),
        Figure("recorder_longest_turn_ms", longest * 1e3, kind="absolute", detail="CPU, on its own thread"),
        at_most("shift_mb", size, ROOM_LIMIT_MB, "the file, with its checkpoints", kind="absolute"),
    ]


def _recorded(shift: Shift, until: datetime, file: Path) -> tuple[float, float]:
    ends = Ends(shift.tapped, shift.empty, _unheard, shift.steady, shift.wall)
    keeper, spent, longest = Keeper(ArchiveSpec(str(file)), ends), 0.0, 0.0
    while shift.now < until:
        shift.now += timedelta(seconds=ALONE_S)
        began = thread_time()
        keeper.work()
        turn = thread_time() - began
        spent, longest = spent + turn, max(longest, turn)
    keeper.close()
    return spent, longest


def _unheard(_recording: Recording) -> None:
    """Nobody watches."""
