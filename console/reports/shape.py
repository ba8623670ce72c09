"""The shape of the board as JSON: one Struct a line, in the order of the documented example."""

from datetime import datetime

from msgspec import Struct

from console.domain.entities import Assignment
from console.domain.feed import Problem
from console.domain.metrics import Metric
from console.domain.vocabulary import (
    AlarmState,
    Availability,
    CallState,
    Health,
    Police,
    Program,
    Reached,
    Role,
    UnitState,
)


class PackLine(Struct, frozen=True):
    """Which definitions the figures were made by."""

    name: str
    version: str
    sha256: str


class FeedLine(Struct, frozen=True):
    """One feed and how old its data are, in seconds."""

    source: str
    feed: str
    health: Health
    as_of: datetime | None
    age_s: float | None
    skew_s: float | None
    detail: str
    tip: str


class StampLine(Struct, frozen=True):
    """Every stamp of a call, ``null`` where it is not known."""

    answered_at: datetime | None
    created_at: datetime | None
    eligible_at: datetime | None
    queued_at: datetime | None
    assigned_at: datetime | None
    enroute_at: datetime | None
    on_scene_at: datetime | None
    contact_at: datetime | None
    left_at: datetime | None
    destination_at: datetime | None
    cleared_at: datetime | None


class CallLine(Struct, frozen=True):
    """One open call. ``units`` are all that were sent, ``assignments`` say who is still there.

    ``observed`` names the stamps that the source does not tell: the console noted when it saw the change.
    """

    id: str
    number: str
    nature: str
    category: str | None
    priority: int | None
    state: CallState
    raw_state: str
    program: Program | None
    eligible: bool | None
    stamps: StampLine
    units: tuple[str, ...]
    observed: tuple[str, ...]
    assignments: tuple[Assignment, ...]
    lat: float | None
    lon: float | None
    address: str
    disposition: str | None
    police: Police
    missing_since: datetime | None
    caller_name: str | None
    caller_phone: str | None
    narrative: str | None


class CrewLine(Struct, frozen=True):
    """A crew member; the name is masked."""

    role: Role
    name: str | None


class FixLine(Struct, frozen=True):
    """Where a unit was last seen."""

    lat: float
    lon: float
    at: datetime


class UnitLine(Struct, frozen=True):
    """One unit."""

    id: str
    callsign: str
    program: Program
    state: UnitState
    raw_state: str
    availability: Availability
    since: datetime | None
    call: str | None
    crew: tuple[CrewLine, ...]
    emergency: bool
    position: FixLine | None


class TeamsLine(Struct, frozen=True):
    """The roster; the five groups sum to ``roster``."""

    roster: int
    available: int
    assigned: int
    delayed: int
    out: int
    unknown: int


class AlarmLine(Struct, frozen=True):
    """One alarm that stands. ``since`` is when what it tells of began, ``count`` how often it came up meanwhile.

    ``name`` is the number of its call, the callsign of its unit or its source. Who acknowledged it is not told.
    """

    rule: str
    subject: str
    priority: int
    raised_at: datetime
    state: AlarmState
    name: str
    since: datetime
    count: int
    acknowledged_at: datetime | None
    how: Reached | None
    returned_at: datetime | None
    shelved_until: datetime | None
    suppressed_by: str


class Board(Struct, frozen=True):
    """The whole board at one moment. ``notice`` is what the source says its data are."""

    shape: str
    at: datetime
    agency: str
    notice: str
    definitions: PackLine
    feeds: tuple[FeedLine, ...]
    calls: tuple[CallLine, ...]
    units: tuple[UnitLine, ...]
    teams: TeamsLine
    metrics: tuple[Metric, ...]
    alarms: tuple[AlarmLine, ...]
    problems: tuple[Problem, ...]
