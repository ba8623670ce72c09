"""A board that another console records, in place of an engine of one's own: no feed is polled."""

import sys
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from console.archive.following.mirror import Mirror
from console.archive.spec import ArchiveSpec
from console.domain.state import State
from console.engine import SWITCH_INTERVAL_S
from console.session.clock import steady, wall

if TYPE_CHECKING:
    from console.archive.recording.recorder import Recorder

STOP_S = 5.0
"""That a stop waits for an archive which does not answer."""


class Follower:
    """Follows ``archive`` on a thread of its own. ``failed`` is called on it with what ended it unexpectedly."""

    def __init__(self, archive: ArchiveSpec, failed: Callable[[BaseException], None]) -> None:
        self.clock = self.sequence = Mirror(steady, wall)
        self.recorder: Recorder | None = None  # as an engine that records nothing
        self._archive, self._failed = archive, failed
        self._stop = Event()
        self._thread = Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self._thread.start()

    def stop(self) -> None:
        """Stop; every connection is closed then, unless a server does not answer."""
        self._stop.set()
        self._thread.join(STOP_S)

    def shown_by(self, board: Callable[[], State]) -> None:
        """Nothing is recorded here, so nobody asks which board is shown."""

    def hurry(self) -> None:
        """There is no feed to poll: what the other console reads comes by itself."""

    def _run(self) -> None:
        from console.archive.following.follow import Follow  # the databases are loaded here, not at the start

        try:
            Follow(self._archive.url, self._archive.key, self.sequence).work(self._stop)
        except BaseException as error:
            self._failed(error)
            raise
