"""Twelve hours of surge as recorded events: 500 units with a fix each 5 s, 3,000 calls, polls that answer."""

import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from console.commands.connect import definitions
from console.domain.entities import Agency, Assignment, Call, CrewMember, Position, Stamps, Unit
from console.domain.events import (
    AgencyDescribed,
    CallsChanged,
    DefinitionsLoaded,
    FeedReported,
    PositionsChanged,
    Recorded,
    UnitsChanged,
)
from console.domain.feed import Feed
from console.domain.vocabulary import CallState, FeedName, Health, Origin, Police, Program, Role, UnitState
from console.settings import AgencySettings
from console.simulator.life.crisis_codes import CRISIS_CALLS

START = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
POLL = timedelta(seconds=2)
FIX_EVERY = 5.0
SPEED_MPS = 12.0
DEGREE_M = 111_320.0
MINUTES = {"eligible_at": 0.5, "queued_at": 0.7, "assigned_at": 4.0, "enroute_at": 5.5, "on_scene_at": 14.0}
PROGRAMS = (
    Program.CLINICIAN_EMS,
    Program.CO_RESPONDER,
    Program.MOBILE_CRISIS,
    Program.OUTREACH,
    Program.POLICE,
)
STAGES = (
    ("assigned_at", CallState.ASSIGNED, UnitState.ASSIGNED),
    ("enroute_at", CallState.ENROUTE, UnitState.ENROUTE),
    ("on_scene_at", CallState.ON_SCENE, UnitState.ON_SCENE),
    ("cleared_at", CallState.CLOSED, UnitState.AVAILABLE),
)


class Surge:
    """One such shift, the same for the same seed. ``hours``, ``units`` and ``calls`` may be scaled down."""

    def __init__(self, hours: float = 12.0, units: int = 500, calls: int = 3_000, seed: int = 1) -> None:
        self.start, self.until = START, START + timedelta(hours=hours)
        self._dice = random.Random(seed)
        self._units = [_unit(number) for number in range(units)]
        self._vehicles = [_Vehicle(number, self._dice) for number in range(units)]
        self._changes = self._planned(calls, timedelta(hours=hours))
        self.fixes = 0

    def events(self) -> Iterator[Recorded]:
        """Every event in order: each poll's changes, and after them how the feed does."""
        yield DefinitionsLoaded(START, definitions(AgencySettings(), Path()))
        yield AgencyDescribed(START, "cad", _agency())
        yield UnitsChanged(START, "cad/units", tuple(self._units), full=True)
        now, due = START, 0
        while now < self.until:
            changed: dict[str, Call] = {}
            units: dict[str, Unit] = {}
            while due < len(self._changes) and self._changes[due][0] <= now:
                _, call, unit = self._changes[due]
                changed[call.id] = call
                if unit is not None:
                    units[unit.id] = unit
                due += 1
            yield from self._polled(now, changed, units)
            now += POLL

    def _polled(self, now: datetime, calls: dict[str, Call], units: dict[str, Unit]) -> Iterator[Recorded]:
        if calls:
            yield CallsChanged(now + _ms(40), "cad/calls", tuple(calls.values()))
        yield FeedReported(now + _ms(40), _feed(FeedName.CALLS, now + _ms(40)))
        if units:
            yield UnitsChanged(now + _ms(70), "cad/units", tuple(units.values()))
        yield FeedReported(now + _ms(70), _feed(FeedName.UNITS, now + _ms(70)))
        passed = (now - START).total_seconds()
        fixes = tuple(fix for vehicle in self._vehicles if (fix := vehicle.fix(passed)) is not None)
        self.fixes += len(fixes)
        if fixes:
            yield PositionsChanged(now + _ms(110), "cad/positions", fixes)
        yield FeedReported(now + _ms(110), _feed(FeedName.POSITIONS, now + _ms(110)))

    def _planned(self, count: int, length: timedelta) -> list[tuple[datetime, Call, Unit | None]]:
        changes: list[tuple[datetime, Call, Unit | None]] = []
        for number in range(count):
            born = START + length * (self._dice.random() * 0.98)
            changes += self._life(number, born)
        return sorted(changes, key=lambda change: change[0])

    def _life(self, number: int, born: datetime) -> Iterator[tuple[datetime, Call, Unit | None]]:
        dice, unit = self._dice, self._units[self._dice.randrange(len(self._units))]
        nature = dice.choice(CRISIS_CALLS)
        stamps: dict[str, datetime] = {"answered_at": born, "created_at": born + timedelta(seconds=21)}
        for name, minutes in MINUTES.items():
            stamps[name] = born + timedelta(seconds=round(minutes * 60 * dice.uniform(0.6, 1.8)))
        stamps["cleared_at"] = stamps["on_scene_at"] + timedelta(minutes=dice.uniform(15, 60))
        known = {name: stamps[name] for name in ("answered_at", "created_at")}
        place = (39.7 + dice.uniform(-0.1, 0.1), -104.9 + dice.uniform(-0.1, 0.1))
        call = Call(
            id=f"C{100_000 + number}",
            number=str(26_000_000 + number),
            nature=nature.code,
            nature_text=nature.text,
            priority=dice.randint(1, 3),
            state=CallState.PENDING,
            raw_state="QUEUED",
            origin=Origin.E911,
            program=dice.choice(PROGRAMS[:4]),
            area=f"D{dice.randint(1, 8)}",
            address=f"{dice.randint(1, 9_999)} Example St",
            lat=round(place[0], 6),
            lon=round(place[1], 6),
            stamps=Stamps(**known),
            police=Police.NONE,
            public_initiated=True,
            eligible=dice.random() < 0.7,
            caller_name=f"Person {number}",
            caller_phone=f"303-555-{number % 10_000:04}",
            narrative=" ".join(dice.choice(WORDS) for _ in range(25)),
            updated_at=born,
        )
        yield born, call, None
        for name in ("eligible_at", "queued_at"):
            known[name] = stamps[name]
            call = replace(call, stamps=Stamps(**known), updated_at=stamps[name])
            yield stamps[name], call, None
        for name, state, unit_state in STAGES:
            known[name] = stamps[name]
            part = Assignment(unit.id, **{key: at for key, at in known.items() if key in _PART})
            call = replace(
                call, stamps=Stamps(**known), state=state, raw_state=state.upper(), assignments=(part,)
            )
            call = replace(
                call, updated_at=stamps[name], closed_at=stamps[name] if name == "cleared_at" else None
            )
            busy = replace(unit, state=unit_state, raw_state=unit_state.upper(), since=stamps[name])
            busy = replace(
                busy, call="" if unit_state is UnitState.AVAILABLE else call.id, updated_at=stamps[name]
            )
            yield stamps[name], call, busy


