"""A trainer at yesterday's shift: ``python -m tests.scenes.trainer ARCHIVE first|again``. Prints what was seen."""

import asyncio
import sys
from datetime import timedelta
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec.structs import replace

from console.archive.codec.boards import freeze
from console.archive.shelf.shelf import Shelf
from console.archive.store.opening import open_database
from console.domain.metrics import counted, figures
from console.domain.state import State
from console.domain.track import ShiftLine
from console.reports.board import board
from tests.scenes.desk import Desk, sit
from tests.scenes.yesterday import BEGINS, NEXT_DAY

SEVEN_42 = BEGINS + timedelta(minutes=42)
MINUTE = timedelta(minutes=1)
SPEED = 60.0
BOOKMARK, NOTE = "two teams free, three calls wait", "Why was nobody sent?"


def own(state: State) -> State:
    """The board without what a trainee added."""
    acts = len(state.notes) + len(state.bookmarks)
    return replace(state, seen=state.seen - acts, notes=(), bookmarks=())


def hashed(state: State) -> str:
    """The whole board as one number."""
    return blake2b(freeze(state, None)[1], digest_size=16).hexdigest()


def printed(state: State) -> str:
    """The board as ``--json`` prints it."""
    return msgspec.json.encode(board(state)).decode()


async def first(desk: Desk) -> dict[str, Any]:
    """Open yesterday, see 07:42, play it, play one minute again and again, mark it, see the end."""
    await _open(desk)
    found = _seen(await desk.seek(SEVEN_42))
    found["played"] = [
        (until - since).total_seconds() / took
        for since, until, took in [await desk.play(SPEED, 0.5), await desk.play(SPEED, 2.0)]
    ]
    found["looped"] = await _loop(desk)
    await desk.seek(SEVEN_42 + MINUTE)
    desk.verbs.bookmark(BOOKMARK)
    desk.verbs.note(NOTE, next(iter(desk.state.open_calls)))
    await desk.until(lambda: desk.state.bookmarks and desk.state.notes, "the bookmark and the note")
    found["end"] = _end(await desk.seek(desk.playback.clock.span.until))
    return found


async def again(desk: Desk) -> dict[str, Any]:
    """Open it once more; 07:42, and a moment behind the bookmark."""
    await _open(desk)
    found = _seen(await desk.seek(SEVEN_42))
    later = await desk.seek(SEVEN_42 + 2 * MINUTE)
    found["bookmarks"] = [(mark.at.isoformat(), mark.label, mark.who) for mark in later.bookmarks]
    found["notes"] = [(note.at.isoformat(), note.text, note.who) for note in later.notes]
    found["end"] = _end(await desk.seek(desk.playback.clock.span.until))
    return found


async def _open(desk: Desk) -> None:
    line = await asyncio.to_thread(yesterday, sys.argv[1])
    await desk.open(line.id)


def yesterday(archive: str) -> ShiftLine:
    """The shift that the word means to somebody who sits down the day after."""
    with open_database(archive) as database:
        return Shelf(database).find("yesterday", NEXT_DAY)


async def _loop(desk: Desk) -> list[float]:
    """Seconds behind 07:42, as long as one minute is played again and again."""
    await desk.seek(SEVEN_42)
    desk.playback.loop_since()
    await desk.seek(SEVEN_42 + MINUTE)
    desk.playback.loop_until()
    await desk.seek(SEVEN_42)
    desk.playback.toggle()
    seen = []
    for _ in range(50):
        await asyncio.sleep(0.05)
        seen.append((desk.state.at - SEVEN_42).total_seconds())
    desk.playback.toggle()
    desk.playback.loop_off()
    return seen


def _seen(state: State) -> dict[str, Any]:
    """At 07:42: no bookmark is there yet, so nothing needs to be taken off."""
    return {"hash": hashed(state), "printed": printed(state)}


def _end(state: State) -> dict[str, Any]:
    recounted = counted(state.calls.values(), state.definitions, state.window_from)
    return {
        "hash": hashed(own(state)),
        "printed": printed(state),
        "figures": msgspec.json.encode(figures(state.tally)).decode(),
        "recounted": msgspec.json.encode(figures(recounted)).decode(),
        "at": state.at.isoformat(),
    }


if __name__ == "__main__":
    sit(sys.argv[1], {"first": first, "again": again}[sys.argv[2]], now=lambda: NEXT_DAY)
