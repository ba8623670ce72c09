"""Opens every shift of an archive, jumps in it and plays it: ``python -m tests.scenes.days ARCHIVE``.

Prints for each shift and moment what the table lists, and what the map draws.
"""

import asyncio
import sys
from datetime import timedelta
from typing import Any

from tests.scenes.desk import Desk, sit

JUMPS = (timedelta(hours=3, minutes=17), timedelta(hours=19, minutes=41), timedelta(hours=10, minutes=5))
"""After the start of the shift; played from the last one on."""

SPEED, PLAYED_S = 240.0, 0.8


async def through(desk: Desk) -> list[dict[str, Any]]:
    """All shifts of the archive."""
    lines = await asyncio.to_thread(desk.recorded.shelf.shifts)
    found = []
    for line in lines:
        await desk.open(line.id, line.since + JUMPS[0])
        found.append(await _seen(desk, line.id))
        for jump in JUMPS[1:]:
            await desk.seek(line.since + jump)
            found.append(await _seen(desk, line.id))
        since, until, took = await desk.play(SPEED, PLAYED_S)
        found.append(await _seen(desk, line.id) | {"played": (until - since).total_seconds(), "took": took})
    return found


async def _seen(desk: Desk, shift: str) -> dict[str, Any]:
    calls, units = await desk.mapped()
    return {
        "shift": shift,
        "at": desk.state.at.isoformat(),
        "listed": desk.listed(),
        "map_calls": calls,
        "map_units": units,
        "positions": sorted(desk.state.positions),
    }


if __name__ == "__main__":
    sit(sys.argv[1], through)
