"""What five sources at one poll a second cost, against one source that gives the same rows."""

import statistics
from time import perf_counter, sleep

import psutil

from console.domain.definitions import NO_DEFINITIONS
from console.domain.events import CallsChanged
from console.domain.vocabulary import FeedName
from console.engine import Engine
from console.feeds.spec import SourceSpec
from tests.benchmarks.fan_server import CALLS, SOURCES
from tests.benchmarks.figure import Figure, at_most
from tests.benchmarks.serving import serving

LIMIT = 2.0
WARM_S = 2.5
SECONDS = 6.0
REPEATS = 3


def figures() -> list[Figure]:
    """The ratio of processor time of the engine's process and its worker, in turns."""
    with serving("tests.benchmarks.fan_server") as url:
        runs = [(_cost(url, [f"{n}" for n in range(SOURCES)]), _cost(url, ["all"])) for _ in range(REPEATS)]
    five, one = (statistics.median(run[place] for run in runs) for place in (0, 1))
    size = f"{CALLS:,} calls each second, a tenth of them changed; medians of {REPEATS} in turn"
    return [
        at_most("five_sources_vs_one", five / one, LIMIT, size),
        Figure(name="five_cpu_percent", value=five * 100, kind="absolute", detail="of one processor"),
        Figure(name="one_cpu_percent", value=one * 100, kind="absolute", detail="of one processor"),
    ]


def _cost(url: str, names: list[str]) -> float:
    """Processor seconds per second of an engine that polls these."""
    specs = tuple(
        SourceSpec(f"s{name}", f"{url}/{name}", feeds=(FeedName.CALLS,), every={FeedName.CALLS: 1.0})
        for name in names
    )
    engine = Engine(specs, NO_DEFINITIONS, _raised)
    engine.start()
    sleep(WARM_S)
    began, spent = perf_counter(), _spent()
    sleep(SECONDS)
    cost = (_spent() - spent) / (perf_counter() - began)
    engine.stop()
    events = engine.sequence.take(0, engine.clock.now()).events
    rows = sum(len(event.changed) for event in events if isinstance(event, CallsChanged))
    assert rows >= CALLS + CALLS // 10 * SECONDS
    return cost


def _spent() -> float:
    """Processor seconds of this process and of its worker."""
    here = psutil.Process()
    workers = [child for child in here.children() if "multiprocessing" in " ".join(child.cmdline())]
    times = [process.cpu_times() for process in (here, *workers)]
    return float(sum(time.user + time.system for time in times))


def _raised(error: BaseException) -> None:
    raise error
