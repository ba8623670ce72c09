"""The screen thread at design load: work per frame and the longest stall, with a large reply beside it."""

import statistics

from console.domain.state import State
from console.domain.vocabulary import FeedName
from console.feeds.spec import SourceSpec
from console.simulator.child import Child
from console.simulator.options import ServeOptions
from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.screen import FRAME_S, Screen, Span, on_screen
from tests.benchmarks.serving import serving

STALL_MS = 50.0
WORK_MS = 15.0
MEASURE_S = 30.0


def figures() -> list[Figure]:
    """Median work of a frame and the longest stall, in ms, over half a minute."""
    busy, replies = _watched()
    first = busy[0][0]
    frames = dict.fromkeys(range(int(MEASURE_S / FRAME_S)), 0.0)
    for began, spent in busy:
        frame = int((began - first) / FRAME_S)
        frames[frame] = frames.get(frame, 0.0) + spent * 1_000
    longest = max(spent for _, spent in busy) * 1_000
    load = f"1,000 calls, 2,000 units, 10 % a second; {replies} large replies beside"
    return [
        at_most("stall_ms", longest, STALL_MS, f"the longest of {len(busy)} spans; {load}", kind="absolute"),
        at_most(
            "frame_ms",
            statistics.median(frames.values()),
            WORK_MS,
            f"median of {len(frames)} frames",
            kind="absolute",
        ),
    ]


def _watched() -> tuple[list[Span], int]:
    with (
        Child(ServeOptions(scenario="load:1000x2000")) as child,
        serving("tests.benchmarks.big_server") as url,
    ):
        every = dict.fromkeys(FeedName, 1.0)
        city = SourceSpec(name="city", url=child.url, every=every)
        archive = SourceSpec(name="archive", url=url, feeds=(FeedName.CALLS,), every=every)
        return on_screen((city, archive), _measured)


async def _measured(screen: Screen) -> tuple[list[Span], int]:
    before = screen.state.seen
    busy = await screen.spans(MEASURE_S)
    return busy, _large_replies(screen.state) if screen.state.seen > before else 0


def _large_replies(state: State) -> int:
    """Each reply of the large server changes its rows, whose last word counts the replies."""
    return max(
        int(call.narrative.rpartition(" ")[2])
        for key, call in state.calls.items()
        if key.startswith("archive/old-")
    )
