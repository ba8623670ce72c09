"""A synthetic load for benchmarks: so many open calls and units, of which a share changes each second, for ever."""

import re
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from console.domain.entities import Agency, Assignment, Call, Position, Stamps, Unit
from console.domain.vocabulary import CallState, FeedName, Origin, Police, Program, UnitState
from console.simulator.city import plan
from console.simulator.city.plane import degrees
from console.simulator.life.chance import stream
from console.simulator.life.crisis_codes import CRISIS_CALLS
from console.simulator.shift import Shift
from console.simulator.timeline import Timeline

_NAME = re.compile(r"load:(\d{1,6})x(\d{1,6})(?:@(\d{1,3}(?:\.\d+)?)%?)?")
_START = datetime(2026, 11, 17, 14, 0, tzinfo=UTC)
_SHOWCASE = timedelta(minutes=30)
_USUAL_SHARE = 0.1
_SPEED_MPS = 12.0
_STAGES = (
    (CallState.PENDING, UnitState.AVAILABLE, "AV"),
    (CallState.ASSIGNED, UnitState.ASSIGNED, "AQ"),
    (CallState.ENROUTE, UnitState.ENROUTE, "ER"),
    (CallState.ON_SCENE, UnitState.ON_SCENE, "OS"),
)
_STAMPS = ("assigned_at", "enroute_at", "on_scene_at")
_PROGRAMS = (
    Program.CLINICIAN_EMS,
    Program.MOBILE_CRISIS,
    Program.CO_RESPONDER,
    Program.OUTREACH,
    Program.POLICE,
)


