"""What a second of alarms costs: ticks at the design load and with ten times the calls, replies per row, a storm.

The load is ARCHITECTURE's: each second a tenth of the calls, the units and the positions of the design load change.
With ten times the calls as many change as before, so that only the board is larger. About one row a second
that changes has an alarm, far beyond the guideline; the storm lets 5,000 calls wait too long at once.
"""

import gc
import statistics
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from time import thread_time

from msgspec.structs import replace

from console.domain.definitions import Definitions
from console.domain.entities import Assignment, Call, Position, Stamps, Unit
from console.domain.events import (
    CallsChanged,
    CarriedOver,
    DefinitionsLoaded,
    FeedReported,
    PositionsChanged,
    Recorded,
    UnitsChanged,
)
from console.domain.feed import Feed
from console.domain.packs import parse
from console.domain.state import State, advance, start
from console.domain.vocabulary import CallState, FeedName, Health, Program, UnitState
from console.resources import path
from tests.benchmarks.figure import Figure, at_most

CALLS, UNITS, MORE, STORM = 1_000, 2_000, 10, 5_000
CHANGED = {FeedName.CALLS: 100, FeedName.UNITS: 200, FeedName.POSITIONS: 200}
MEAN_MS, WORST_MS, RATIO, STALL_MS = 0.2, 5.0, 2.0, 50.0
SECONDS, SETTLED = 180, 20
SECOND = timedelta(seconds=1)
NOON = datetime(2026, 11, 19, 19, 0, tzinfo=UTC)

_STATES = (CallState.PENDING, CallState.ASSIGNED, CallState.ENROUTE, CallState.ON_SCENE)
_UNIT_STATES = (UnitState.AVAILABLE, UnitState.ASSIGNED, UnitState.ENROUTE, UnitState.ON_SCENE)


def figures() -> list[Figure]:
    """Ticks and folds of two boards measured in turn, and a storm on an empty one."""
    pack = parse((path("definitions") / "denver-style.toml").read_bytes())
    small, large = _Board(pack, CALLS, 100), _Board(pack, CALLS * MORE, 80)
    for second in range(SETTLED + SECONDS):
        if second == SETTLED:
            small.clear()
            large.clear()
        small.go()
        large.go()
    mean, ten = (statistics.mean(board.ticks) * 1_000 for board in (small, large))
    rows = sum(CHANGED.values())
    ticks, steps = _storm(pack)
    detail = f"{CALLS} open calls, {UNITS} units, {rows} rows changed a second; {SECONDS} ticks"
    standing = " and ".join(
        f"{len(board.state.alarms.standing)} alarms, {board.looks / SECONDS:.1f} looks a tick"
        for board in (small, large)
    )
    return [
        at_most("tick_mean_ms", mean, MEAN_MS, f"{detail}", "absolute"),
        at_most("tick_worst_ms", max(small.ticks) * 1_000, WORST_MS, detail, "absolute"),
        at_most(
            "tick_10x_calls", ten / mean, RATIO, f"the same changes among {CALLS * MORE} calls; {standing}"
        ),
        _told(
            "fold_row_us",
            statistics.mean(small.folds) * 1e6 / rows,
            "a reply folded, by row, alarms included",
        ),
        _told("fold_row_10x_us", statistics.mean(large.folds) * 1e6 / rows, f"among {CALLS * MORE} calls"),
        at_most(
            "storm_tick_worst_ms", max(ticks) * 1_000, STALL_MS, f"{STORM} calls wait too long", "absolute"
        ),
        at_most(
            "storm_step_worst_ms", max(steps) * 1_000, STALL_MS, "a reply of 500 rows and a tick", "absolute"
        ),
    ]


def _told(name: str, value: float, detail: str) -> Figure:
    return Figure(name=name, value=value, kind="absolute", detail=detail)


