"""Feeds, the ordering point and the recorder on threads of their own, without Qt: what every verb that reads starts."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from console.domain.definitions import Definitions
from console.domain.events import CarriedOver, DefinitionsLoaded, DefinitionsRefused, RecordingReported
from console.domain.recording import Recording
from console.domain.state import State, start
from console.feeds.hub import Hub
from console.feeds.process.worker import Worker
from console.feeds.spec import SourceSpec
from console.packfile import PackFile, PackWatch
from console.session.clock import LiveClock, steady, wall
from console.session.sequence import Sequence

if TYPE_CHECKING:  # where nothing is recorded, nothing of the archive is loaded
    from console.archive.recording.recorder import Recorder
    from console.archive.spec import ArchiveSpec

SWITCH_INTERVAL_S = 0.0005
"""How long a thread may keep the interpreter while another waits: a 9 ms frame beside a busy engine
took 1.7 s with the default and 155 ms with this (measured)."""


class Engine:
    """One thread with one plain asyncio loop: polling and small decoding.

    ``failed`` is called on that thread with what ended it unexpectedly. With an ``archive`` all that the
    sequence gives is recorded there, on a thread of the recorder's own. ``file`` is that of ``pack``: it is read again
    when it changes, on one more thread.
    """

    def __init__(
        self,
        specs: tuple[SourceSpec, ...],
        pack: Definitions,
        failed: Callable[[BaseException], None],
        archive: "ArchiveSpec | None" = None,
        file: Path | None = None,
    ) -> None:
        self.clock = LiveClock()
        self.sequence = Sequence(self.clock)
        self.sequence.append(lambda at: DefinitionsLoaded(at, pack))
        self._worker = Worker()
        self._hub = Hub(specs, self.sequence, self.clock, steady, self._worker)
        self._failed = failed
        self._thread = Thread(target=self._run, name="engine", daemon=True)
        self._board: Callable[[], State] = self._unseen
        self.recorder = self._recorder(archive) if archive else None
        self._pack = PackWatch(PackFile(file, pack, _Pack(self.sequence)), failed) if file else None
        if not archive:
            self.sequence.append(CarriedOver)  # no run before it: alarms wait for nothing

    def shown_by(self, board: Callable[[], State]) -> None:
        """``board`` gives the newest board that a session folded: where events were lost, recording goes on from it."""
        self._board = board

    def start(self) -> None:
        """Begin to poll."""
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self._worker.warm()
        self._thread.start()
        if self._pack:
            self._pack.start()
        if self.recorder:
            self.recorder.start()

    def stop(self) -> None:
        """Stop polling, wait until the thread has ended and, within bounds, until the last of it is recorded."""
        self._hub.stop()
        if self._pack:
            self._pack.stop()
        self._thread.join()
        if self.recorder:
            self.recorder.stop()

    def hurry(self) -> None:
        """Poll every feed now, and read the definitions again."""
        self._hub.hurry()
        if self._pack:
            self._pack.hurry()

    def _recorder(self, archive: "ArchiveSpec") -> "Recorder":
        from console.archive.recording.ends import Ends
        from console.archive.recording.recorder import Recorder

        ends = Ends(self.sequence.tap(), self._newest, self._tell, steady, wall, self.sequence.append)
        return Recorder(archive, ends, self._failed)

    def _newest(self) -> State:
        return self._board()

    def _unseen(self) -> State:
        return start(self.sequence.began)

    def _tell(self, recording: Recording) -> None:
        self.sequence.append(lambda at: RecordingReported(at, recording))

    def _run(self) -> None:
        try:
            asyncio.run(self._hub.run())
        except BaseException as error:
            self._failed(error)
            raise
        finally:
            self._worker.close()


class _Pack:
    """Puts what is read of the definitions into the sequence."""

    def __init__(self, sequence: Sequence) -> None:
        self._sequence = sequence

    def loaded(self, pack: Definitions) -> None:
        self._sequence.append(lambda at: DefinitionsLoaded(at, pack))

    def refused(self, file: str, flaws: tuple[str, ...], more: int) -> None:
        self._sequence.append(lambda at: DefinitionsRefused(at, file, flaws, more))
