"""The recorder's thread: it loads the databases only once it runs, so that no start waits for them."""

from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from msgspec.structs import replace

from console.archive.recording.ends import Ends, Progress, Unwritten
from console.archive.spec import ArchiveSpec

if TYPE_CHECKING:
    from console.archive.recording.keeper import Keeper
    from console.archive.recording.watch import Watch

DELAY_S = 1.5
"""After which recording begins at the latest; until then the sequence holds what happens."""

STOP_S = 5.0
"""That a stop waits for an archive which does not answer."""

LOOK_S = 1.0


class Recorder:
    """Records what its ends give, until it is stopped. ``failed`` is called with what ended it unexpectedly."""

    def __init__(self, spec: ArchiveSpec, ends: Ends, failed: Callable[[BaseException], None]) -> None:
        self._spec, self._ends, self._failed = spec, ends, failed
        self._going, self._stopping, self._ended = Event(), Event(), Event()
        self._delay = DELAY_S
        self._thread = Thread(target=self._run, name="recorder", daemon=True)
        self._keeper: Keeper | None = None
        self.progress = Progress()
        self.unwritten = Unwritten()
        """Once it was stopped: what is not in the archive, and will not be."""

    def start(self, delay_s: float = DELAY_S) -> None:
        """Begin to record once `go` is called, or after ``delay_s`` seconds."""
        self._delay = delay_s
        self._thread.start()

    def go(self) -> None:
        """The program has started: nothing is held up by recording any more."""
        self._going.set()

    def stop(self, wait_s: float = STOP_S) -> bool:
        """Write the last of it and end the run; whether all was written, within ``wait_s`` seconds."""
        self._stopping.set()
        self._going.set()
        self._thread.join(wait_s)
        self.unwritten = self._left()
        return not self.unwritten.events

    def _left(self) -> Unwritten:
        left = self._keeper.unwritten if self._keeper else Unwritten()
        if not self._thread.is_alive():
            return left
        waiting = self._ends.tapped().events  # whoever should take them is held up
        first = waiting[0].at if waiting else None
        return Unwritten(left.events + len(waiting), left.since or first)

    def _run(self) -> None:
        self._going.wait(self._delay)
        from console.archive.recording.watch import Watch

        watch = Watch(self._ends)
        Thread(target=self._watched, args=(watch,), name="recorder watch", daemon=True).start()
        try:
            self._record(watch)
        except BaseException as error:
            self._failed(error)
            raise
        finally:
            self._ended.set()

    def _record(self, watch: "Watch") -> None:
        from console.archive.recording.keeper import Keeper

        keeper = self._keeper = Keeper(self._spec, replace(self._ends, tell=watch.tell))
        while not self._stopping.is_set():
            keeper.work()
            watch.came_round()
            self.progress = keeper.progress
            self._stopping.wait(keeper.pace_s)
        keeper.close()
        self.progress = keeper.progress

    def _watched(self, watch: "Watch") -> None:
        while not self._ended.wait(LOOK_S):
            watch.look()
