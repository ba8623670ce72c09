"""Recorded shifts for the windows: an archive is read on other threads, and what was found is put on the screen."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from console.domain.due import Can
from console.domain.state import State
from console.domain.track import ShiftLine, Track
from console.session.clock import steady
from console.session.playing import Overlay, Playback, Playing
from console.session.replays import Choices
from console.session.session import Session
from console.session.showing import Showing
from console.session.source import Source
from console.session.store import Store
from console.session.transport import Span, TransportClock

SHOWN_S = 0.5
"""Until a shift is on the screen: what nobody waits for is read after that."""

LOOK_S = 2.0
"""How often it is seen how far a shift that is still being recorded has come."""

Spawn = Callable[[Coroutine[Any, Any, None]], object]


class CannotRead(Exception):
    """The archive or the shift cannot be read; the text says why and what to do."""


class Opened(Struct, frozen=True):
    """One shift, ready to be played. ``corrected`` reads to the end (`CannotRead`): not on the screen's thread.

    ``first`` is the board with which the shift begins, at ``opening`` it first shows the agency and its rows.
    """

    line: ShiftLine
    track: Track
    source: Source
    corrected: Callable[[], Source]
    overlay: Overlay
    first: State
    opening: datetime


class Shelf(Protocol):
    """The archive, as far as replaying needs it; every call may take a while, and raises `CannotRead`."""

    def shifts(self) -> tuple[ShiftLine, ...]:
        """What is recorded, newest first."""
        ...

    def open(self, shift: str) -> Opened:
        """The shift of that id."""
        ...

    def look(self, shift: str) -> tuple[ShiftLine, Track, str]:
        """How the shift stands by now, and what of it cannot be had."""
        ...

    def close(self) -> None:
        """Give the archive back."""
        ...


class RecordedShifts:
    """Finds and opens recorded shifts (`Replays`).

    ``spawn`` starts a task of the screen's loop; ``wake`` asks it for a frame at once.
    """

    def __init__(self, showing: Showing, shelf: Shelf, spawn: Spawn, wake: Callable[[], None]) -> None:
        self._showing, self._shelf, self._spawn, self._wake = showing, shelf, spawn, wake
        self.choices = Store(Choices())
        self._asked = 0

    @property
    def shelf(self) -> Shelf:
        """Where shifts are read from."""
        return self._shelf

    @property
    def playing(self) -> Store[Playing | None]:
        """The replay on the screen."""
        return self._showing.playing

    @property
    def live(self) -> Store[State] | None:
        """The live board, shown or not."""
        return self._showing.live.store if self._showing.live is not None else None

    @property
    def can(self) -> frozenset[Can]:
        """What the board on the screen allows."""
        return self._showing.can

    @property
    def playback(self) -> Playback | None:
        """The controls of the replay on the screen."""
        return self._showing.playback

    def ask(self) -> None:
        """Read anew which shifts there are."""
        self.choices.set(replace(self.choices.value, asking=True))
        self._spawn(self._list())

    def open(self, shift: str, at: datetime | None = None) -> None:
        """Put a shift on the screen."""
        self._spawn(self.opened(shift, at))

    def back(self, by: timedelta) -> None:
        """Show the running shift as it was, while it is being recorded; in a replay go back in that."""
        if self.playback is not None:
            self.playback.step(-by)
        else:
            self._spawn(self._behind(by))

    def back_to_live(self) -> None:
        """Show the live board."""
        self._asked += 1
        self._showing.back_to_live()
        self._wake()

    async def opened(self, shift: str, at: datetime | None, speed: float = 1.0) -> None:
        """Open a shift and show it; where that fails `choices` tells why. What was asked last wins."""
        self._asked += 1
        asked = self._asked
        try:
            found = await asyncio.to_thread(self._shelf.open, shift)
        except CannotRead as error:
            self.choices.set(replace(self.choices.value, asking=False, trouble=str(error)))
            return
        if asked == self._asked:
            self.put(found, found.opening if at is None else at, speed)

    def put(self, found: Opened, at: datetime, speed: float) -> Playback:
        """Show an opened shift at ``at``, standing; once it is played, at ``speed``."""
        playback: Playback | None = None

        def span() -> Span:
            line = found.line if playback is None else playback.playing.value.shift
            return Span(line.since, line.until, line.going)

        clock = TransportClock(steady, span, span().held(at), self._wake)
        clock.run_at(speed)
        playing = Playing(found.line, found.track, going=self._showing.live is not None)
        session = Session(clock, found.source, Store(found.first))
        playback = Playback(clock, session, found.overlay, playing)
        self._showing.replay(playback)
        self._spawn(self._follow(playback))
        self._spawn(self._correct(playback, found))
        self._wake()
        return playback

    async def _list(self) -> None:
        try:
            found = await asyncio.to_thread(self._shelf.shifts)
        except CannotRead as error:
            self.choices.set(replace(self.choices.value, asking=False, trouble=str(error)))
        else:
            self.choices.set(Choices(found))

    async def _behind(self, by: timedelta) -> None:
        await self._list()
        live = self._showing.live
        going = next((line for line in self.choices.value.shifts if line.going), None)
        if going is None or live is None:
            trouble = (
                self.choices.value.trouble
                or "This shift is not being recorded, so there is nothing to go back in."
            )
            self.choices.set(replace(self.choices.value, trouble=trouble))
        else:
            await self.opened(going.id, live.store.value.at - by)

    async def _correct(self, playback: Playback, found: Opened) -> None:
        """The second board needs the end of the shift; nobody waits for it, and it is tried until it is there."""
        await asyncio.sleep(SHOWN_S)
        while self._showing.playback is playback:
            try:
                source = await asyncio.to_thread(found.corrected)
            except CannotRead as error:
                playback.lack(f"It cannot be shown as corrected: {error}. That is tried again and again.")
                await asyncio.sleep(LOOK_S)
            else:
                playback.lack("")
                playback.offer(Session(playback.clock, source, Store(found.first)))
                return

    async def _follow(self, playback: Playback) -> None:
        """Tell how the shift stands, as long as it is on the screen."""
        while await self._still(playback):
            shift = playback.playing.value.shift
            try:
                line, track, trouble = await asyncio.to_thread(self._shelf.look, shift.id)
            except CannotRead as error:
                playback.learn(shift, playback.playing.value.track, str(error))
            else:
                playback.learn(line, track, trouble)

    async def _still(self, playback: Playback) -> bool:
        await asyncio.sleep(LOOK_S)
        return self._showing.playback is playback
