"""A shift with a gap in the window: ``python -m tests.scenes.restarted ARCHIVE``. Prints the boards around the gap."""

import asyncio
import sys
from datetime import timedelta
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.domain.state import State
from console.domain.track import GapKind
from console.reports.board import board
from tests.scenes.desk import Desk, sit

LATER = timedelta(seconds=2)


async def across(desk: Desk) -> dict[str, Any]:
    """The board at the last moment before the gap, twice in it, and where ``G`` leads."""
    (line,) = await asyncio.to_thread(desk.recorded.shelf.shifts)
    await desk.open(line.id)
    opened, track = desk.state, desk.playback.playing.value.track
    early, gap = (one for one in track.gaps if one.kind is GapKind.CONSOLE_OFF)
    found = {
        "opened": _printed(opened),
        "early": [early.since == track.since, early.until.isoformat()],
        "since": gap.since.isoformat(),
        "until": gap.until.isoformat(),
        "before": _printed(await desk.seek(gap.since)),
        "within": _printed(await desk.seek(gap.since + LATER)),
        "late": _printed(await desk.seek(gap.until - timedelta(milliseconds=1))),
    }
    desk.program.window.activateWindow()
    QTest.keyClick(desk.program.window, Qt.Key.Key_G)
    await desk.until(lambda: desk.state.at == gap.until, "the board behind the gap")
    return found | {
        "behind": _printed(desk.state),
        "end": _printed(await desk.seek(desk.playback.clock.span.until)),
    }


def _printed(state: State) -> Any:
    return msgspec.to_builtins(board(state))


if __name__ == "__main__":
    sit(sys.argv[1], across)
