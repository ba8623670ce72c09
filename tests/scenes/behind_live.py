"""A supervisor goes back while the shift goes on: ``python -m tests.scenes.behind_live ARCHIVE URL``.

Prints live boards as they were shown, the same moments replayed, and what the window told meanwhile.
"""

import asyncio
import sys
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from console.domain.recording import RecordingState
from console.domain.state import State
from console.session.store import Store
from console.ui.frame.live_banner import LiveBanner
from tests.scenes.desk import Desk, sit
from tests.scenes.trainer import hashed

LIVED_S = 6.0
BACK = timedelta(seconds=3)
COMPARED = 8


async def supervised(desk: Desk) -> dict[str, Any]:
    """Live for some seconds, back in it, trouble on the live board, and live again."""
    live = desk.showing.live
    assert live is not None
    await desk.until(lambda: _on(live.store.value) and live.store.value.calls, "a recorded board")
    kept = dict[int, State]()
    unwatch = live.store.watch(lambda state: state, lambda state: kept.update({state.seen: state}))
    await asyncio.sleep(LIVED_S)
    unwatch()
    left = live.store.value
    desk.recorded.back(BACK)
    await desk.until(lambda: desk.recorded.playback, "the replay")
    behind = (left.at - desk.playback.clock.now()).total_seconds()
    shift = desk.playback.playing.value.shift
    await desk.until(lambda: desk.playback.clock.span.until > left.at, "what was shown to be written")
    found = {
        "behind": behind,
        "shown": [hashed(state) for state in _some(kept)],
        "replayed": [hashed(await desk.seek(state.at)) for state in _some(kept)],
        "calls": len(left.open_calls),
    }
    found["banner"] = await _banner(desk)
    found["muted"] = await _muted(desk, live.store)
    await desk.until(lambda: desk.playback.clock.span.until > shift.until, "the recording to go on")
    desk.recorded.back_to_live()
    await desk.until(lambda: desk.state is live.store.value, "the live board")
    hidden = not desk.part(LiveBanner).isVisible()
    return found | {"seen": desk.state.seen, "since": left.seen, "hidden": hidden, "alone": _alone(desk)}


def _on(state: State) -> bool:
    return state.recording is not None and state.recording.state is RecordingState.ON


def _some(kept: dict[int, State]) -> list[State]:
    """Boards from all over the time, the newest first: the last of each count is what was shown longest."""
    boards = [*kept.values()][1:-1]
    return boards[:: -max(1, len(boards) // COMPARED)]


async def _banner(desk: Desk) -> str:
    """What the banner says of the live board, once there is trouble."""
    await desk.until(lambda: desk.part(LiveBanner).isVisible(), "trouble on the live board")
    texts: list[str] = [label.text() for label in desk.part(LiveBanner).findChildren(QLabel)]
    return next(text for text in texts if text)


async def _muted(desk: Desk, live: Store[State]) -> dict[str, bool]:
    """What M does while a replay is shown: to the present, to the replayed board, and to the line at the bottom."""
    window = desk.program.window
    await desk.until(lambda: desk.program.alerts, "the tones")
    QTest.keyClick(window, Qt.Key.Key_M)
    await desk.until(lambda: live.value.alarms.mute, "the mute")
    await desk.until(lambda: "MUTED" in window.status.sound, "its countdown")
    found = {"live": live.value.alarms.mute is not None, "replayed": desk.state.alarms.mute is not None}
    QTest.keyClick(window, Qt.Key.Key_M)
    await desk.until(lambda: live.value.alarms.mute is None, "the end of the mute")
    return found


def _alone(desk: Desk) -> bool:
    return desk.showing.playing.value is None


if __name__ == "__main__":
    sit(sys.argv[1], supervised, sys.argv[2])