class _Board:
    """A board of so many calls and the replies of each second.

    One call in ``rare`` makes alarms, so that about as many are looked at in a tick of either board.
    """

    def __init__(self, pack: Definitions, calls: int, rare: int) -> None:
        self._calls, self._rare, self._turn = calls, rare, 0
        self.now = NOON
        self.state = advance(start(NOON), [DefinitionsLoaded(NOON, pack), CarriedOver(NOON)], NOON)
        self.ticks: list[float] = []
        self.folds: list[float] = []
        self.looks = 0
        first = [self._call(place, 0) for place in range(calls)]
        self.state = advance(self.state, [*self._replies(first, range(UNITS), full=True)], NOON)

    def clear(self) -> None:
        """Measure from here on."""
        self.ticks, self.folds, self.looks = [], [], 0
        gc.collect()

    def go(self) -> None:
        """The next second: its tick, then what the feeds reply in it."""
        self.now += SECOND
        self._turn += 1
        due = self.state.alarms.looks.due(int(self.now.timestamp()))
        self.looks += sum(map(len, due))
        began = thread_time()
        self.state = advance(self.state, (), self.now)
        self.ticks.append(thread_time() - began)
        places = _slice(self._calls, CHANGED[FeedName.CALLS], self._turn)
        calls = [self._call(place, self._turn) for place in places]
        replies = [*self._replies(calls, self._units(places), full=False)]
        began = thread_time()
        self.state = advance(self.state, replies, self.now)
        self.folds.append(thread_time() - began)

    def _replies(self, calls: list[Call], places: Iterable[int], *, full: bool) -> Iterator[Recorded]:
        now = self.now
        units = tuple(self._unit(place, self._turn) for place in places)
        fixes = tuple(Position(unit.id, 39.7, -104.9 + self._turn * 1e-5, now) for unit in units)
        yield CallsChanged(now, "cad/calls", tuple(calls), full=full)
        yield UnitsChanged(now, "cad/units", units, full=full)
        yield PositionsChanged(now, "cad/positions", fixes, full=full)
        for name in CHANGED:
            yield FeedReported(now, Feed("cad", name, SECOND, Health.OK, NOON, answered_at=now, as_of=now))

    def _units(self, places: range) -> list[int]:
        """The teams of those calls, and as many of the rest."""
        theirs = [place for place in places if place < CALLS]
        rest = _slice(UNITS - CALLS, CHANGED[FeedName.UNITS] - len(theirs), self._turn)
        return [*theirs, *(CALLS + place for place in rest)]

    def _call(self, place: int, turn: int) -> Call:
        """One call in ``rare`` waited for so long that it is about to be too long, and goes back there each time."""
        stage = (place + turn // (self._calls // CHANGED[FeedName.CALLS])) % len(_STATES)
        since = self.now - (timedelta(minutes=9, seconds=50) if place % self._rare == 0 else timedelta())
        parts = (Assignment(f"U{place}", since),) if stage and place < CALLS else ()
        return Call(
            f"C{place}",
            number=str(place),
            nature="WELCHK",
            priority=1 + place % 3,
            state=_STATES[stage],
            program=Program.CLINICIAN_EMS,
            eligible=True,
            stamps=Stamps(queued_at=since, assigned_at=since, enroute_at=since, on_scene_at=since),
            assignments=parts,
            updated_at=self.now,
        )

    def _unit(self, place: int, turn: int) -> Unit:
        stage = (
            (place + turn // (self._calls // CHANGED[FeedName.CALLS])) % len(_UNIT_STATES)
            if place < CALLS
            else 0
        )
        return Unit(
            f"U{place}",
            callsign=f"STAR {place}",
            program=Program.CLINICIAN_EMS,
            state=_UNIT_STATES[stage],
            since=self.now,
            call=f"C{place}" if stage else "",
            updated_at=self.now,
        )


def _slice(count: int, many: int, turn: int) -> range:
    first = turn * many % count
    return range(first, min(count, first + many))


def _storm(pack: Definitions) -> tuple[list[float], list[float]]:
    """Seconds of each tick, and of each step with a reply, while 5,000 calls begin to wait too long, and end again."""
    state, now = advance(start(NOON), [DefinitionsLoaded(NOON, pack), CarriedOver(NOON)], NOON), NOON
    rows = [
        Call(
            f"C{place}",
            priority=1 + place % 3,
            state=CallState.PENDING,
            stamps=Stamps(queued_at=NOON - timedelta(hours=1)),
        )
        for place in range(STORM)
    ]
    ticks, steps = list[float](), list[float]()
    over = [replace(row, state=CallState.CLOSED) for row in rows]
    pieces = [part[place : place + 500] for part in (rows, over) for place in range(0, STORM, 500)]
    for piece in [*pieces, *[()] * 30]:
        now += SECOND / 2
        began = thread_time()
        state = _step(state, tuple(piece), now, now + SECOND / 2, ticks)
        steps.append(thread_time() - began)
        now += SECOND / 2
    return ticks, steps


def _step(state: State, rows: tuple[Call, ...], at: datetime, until: datetime, ticks: list[float]) -> State:
    state = advance(state, [CallsChanged(at, "cad/calls", rows)] if rows else [], at)
    began = thread_time()
    state = advance(state, (), until)
    ticks.append(thread_time() - began)
    return state
