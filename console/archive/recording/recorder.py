"""The recorder's thread: it loads the databases only once it runs, so that no start waits for them."""

from collections.abc import Callable
from threading import Event, Thread

from console.archive.recording.ends import Ends, Progress
from console.archive.spec import ArchiveSpec

DELAY_S = 1.5
"""After which recording begins at the latest; until then the sequence holds what happens."""

STOP_S = 5.0
"""That a stop waits for an archive which does not answer."""


class Recorder:
    """Records what its ends give, until it is stopped. ``failed`` is called with what ended it unexpectedly."""

    def __init__(self, spec: ArchiveSpec, ends: Ends, failed: Callable[[BaseException], None]) -> None:
        self._spec, self._ends, self._failed = spec, ends, failed
        self._going, self._stopping = Event(), Event()
        self._delay = DELAY_S
        self._thread = Thread(target=self._run, name="recorder", daemon=True)
        self.progress = Progress()

    def start(self, delay_s: float = DELAY_S) -> None:
        """Begin to record once `go` is called, or after ``delay_s`` seconds."""
        self._delay = delay_s
        self._thread.start()

    def go(self) -> None:
        """The program has started: nothing is held up by recording any more."""
        self._going.set()

    def stop(self, wait_s: float = STOP_S) -> bool:
        """Write the last of it and end the run; whether that was done within ``wait_s`` seconds."""
        self._stopping.set()
        self._going.set()
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self._going.wait(self._delay)
        from console.archive.recording.keeper import Keeper

        try:
            keeper = Keeper(self._spec, self._ends)
            while not self._stopping.is_set():
                keeper.work()
                self.progress = keeper.progress
                self._stopping.wait(keeper.pace_s)
            keeper.close()
            self.progress = keeper.progress
        except BaseException as error:
            self._failed(error)
            raise
