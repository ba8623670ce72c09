"""Feeds and the ordering point on a thread of their own, without Qt: what every verb that reads starts."""

import asyncio
import sys
from collections.abc import Callable
from threading import Thread

from console.domain.definitions import Definitions
from console.domain.events import DefinitionsLoaded
from console.feeds.hub import Hub
from console.feeds.process.worker import Worker
from console.feeds.spec import SourceSpec
from console.session.clock import LiveClock, steady
from console.session.sequence import Sequence

SWITCH_INTERVAL_S = 0.0005
"""How long a thread may keep the interpreter while another waits: a 9 ms frame beside a busy engine
took 1.7 s with the default and 155 ms with this (measured)."""


class Engine:
    """One thread with one plain asyncio loop: polling and small decoding.

    ``failed`` is called on that thread with what ended it unexpectedly.
    """

    def __init__(
        self,
        specs: tuple[SourceSpec, ...],
        pack: Definitions,
        failed: Callable[[BaseException], None],
    ) -> None:
        self.clock = LiveClock()
        self.sequence = Sequence(self.clock)
        self.sequence.append(lambda at: DefinitionsLoaded(at, pack))
        self._worker = Worker()
        self._hub = Hub(specs, self.sequence, self.clock, steady, self._worker)
        self._failed = failed
        self._thread = Thread(target=self._run, name="engine", daemon=True)

    def start(self) -> None:
        """Begin to poll."""
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self._worker.warm()
        self._thread.start()

    def stop(self) -> None:
        """Stop polling and wait until the thread has ended."""
        self._hub.stop()
        self._thread.join()

    def hurry(self) -> None:
        """Poll every feed now."""
        self._hub.hurry()

    def _run(self) -> None:
        try:
            asyncio.run(self._hub.run())
        except BaseException as error:
            self._failed(error)
            raise
        finally:
            self._worker.close()
