"""One shift of the archive, opened: its boards, what is done in its replays, and what of it cannot be had."""

from collections.abc import Callable
from datetime import datetime, timedelta
from operator import attrgetter

from msgspec.structs import replace

from console.archive.replay.corrected import Corrected
from console.archive.replay.layered import Layered
from console.archive.replay.overlay import Overlay
from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.shelf import overlaid
from console.archive.store import reading
from console.archive.store.database import Database
from console.domain.events import Acted
from console.domain.track import ShiftLine, Track

_at = attrgetter("at")

LEARN = timedelta(seconds=10)
"""How much more must be recorded of a shift before what is known by now is read anew."""


class Volume:
    """A shift on the screen. All but `recorded` may take a while, and raises `ArchiveError`. Threads may share it."""

    def __init__(self, database: Database, line: ShiftLine, tapes: Tapes, overlay: Overlay) -> None:
        self.line, self.track = line, Track(line.since, line.until)
        self.checked = False
        self._drawn: tuple[object, ...] = ()
        self._database, self.tapes, self.overlay = database, tapes, overlay
        self._corrected: Corrected | None = None
        self._lacking = ""
        self._gone: datetime | None = None

    @property
    def gone(self) -> bool:
        """Whether it is not in the archive any more, as far as is known."""
        return self._gone is not None

    @property
    def trouble(self) -> str:
        """What cannot be had or saved right now, since when, and what to do; empty while all is well."""
        told = (self._removed() or self.tapes.trouble, self.overlay.trouble, self._lacking)
        return " ".join(text for text in told if text)

    def remember(self) -> None:
        """What was done in its replays before."""
        self.overlay.found(self._done)

    def recorded(self) -> Layered:
        """The board as it was known then."""
        return Layered(Replay(self.tapes), self.overlay.acts)

    def corrected(self) -> Corrected:
        """The board as it is known by now; its alarms are those that came up then, as people had them."""
        self._corrected = Corrected(self.recorded(), self.tapes.ends())
        return self._corrected

    def look(self, now: datetime) -> None:
        """Learn how the recording went on, and whether it is still there."""
        self.tapes.try_again()
        if not self.gone and not self.tapes.there():
            self._gone = now
        if self.gone:
            return
        if growing := self.tapes.growing:
            self.tapes.look()
        corrected = self._corrected
        if corrected is not None and corrected.until is not None:
            more = self.tapes.until - corrected.until
            if more >= LEARN or (more and not growing):
                corrected.learn(self.tapes.ends())

    def told(self, read: Callable[[ShiftLine], Track]) -> Track:
        """The time axis, read anew only where there may be more on it: thousands of marks take their time."""
        alarms = self.tapes.alarms if self.line.imported else ()
        drawn = (self.line, self.tapes.until, len(self.overlay.acts()), self.checked, alarms)
        if drawn != self._drawn:
            track, self._drawn = read(self.line), drawn
            marks = sorted((*track.marks, *alarms), key=_at) if alarms else track.marks
            self.track = replace(track, marks=tuple(marks))
        return self.track

    def warm(self, stop: Callable[[], bool]) -> None:
        """Make boards ahead (`Tapes.warm`)."""
        self.tapes.warm(stop)

    def _done(self) -> list[Acted]:
        found = reading.ask(self._database, lambda connection: overlaid.done(connection, self.line.id))
        self._lacking = found.trouble
        return found.acts

    def _removed(self) -> str:
        if self._gone is None:
            return ""
        return (
            f"This shift was removed from the archive, as was seen at {self._gone:%H:%M} UTC: the board stays "
            "where it is, and what is still in memory can be seen. Open another shift, or leave this one."
        )