_PART = frozenset(name for name, _, _ in STAGES)
WORDS = tuple(
    word
    for line in (
        "caller states male outside store talking to himself no weapons seen asks for help appears cold confused",
        "family on scene wants welfare check has been here before clinician known to him prefers no police",
    )
    for word in line.split()
)


class _Vehicle:
    """Six of ten drive along a grid of streets, the others stand, with the noise of a receiver."""

    def __init__(self, number: int, dice: random.Random) -> None:
        self._id, self._phase, self._dice = f"U{number}", number % 10 / 2, dice
        self._lat, self._lon = 39.7 + dice.uniform(-0.1, 0.1), -104.9 + dice.uniform(-0.1, 0.1)
        self._drives = number % 10 < 6
        self._heading, self._last = 90.0 * dice.randrange(4), -1.0

    def fix(self, passed: float) -> Position | None:
        """The newest fix by then, if there is one since the last poll."""
        newest = math.floor((passed - self._phase) / FIX_EVERY) * FIX_EVERY + self._phase
        if newest <= self._last or newest < 0:
            return None
        self._last = newest
        if not self._drives:
            lat, lon = self._lat + self._noise(), self._lon + self._noise()
            return Position(self._id, round(lat, 6), round(lon, 6), self._at(newest), self._heading, 0.0, 5.0)
        if self._dice.random() < 0.06:
            self._heading = (self._heading + self._dice.choice((90.0, 270.0))) % 360
        speed = round(SPEED_MPS * self._dice.uniform(0.5, 1.1), 1)
        way = speed * FIX_EVERY / DEGREE_M
        self._lat += way * math.cos(math.radians(self._heading))
        self._lon += way * math.sin(math.radians(self._heading)) / math.cos(math.radians(39.7))
        lat, lon = round(self._lat + self._noise(), 6), round(self._lon + self._noise(), 6)
        return Position(self._id, lat, lon, self._at(newest), self._heading, speed, 5.0)

    def _noise(self) -> float:
        return self._dice.gauss(0, 8e-6)

    def _at(self, seconds: float) -> datetime:
        return START + timedelta(seconds=seconds)


def _unit(number: int) -> Unit:
    return Unit(
        id=f"U{number}",
        callsign=f"UNIT {number}",
        program=PROGRAMS[number % len(PROGRAMS)],
        kind="van",
        state=UnitState.AVAILABLE,
        raw_state="AVAILABLE",
        since=START,
        crew=(CrewMember(Role.CLINICIAN, f"Clinician {number}"), CrewMember(Role.EMT, f"Medic {number}")),
        home=f"station-{number % 9}",
        area=f"D{1 + number % 8}",
        shift_from=START,
        shift_until=START + timedelta(hours=12),
    )


def _agency() -> Agency:
    return Agency(
        name="Surge City", timezone="America/Denver", shift="Day", shift_from=START, base_map="demo-city"
    )


def _feed(name: FeedName, at: datetime) -> Feed:
    return Feed(
        "cad",
        name,
        POLL,
        Health.OK,
        START,
        answered_at=at,
        as_of=at,
        skew_s=0.1,
        reason="ok",
        next_try=at + POLL,
    )


def _ms(count: int) -> timedelta:
    return timedelta(milliseconds=count)