class Rhythm(Struct, frozen=True):
    """When row ``index`` of ``count`` changes: once in ``period_ms``, each row at a phase of its own."""

    index: int
    count: int
    period_ms: int

    def changed(self, at_ms: int) -> int:
        """The last change up to ``at_ms``; every row is there from the start."""
        return max(0, (at_ms - self._phase) // self.period_ms * self.period_ms + self._phase)

    def stage(self, changed_ms: int) -> int:
        """Which of the four stages that change led to; the rows do not start at the same one."""
        return (-((self._phase - changed_ms) // self.period_ms) + self.index) % len(_STAGES)

    def moments(self, changed_ms: int) -> dict[str, datetime]:
        """The stamps of the stages that lie behind it, one period apart."""
        stage = self.stage(changed_ms)
        return {
            name: moment(changed_ms - (stage - 1 - i) * self.period_ms)
            for i, name in enumerate(_STAMPS[:stage])
        }

    @property
    def _phase(self) -> int:
        return 1 + self.index * self.period_ms // self.count


class LoadCall:
    """One call that stays open and goes through its stages again and again."""

    def __init__(self, rhythm: Rhythm, unit: str, seed: int) -> None:
        rng = stream(seed, "load", rhythm.index)
        self.key = f"C{100_000 + rhythm.index}"
        self.changed = rhythm.changed
        self._rhythm = rhythm
        self._unit = unit
        self._nature = rng.choice(CRISIS_CALLS)
        self._place = _somewhere(rng.uniform(0, 1), rng.uniform(0, 1))
        self._answered = _START - timedelta(seconds=60 + rng.randrange(2_400))

    def row(self, changed_ms: int) -> Call:
        state, _, raw_state = _STAGES[self._rhythm.stage(changed_ms)]
        moments = self._rhythm.moments(changed_ms)
        parts = (Assignment(self._unit, **moments),) if moments and self._unit else ()
        return Call(
            id=self.key,
            number=self.key[1:],
            nature=self._nature.code,
            nature_text=self._nature.text,
            priority=1 + self._rhythm.index % 3,
            state=state,
            raw_state=raw_state,
            origin=Origin.E911,
            program=_PROGRAMS[self._rhythm.index % 4],
            area=f"D{1 + self._rhythm.index % 8}",
            address=f"{100 + self._rhythm.index} Load Avenue",
            lat=self._place[0],
            lon=self._place[1],
            stamps=Stamps(
                answered_at=self._answered,
                created_at=self._answered + timedelta(seconds=20),
                eligible_at=self._answered + timedelta(seconds=50),
                queued_at=self._answered + timedelta(seconds=60),
                **moments,
            ),
            assignments=parts,
            police=Police.NONE,
            public_initiated=True,
            eligible=True,
            narrative="Synthetic load, no person.",
            updated_at=moment(changed_ms),
        )


class LoadUnit:
    """One unit that follows the stages of its call; without a call it only reports again."""

    def __init__(self, rhythm: Rhythm, call: str) -> None:
        self.key = f"U{rhythm.index}"
        self.changed = rhythm.changed
        self._rhythm = rhythm
        self._call = call

    def row(self, changed_ms: int) -> Unit:
        stage = self._rhythm.stage(changed_ms) if self._call else 0
        _, state, raw_state = _STAGES[stage]
        return Unit(
            id=self.key,
            callsign=f"UNIT {self._rhythm.index}",
            program=_PROGRAMS[self._rhythm.index % len(_PROGRAMS)],
            kind="Synthetic unit",
            state=state,
            raw_state=raw_state,
            since=moment(changed_ms),
            call=self._call if stage else "",
            updated_at=moment(changed_ms),
        )


class LoadFix:
    """One unit's position: to and fro along an avenue."""

    def __init__(self, rhythm: Rhythm) -> None:
        self.key = f"U{rhythm.index}"
        self.changed = rhythm.changed
        self._index = rhythm.index

    def row(self, changed_ms: int) -> Position:
        width = 2 * plan.HALF_WIDTH
        way = (self._index * 1_237 + _SPEED_MPS * changed_ms / 1000) % (2 * width)
        latitude, longitude = _somewhere(min(way, 2 * width - way) / width, self._index * 0.618 % 1)
        heading = 90.0 if way < width else 270.0
        return Position(self.key, latitude, longitude, moment(changed_ms), heading, _SPEED_MPS, 5.0)


def parse_load(name: str) -> tuple[int, int, float] | None:
    """Calls, units and share of ``load:CALLSxUNITS[@PERCENT]``; ``None`` for any other name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    share = _USUAL_SHARE if found[3] is None else float(found[3]) / 100
    return (int(found[1]), int(found[2]), share) if 0 < share <= 1 else None


def load_shift(calls: int, units: int, change_share: float, seed: int) -> Shift:
    """A shift of ``calls`` open calls and ``units`` units; ``change_share`` of each feed's rows change each second."""
    period_ms = round(1000 / change_share)
    south, west = degrees((-plan.HALF_WIDTH, -plan.HALF_HEIGHT))
    north, east = degrees((plan.HALF_WIDTH, plan.HALF_HEIGHT))
    rhythms = [Rhythm(i, max(calls, units), period_ms) for i in range(max(calls, units))]
    rows = [LoadCall(rhythms[i], f"U{i}" if i < units else "", seed) for i in range(calls)]
    keys = [row.key for row in rows] + [""] * units
    return Shift(
        agency=Agency(
            name="Synthetic load",
            timezone="America/Denver",
            notice=f"Synthetic load: {calls} calls and {units} units, none of them real.",
            shift=f"Load {calls} x {units}",
            shift_from=_START,
            bounds=(south, west, north, east),
            base_map="demo-city",
        ),
        start=_START,
        until=_START + timedelta(hours=24),
        showcase=_START + _SHOWCASE,
        timeline=Timeline(()),
        moving={
            FeedName.CALLS: rows,
            FeedName.UNITS: [LoadUnit(rhythms[i], keys[i]) for i in range(units)],
            FeedName.POSITIONS: [LoadFix(rhythms[i]) for i in range(units)],
        },
    )


def moment(at_ms: int) -> datetime:
    """The stamp of a moment of the load's shift."""
    return _START + timedelta(milliseconds=at_ms)


def _somewhere(east: float, north: float) -> tuple[float, float]:
    x = plan.HALF_WIDTH * (2 * east - 1)
    y = plan.HALF_HEIGHT * (2 * north - 1)
    return degrees((x, y))
