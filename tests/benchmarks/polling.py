"""Whether a poll of 1,000 calls through a mapping is felt on the screen: the real window, measured by itself.

Run as a process of its own (``python -m tests.benchmarks.polling``), which prints what it found as JSON.
"""

import statistics
import subprocess
import sys
from pathlib import Path

import msgspec
from msgspec import Struct

from console.domain.state import State
from console.feeds.spec import Dialect, SourceSpec
from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.mapped_server import CALLS, MAPPING
from tests.benchmarks.screen import Screen, Span, on_screen
from tests.benchmarks.serving import serving

STALL_LIMIT_MS = 20.0
MEASURE_S = 30.0


class Stalls(Struct):
    """The spans in which the screen thread was busy while polls came and after they ended; how many came."""

    polled: list[Span]
    quiet: list[Span]
    polls: int


def figures() -> list[Figure]:
    """The 99th percentile of what the screen thread did without a break, and the longest beside it."""
    command = [sys.executable, "-m", "tests.benchmarks.polling"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[2])
    found = msgspec.json.decode(done.stdout, type=Stalls)
    assert found.polls >= MEASURE_S / 2
    polled, quiet = ([spent * 1_000 for _, spent in spans] for spans in (found.polled, found.quiet))
    load = f"{found.polls} polls of {CALLS:,} calls, 10 % changed, in {MEASURE_S:g} s; the real window"
    percentile = f"99th percentile of {len(polled)} spans above 1 ms; {load}"
    longest = f"the longest; {max(quiet, default=0.0):.1f} ms in as long without polls"
    return [
        at_most("poll_stall_ms", _p99(polled), STALL_LIMIT_MS, percentile, "absolute"),
        Figure(name="poll_longest_ms", value=max(polled), kind="absolute", detail=longest),
    ]


def _p99(spans: list[float]) -> float:
    return statistics.quantiles(spans, n=100, method="inclusive")[-1]


async def _measured(screen: Screen) -> Stalls:
    before = _round(screen.state)
    polled = await screen.spans(MEASURE_S)
    polls = _round(screen.state) - before
    screen.engine.stop()
    await screen.frames(1.0)
    return Stalls(polled, await screen.spans(MEASURE_S), polls)


def _round(state: State) -> int:
    """Each reply changes a tenth of the calls, whose last word counts the replies."""
    return max(int(call.narrative.rpartition(" ")[2]) for call in state.calls.values())


def main() -> None:
    """Measure, and say so."""
    with serving("tests.benchmarks.mapped_server") as url:
        found = on_screen((SourceSpec("cad", url, Dialect("mapped", MAPPING)),), _measured)
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
