"""From the bytes of an incremental reply to the new State and the rows a table must touch: 100 of 5,000 units.

What a reply costs should follow what it changes, not what is held: so it is measured against the same
change among 500.
"""

import random
import statistics
from datetime import UTC, datetime, timedelta
from time import perf_counter

import msgspec
from msgspec.structs import replace

from console.domain.contract import Page, ServedClock
from console.domain.entities import CrewMember, Unit
from console.domain.events import UnitsChanged
from console.domain.rows import touched
from console.domain.state import State, advance, start
from console.domain.vocabulary import FeedName, Program, Role, UnitState
from console.feeds.adapters.native import Native
from console.feeds.rows.reading import Setting
from tests.benchmarks.figure import Figure, at_most

LIMIT = 1.5
CHANGED = 100
SMALL, LARGE = 500, 5_000
REPEATS = 301
NOON = datetime(2026, 11, 19, 19, 0, tzinfo=UTC)
SETTING = Setting(NOON + timedelta(hours=1))
STATES = (UnitState.AVAILABLE, UnitState.ENROUTE, UnitState.ON_SCENE)


def figures() -> list[Figure]:
    """The ratio of the two, measured in turn, and the two medians in milliseconds."""
    boards = [_Board(LARGE), _Board(SMALL)]
    pairs = [tuple(board.poll(version) for board in boards) for version in range(1, REPEATS + 1)]
    large, small = (statistics.median(times) * 1_000 for times in zip(*pairs, strict=True))
    detail = f"{CHANGED} units changed; medians of {REPEATS} polls in turn"
    return [
        at_most("fold_5000_vs_500", large / small, LIMIT, detail),
        Figure(name="fold_5000_ms", value=large, limit=None, kind="absolute", ok=True, detail=detail),
        Figure(name="fold_500_ms", value=small, limit=None, kind="absolute", ok=True, detail=detail),
    ]


class _Board:
    """A board of so many units, and the replies that change some of them."""

    def __init__(self, count: int) -> None:
        self._adapter = Native()
        self._units = [_unit(number) for number in range(count)]
        self._dice = random.Random(count)
        self._state: State = start(NOON)
        self.poll(0, full=True)

    def poll(self, version: int, *, full: bool = False) -> float:
        """Seconds from the bytes of one reply to the keys of the rows to touch."""
        chosen = range(len(self._units)) if full else self._dice.sample(range(len(self._units)), CHANGED)
        for place in chosen:
            self._units[place] = _changed(self._units[place], version)
        page = Page(ServedClock(NOON), str(version), full, tuple(self._units[place] for place in chosen))
        body = msgspec.json.encode(page)
        before = self._state.units
        began = perf_counter()
        reading = self._adapter.read(FeedName.UNITS, body, SETTING)
        event = UnitsChanged(NOON, "cad/units", reading.changed, reading.gone, full=full)  # type: ignore[arg-type]  # units
        self._state = advance(self._state, [event], NOON)
        put = _differing(before, self._state.units)
        spent = perf_counter() - began
        assert len(put) == len(chosen)
        return spent


def _differing(old: dict[str, Unit], new: dict[str, Unit]) -> list[str]:
    keys = touched(old, new)
    return [key for key in (new if keys is None else keys) if old.get(key) is not new.get(key)]


def _unit(number: int) -> Unit:
    return Unit(
        id=f"unit-{number:05}",
        callsign=f"Medic {number}",
        program=Program.MOBILE_CRISIS,
        kind="van",
        crew=(CrewMember(Role.CLINICIAN, "Alex Example"), CrewMember(Role.EMT, "Sam Example")),
        capabilities=("naloxone", "spanish"),
        home="station-4",
        area="D3",
        shift_from=NOON - timedelta(hours=4),
        shift_until=NOON + timedelta(hours=8),
    )


def _changed(unit: Unit, version: int) -> Unit:
    moment = NOON + timedelta(seconds=version)
    state = STATES[version % len(STATES)]
    return replace(
        unit, state=state, raw_state=state.upper(), since=moment, updated_at=moment, call=f"c{version}"
    )
