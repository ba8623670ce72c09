"""A recorded shift, opened: its parts, and which of them a moment lies in."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.archive.recording.marking import alarm_mark
from console.archive.replay.lines import read
from console.archive.replay.reader import Reader
from console.archive.replay.tape import STRIDE, Tape, has_part
from console.archive.shelf.index import Part, Run, latest_first, parts_of, run_of
from console.archive.store.database import Database
from console.archive.store.errors import ArchiveError
from console.domain.state import State, advance
from console.domain.track import Mark

OPENING = timedelta(minutes=5)
"""How far into a shift its first rows are looked for."""

SECOND = timedelta(seconds=1)


class Tapes:
    """All that can be read of a shift, for any number of replays of it. Threads may share it."""

    def __init__(self, database: Database, shift: str) -> None:
        """Read where everything is. Raises `ArchiveError`."""
        self._shift, self._reader = shift, Reader(database)
        self._tapes: tuple[Tape, ...] = ()
        self._reader.ask(self._learn)
        self.first: State = self._first()
        self.alarms: tuple[Mark, ...] = ()
        """The alarms of a shift that nobody recorded, once boards were made of it."""

    @property
    def run(self) -> int:
        """The run that the shift begins with: no other shift of this name has it."""
        return self._tapes[0].index.run.id

    @property
    def since(self) -> datetime:
        """The first moment that can be shown."""
        return self._tapes[0].index.part.since

    @property
    def until(self) -> datetime:
        """The last moment that can be shown, as far as is known; it moves on while the shift is recorded."""
        return self._tapes[-1].index.end

    @property
    def growing(self) -> bool:
        """Whether more may come."""
        return self._tapes[-1].index.growing

    @property
    def trouble(self) -> str:
        """Why the archive cannot be read right now; empty while it can."""
        return self._reader.trouble

    def look(self) -> None:
        """Learn how the shift went on. Raises `ArchiveError`, and knows then what it knew."""
        self._reader.ask(self._learn)

    def try_again(self) -> None:
        """Ask the archive now, if it did not answer before; for a thread that may wait."""
        self._reader.try_again()

    def at(self, moment: datetime) -> Tape:
        """The part that shows ``moment``: behind the end of one it stays until the next begins."""
        place = bisect_right(self._tapes, moment, key=lambda tape: tape.index.part.since)
        return self._tapes[max(0, place - 1)]

    def warm(self, stop: Callable[[], bool]) -> None:
        """Make boards ahead where the archive has none, until ``stop``; for a thread that has the time.

        Raises `ArchiveError`.
        """
        moment, found = self.since, dict[tuple[str, datetime], Mark]()
        while moment <= self.until and not stop():
            tape = self.at(moment)
            if not tape.near(moment):
                _mark(tape.at(moment)[0], found)
            moment += STRIDE
        self.alarms = tuple(found.values())

    def ends(self) -> tuple[State, ...]:
        """The last board of each part; reading them takes a while. Raises `ArchiveError`."""
        found = []
        for tape in self._tapes:
            state, stretch = tape.at(tape.index.end)
            found.append(advance(state, stretch.events, tape.index.end))
        return tuple(found)

    def there(self) -> bool:
        """Whether any of it is still in the archive. Raises `ArchiveError`."""
        return self._reader.ask(
            lambda connection: any(has_part(connection, tape.index.part) for tape in self._tapes)
        )

    def opening(self) -> datetime:
        """Where there is something to see first: a second behind the first rows of a known agency.

        Raises `ArchiveError`.
        """
        state, tape, found = self.first, self._tapes[0], None
        if state.agencies and _told(state):
            return self.since
        reach = min(tape.index.end, self.since + OPENING)
        for event in tape.after(state.seen, reach).events:
            state = advance(state, (event,), event.at)
            if _told(state):
                found = found or state.at
                if state.agencies:
                    return min(state.at + SECOND, reach)
        return self.since if found is None else min(found + SECOND, reach)

    def _first(self) -> State:
        if not self._tapes:
            raise ArchiveError(f"nothing of the shift {self._shift} is in the archive: see `shifts`")
        state, stretch = self._tapes[0].at(self.since)
        return advance(state, stretch.events, self.since)

    def _learn(self, connection: Connection) -> None:
        known = {(tape.index.run.id, tape.index.part.first): tape for tape in self._tapes}
        found = []
        for part in parts_of(connection, self._shift):
            run = run_of(connection, part.run)
            if run is not None:
                tape = known.get((part.run, part.first))
                found.append(self._tape(connection, tape, run, part))
        self._tapes = tuple(found) or self._tapes

    def _tape(self, connection: Connection, known: Tape | None, run: Run, part: Part) -> Tape:
        latest = part.first == latest_first(connection, run.id)
        if known is None:
            return Tape(self._reader, read(connection, run, part, latest=latest))
        known.look(connection, run, part, latest=latest)
        return known


def _mark(state: State, found: dict[tuple[str, datetime], Mark]) -> None:
    for alarm in (*state.alarms.ended, *state.alarms.standing.values()):
        if alarm.announced_at is not None and not alarm.chatters:
            found.setdefault((alarm.id, alarm.raised_at), alarm_mark(alarm))


def _told(state: State) -> bool:
    return bool(state.calls or state.units)
