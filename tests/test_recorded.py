"""A recorded shift on the screen: what of it cannot be had is told until it can."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from typing import Any

import pytest

from console.domain.due import Can, Due
from console.domain.events import Acted
from console.domain.state import State, start
from console.domain.track import ShiftLine, Track
from console.recorded import LOOK_S, CannotRead, Opened, RecordedShifts
from console.session.playing import Playing
from console.session.showing import Showing
from console.session.source import Source
from console.session.store import Store
from tests.domain.builders import NOON, at

LINE = ShiftLine("s", "Test City", "Day", "UTC", NOON, at(minutes=60))
TRACK = Track(NOON, at(minutes=60))


class Empty:
    """A recording in which nothing happens."""

    can = frozenset({Can.SEEK})

    def take(self, seen: int, until: datetime) -> Due:
        return Due((), until)

    def rewind(self, to: datetime) -> State:
        return start(min(to, NOON))


class Shelf:
    """One shift, of which the end cannot be read the first time."""

    def __init__(self) -> None:
        self.asked = 0

    def add(self, act: Acted) -> None:
        """Nobody does anything here."""

    def corrected(self) -> Source:
        self.asked += 1
        if self.asked == 1:
            raise CannotRead("the server does not answer")
        return Empty()

    def shifts(self) -> tuple[ShiftLine, ...]:
        return (LINE,)

    def open(self, shift: str) -> Opened:
        return Opened(LINE, TRACK, Empty(), self.corrected, self, start(NOON), at(minutes=1))

    def look(self, shift: str) -> tuple[ShiftLine, Track, str]:
        return LINE, TRACK, ""

    def close(self) -> None:
        """Nothing was opened."""


@pytest.mark.asyncio
async def test_as_corrected_is_tried_again_and_told_of_until_it_is_there() -> None:
    shelf, tasks, told = Shelf(), list[asyncio.Task[None]](), list[str]()
    showing = Showing(None, Store(start(NOON)))

    def spawn(work: Coroutine[Any, Any, None]) -> None:
        tasks.append(asyncio.create_task(work))

    def tell(playing: Playing | None) -> None:
        told.append(playing.trouble if playing is not None else "")

    showing.playing.watch(lambda playing: playing, tell)
    recorded = RecordedShifts(showing, shelf, spawn, lambda: None)
    await recorded.opened("s", None)
    assert recorded.playback is not None
    assert recorded.playback.clock.now() == at(minutes=1)
    recorded.playback.correct(True)
    await asyncio.sleep(LOOK_S / 2)
    assert told[-1].startswith("It cannot be shown as corrected: the server does not answer")
    await asyncio.sleep(LOOK_S)
    playing = recorded.playback.playing.value
    assert (playing.trouble, playing.corrected, shelf.asked) == ("", True, 2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
