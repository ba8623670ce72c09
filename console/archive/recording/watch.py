"""Watches the recorder's thread from outside: where the archive hangs, that thread cannot tell of it."""

from datetime import timedelta
from threading import Lock
from typing import Final

from msgspec.structs import replace

from console.archive.recording.ends import Ends
from console.archive.recording.turns import clock
from console.domain.recording import Recording, RecordingState

LATE_S: Final = 10.0


class Watch:
    """What the recorder tells goes through here; `look` is for another thread, `came_round` for the recorder's."""

    def __init__(self, ends: Ends) -> None:
        self._ends = ends
        self._lock = Lock()
        self._round = ends.steady()
        self._newest: Recording | None = None
        self._late = False

    def tell(self, recording: Recording) -> None:
        """The recorder's own word, which goes before any of ours."""
        with self._lock:
            self._newest, self._late, self._round = recording, False, self._ends.steady()
            self._ends.tell(recording)

    def came_round(self) -> None:
        """The recorder is not held up."""
        with self._lock:
            self._round = self._ends.steady()

    def look(self) -> None:
        """Tell that nothing is written where the recorder is held up, and that it goes on once it is not."""
        with self._lock:
            quiet = self._ends.steady() - self._round
            if self._late == (quiet > LATE_S):
                return
            self._late = not self._late
            if self._late:
                self._ends.tell(self._held_up(timedelta(seconds=quiet)))
            elif self._newest is not None:
                self._ends.tell(replace(self._newest, since=self._ends.board().at))

    def _held_up(self, quiet: timedelta) -> Recording:
        board = self._ends.board()
        since = board.at - quiet
        detail = f"The archive has not answered since {clock(since, board.agency)}."
        tip = (
            "See the disk or the server it is on. Recording goes on by itself once it answers; what happens "
            "until then is kept in memory."
        )
        place, lost = (self._newest.place, self._newest.lost) if self._newest else ("", 0)
        return Recording(RecordingState.PAUSED, since, place, detail, tip, lost)
