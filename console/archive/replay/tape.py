"""One part of a shift: how its boards and events join, and what to do where some of them are missing."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, select

from console.archive.codec.blocks import Damaged
from console.archive.replay.lines import Lines, grown, read
from console.archive.replay.reader import Moved, Reader
from console.archive.replay.waypoints import Waypoints
from console.archive.shelf.index import BlockLine, CheckpointLine, Part, Run
from console.archive.store.errors import Gone
from console.archive.store.tables import parts
from console.domain.events import Recorded
from console.domain.state import State, advance, start

FAR = timedelta(minutes=4)
"""How much a session is given to fold in one go; what lies behind is folded here, and kept for the next time."""

STRIDE = timedelta(minutes=2)
MANY = 300
"""Events in one go, for the same reason."""

_first = attrgetter("first")
_at = attrgetter("at")


class Stretch(Struct, frozen=True):
    """Events that follow each other; ``stuck``: the next ones should be there and cannot be read."""

    events: Sequence[Recorded]
    stuck: bool = False


class Tape:
    """The events and boards of one part, as far as they can be read. Threads may share it."""

    def __init__(self, reader: Reader, index: Lines) -> None:
        self._reader, self._index = reader, index
        self._waypoints = Waypoints()

    @property
    def index(self) -> Lines:
        """Where everything is, as far as is known."""
        return self._index

    def look(self, connection: Connection, run: Run, part: Part, *, latest: bool) -> None:
        """Learn how the recording went on."""
        self._index = grown(self._index, connection, run, part, latest=latest)

    def reread(self) -> None:
        """Learn anew where everything is, after something was not where it had been. Raises `Gone`."""
        known = self._index

        def found(connection: Connection) -> Lines | None:
            there = has_part(connection, known.part)
            return read(connection, known.run, known.part, latest=known.latest) if there else None

        if (index := self._reader.ask(found)) is None:
            raise Gone("the shift was removed from the archive")
        self._index = index

    def after(self, seen: int, until: datetime) -> Stretch:
        """The events behind the first ``seen``, none later than ``until``."""
        for _ in range(3):
            try:
                return self._after(seen, until)
            except Moved:
                self.reread()
        return self._after(seen, until)

    def _after(self, seen: int, until: datetime) -> Stretch:
        index, found, due = self._index, list[Recorded](), seen + 1
        place = max(0, bisect_right(index.blocks, due, key=_first) - 1)
        for line in index.blocks[place:]:
            if line.last < due:
                continue
            if line.since > until or (index.last is not None and line.first > index.last):
                break
            if line.first > due:
                return Stretch(found, stuck=True)
            try:
                events = self._reader.events(index.run.id, line)
            except Damaged:
                return Stretch(found, stuck=True)
            events = events[due - line.first : None if index.last is None else index.last - line.first + 1]
            count = bisect_right(events, until, key=_at)
            found += events[:count]
            if count < len(events):
                break
            due = line.last + 1
        return Stretch(found)

    def joins(self, seen: int, until: datetime) -> bool:
        """Whether a board behind the first ``seen`` events, up to ``until``, is at hand."""
        line = self._checkpoint(until)
        return line is not None and line.seen > seen

    def bridged(self, seen: int, until: datetime) -> bool:
        """Whether the events missing behind ``seen`` have to be passed over, as no board will ever come to help."""
        return self._bridge(seen, until) is not None

    def at(self, until: datetime) -> tuple[State, Stretch]:
        """A board at ``until`` or a little before, and the events from there on."""
        for _ in range(3):
            try:
                return self._at(until)
            except Moved:
                self.reread()
        return self._at(until)

    def near(self, until: datetime) -> bool:
        """Whether the archive has a board shortly before ``until``."""
        line = self._checkpoint(until)
        return line is not None and until - line.at <= FAR

    def held(self, until: datetime) -> State | None:
        """A board at ``until`` or before it that is in memory."""
        return self._waypoints.before(until)

    def _at(self, until: datetime) -> tuple[State, Stretch]:
        state = self._base(until)
        while True:
            stretch = self.after(state.seen, min(until, state.at + FAR))
            bridge = self._bridge(state.seen + len(stretch.events), until) if stretch.stuck else None
            if bridge is not None:
                state = self._over(advance(state, stretch.events, bridge.since), bridge)
            elif until - state.at <= FAR and len(stretch.events) <= MANY:
                return state, stretch
            else:
                state = self._onward(state, stretch, until)
            self._waypoints.add(state)

    def _onward(self, state: State, stretch: Stretch, until: datetime) -> State:
        """The board some events or minutes further on."""
        events = stretch.events[:MANY]
        reach = min(until, state.at + STRIDE)
        if len(events) < len(stretch.events):
            reach = min(reach, events[-1].at)
        return advance(state, events[: bisect_right(events, reach, key=_at)], reach)

    def _over(self, state: State, bridge: BlockLine) -> State:
        return replace(state, seen=bridge.first - 1)

    def _base(self, until: datetime) -> State:
        index = self._index
        own = self._waypoints.before(until)
        while (line := self._checkpoint(until)) is not None and (own is None or line.at > own.at):
            try:
                return self._reader.board(index.run.id, line)
            except Damaged:
                continue
        return own or start(index.run.began)

    def _checkpoint(self, until: datetime) -> CheckpointLine | None:
        """The last one up to ``until`` that nothing speaks against."""
        index = self._index
        for place in range(bisect_right(index.checkpoints, until, key=_at), 0, -1):
            line = index.checkpoints[place - 1]
            if self._reader.sound(index.run.id, line):
                return line
        return None

    def _bridge(self, seen: int, until: datetime) -> BlockLine | None:
        """The block to go on with, where events behind ``seen`` are missing and no checkpoint follows them."""
        index = self._index
        if index.growing:
            return None
        later = (line for line in index.blocks if line.first > seen + 1)
        line = next((line for line in later if self._readable(line)), None)
        if line is None or line.since > until or (index.last is not None and line.first > index.last):
            return None
        helps = any(
            check.seen > seen and self._reader.sound(index.run.id, check) for check in index.checkpoints
        )
        return None if helps else line

    def _readable(self, line: BlockLine) -> bool:
        try:
            self._reader.events(self._index.run.id, line)
        except Damaged:
            return False
        return True


def has_part(connection: Connection, part: Part) -> bool:
    """Whether the archive still has that part; numbers of runs are never used again."""
    table = parts.c
    wanted = select(table.run).where(table.run == part.run, table.first == part.first).limit(1)
    return connection.scalar(wanted) is not None
