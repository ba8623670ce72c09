"""What the trend draws, as numbers: its lines, where their labels go, its ticks at whole local hours."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

import numpy as np
import numpy.typing as npt

from console.domain.trend import Sample
from console.ui.parts.clocks import Present

QUARTER = timedelta(minutes=15)

STEPS_MIN = (15, 30, 60, 120, 180, 240, 360, 720)
COUNT_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000)


Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name at the end, its value in a sample, which of the theme's series colors and dash
    patterns it is drawn with."""

    name: str
    value: Callable[[Sample], int | None]
    series: int
    dash: int


FLOW = (
    Line("eligible", lambda sample: sample.eligible, 0, 0),
    Line("served", lambda sample: sample.served, 1, 1),
    Line("strict", lambda sample: sample.strict, 2, 2),
)
FREE = Line("teams free", lambda sample: sample.available, 3, 2)
NOW = (Line("waiting", lambda sample: sample.waiting, 0, 0), FREE)


@dataclass(frozen=True, slots=True)
class Shift:
    """What is drawn: the samples, the shift's start, the zone in which times are told,
    and how many teams are free now."""

    samples: tuple[Sample, ...]
    start: datetime | None
    now: Present
    free: int | None = None

    def end(self, line: Line) -> int | None:
        """The last value of ``line``; of the free teams the present count where no sample has one."""
        last = line.value(self.samples[-1])
        return self.free if last is None and line is FREE else last


def steps(samples: Sequence[Sample], value: Callable[[Sample], int | None]) -> tuple[Floats, Floats]:
    """A line that holds each value until the next sample; what is not known is a gap."""
    at = np.array([sample.at.timestamp() for sample in samples], dtype=np.float64)
    known = [value(sample) for sample in samples]
    y = np.array([np.nan if each is None else each for each in known], dtype=np.float64)
    return np.repeat(at, 2)[1:], np.repeat(y, 2)[:-1]


def levels(counts: Iterable[int], first: float, last: float) -> tuple[Floats, Floats]:
    """Hairlines at ``counts`` from ``first`` to ``last``, parted by gaps."""
    y = np.repeat(np.array(tuple(counts), dtype=np.float64), 3)
    y[2::3] = np.nan
    return np.tile(np.array([first, last, last]), y.size // 3), y


def said(shift: Shift) -> str:
    """The ends of all lines in words, for a screen reader."""
    last = shift.samples[-1]
    ends = ((line.name, shift.end(line)) for line in (*FLOW, *NOW))
    figures = ", ".join(f"{name} {'not known' if end is None else end}" for name, end in ends)
    return f"At {shift.now.time(last.at)}: {figures}"


def gap(shift: Shift) -> str:
    """Since when the free teams are known, where that is not from the first sample on; else nothing."""
    known = [sample.at for sample in shift.samples if sample.available is not None]
    if known and known[0] == shift.samples[0].at:
        return ""
    if known:
        return f"teams free from {shift.now.time(known[0])} on"
    return "teams free from now on" if shift.free is not None else "teams free not known"


def dot(samples: Sequence[Sample], value: Callable[[Sample], int | None]) -> tuple[Floats, Floats]:
    """The one value at the end that no line leads to; empty otherwise."""
    known = [value(sample) for sample in samples[-2:]]
    if known[-1] is None or (len(known) > 1 and known[0] is not None):
        return np.array([]), np.array([])
    return np.array([samples[-1].at.timestamp()]), np.array([float(known[-1])])


def span(shift: Shift) -> tuple[float, float]:
    """The first and the last moment drawn: an hour at least, from just before the start of the shift."""
    first = min(shift.samples[0].at, shift.start or shift.samples[0].at).timestamp()
    last = shift.samples[-1].at.timestamp()
    whole = max(last - first, 3_600.0)
    return first - whole * 0.01, max(last, first + whole)


def hour_ticks(first: float, last: float, zone: tzinfo, most: int) -> list[tuple[float, str]]:
    """Moments (seconds since 1970) from ``first`` to ``last`` at round local times, with their text.

    Local because a shift over a change of the clocks has an hour twice, or one less; both are drawn
    where they were.
    """
    quarters = _quarters(first, last)
    for step in STEPS_MIN:
        found = [moment for moment in quarters if _minute_of_day(moment, zone) % step == 0]
        if len(found) <= most:
            return [(moment.timestamp(), f"{moment.astimezone(zone):%H:%M}") for moment in found]
    return []


def count_step(highest: float, most: int) -> int:
    """The step between whole counts that gives no more than ``most`` lines up to ``highest``."""
    return next((step for step in COUNT_STEPS if highest / step <= most), COUNT_STEPS[-1])


def apart(wanted: Sequence[float], gap: float, room: float) -> list[float]:
    """Heights near ``wanted`` that lie ``gap`` apart, all within ``room``, in the same order."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    places = list(wanted)
    floor = gap / 2
    for n in order:
        places[n] = max(places[n], floor)
        floor = places[n] + gap
    ceiling = room - gap / 2
    for n in reversed(order):
        places[n] = min(places[n], ceiling)
        ceiling = places[n] - gap
    return places


def _quarters(first: float, last: float) -> list[datetime]:
    quarter = QUARTER.total_seconds()
    start = -(-first // quarter) * quarter
    count = int(max(0.0, last - start) // quarter) + 1 if start <= last else 0
    return [datetime.fromtimestamp(start + n * quarter, UTC) for n in range(count)]


def _minute_of_day(moment: datetime, zone: tzinfo) -> int:
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute
