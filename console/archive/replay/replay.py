"""A recorded shift as a source: the live loop with these events and another clock is a replay."""

from contextlib import suppress
from datetime import datetime

from msgspec import Struct

from console.archive.replay.tape import FAR, Tape
from console.archive.replay.tapes import Tapes
from console.archive.store.errors import ArchiveError
from console.domain.due import Can, Due
from console.domain.state import State


class _Place(Struct, frozen=True):
    """How far the session that this is the source of has come."""

    tape: Tape
    seen: int
    at: datetime


class Replay:
    """The source of one session; any number may share one `Tapes`.

    Where events are missing the board stays, its ages rising, until the next checkpoint. What cannot be read
    because the archive is lost is waited for: ``trouble`` says so.
    """

    can: frozenset[Can] = frozenset({Can.SEEK})

    def __init__(self, tapes: Tapes) -> None:
        self._tapes = tapes
        self._place: _Place | None = None

    @property
    def trouble(self) -> str:
        """Why the archive cannot be read right now; empty while it can."""
        return self._tapes.trouble

    def rewind(self, to: datetime) -> State:
        """A board at ``to`` or before it; before the shift its first one."""
        if to <= self._tapes.since:
            return self._at(self._tapes.at(to), self._tapes.first)
        tape = self._tapes.at(to)
        try:
            return self._at(tape, tape.at(to)[0])
        except ArchiveError:
            return self._at(tape, tape.held(to) or self._tapes.first)

    def take(self, seen: int, until: datetime) -> Due:
        """The events behind the first ``seen`` of this part, or a board further on and those behind it."""
        try:
            return self._due(seen, self._reach(until))
        except ArchiveError:
            place = self._place
            return Due((), until if place is None else min(until, place.at))

    def _reach(self, until: datetime) -> datetime:
        tapes = self._tapes
        if tapes.growing and until >= tapes.until:
            with suppress(ArchiveError):
                tapes.look()
        return max(tapes.since, min(until, tapes.until))

    def _due(self, seen: int, until: datetime) -> Due:
        place, tape = self._place, self._tapes.at(until)
        if place is None or place.tape is not tape or place.seen != seen or until < place.at:
            return self._joined(tape, until)
        if until - place.at > FAR:
            return self._joined(tape, until)
        stretch = tape.after(seen, until)
        here = seen + len(stretch.events)
        if tape.joins(here, until) or (stretch.stuck and tape.bridged(here, until)):
            return self._joined(tape, until)
        self._place = _Place(tape, here, until)
        return Due(stretch.events, until)

    def _joined(self, tape: Tape, until: datetime) -> Due:
        state, stretch = tape.at(until)
        self._place = _Place(tape, state.seen + len(stretch.events), until)
        return Due(stretch.events, until, state)

    def _at(self, tape: Tape, state: State) -> State:
        self._place = _Place(tape, state.seen, state.at)
        return state
