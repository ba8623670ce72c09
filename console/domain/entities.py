"""The things on the board: calls, units, positions, facilities and follow-ups, as frozen values.

They are also the rows of the console's own dispatch API, so one definition serves the wire,
the board and the recording. All stamps are aware UTC. An absent value is ``None`` or an empty
string and means *unknown*, never "no".
"""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from console.domain.vocabulary import (
    CallState,
    FacilityKind,
    Origin,
    Police,
    Program,
    Role,
    Sensitivity,
    UnitState,
)

NARRATIVE_LIMIT = 65_536
"""Characters of free text that are kept; a text widget stalls for seconds beyond it (measured)."""

Moment = Annotated[datetime, Meta(tz=True)]
Priority = Annotated[int, Meta(ge=0, le=99)]
Latitude = Annotated[float, Meta(ge=-90.0, le=90.0)]
Longitude = Annotated[float, Meta(ge=-180.0, le=180.0)]
Key = Annotated[str, Meta(min_length=1, max_length=256)]
Line = Annotated[str, Meta(max_length=1_024)]
Text = Annotated[str, Meta(max_length=NARRATIVE_LIMIT)]


class Stamps(Struct, frozen=True, gc=False, omit_defaults=True):
    """The moments of a call, of its first alternative-response team (METRICS section 1)."""

    answered_at: Moment | None = None
    created_at: Moment | None = None
    eligible_at: Moment | None = None
    queued_at: Moment | None = None
    assigned_at: Moment | None = None
    enroute_at: Moment | None = None
    on_scene_at: Moment | None = None
    contact_at: Moment | None = None
    left_at: Moment | None = None
    destination_at: Moment | None = None
    cleared_at: Moment | None = None


STAMP_NAMES: tuple[str, ...] = tuple(field.name for field in msgspec.structs.fields(Stamps))


class Assignment(Struct, frozen=True, gc=False, omit_defaults=True):
    """One unit's part in a call, with its own moments."""

    unit: Key
    assigned_at: Moment | None = None
    enroute_at: Moment | None = None
    on_scene_at: Moment | None = None
    contact_at: Moment | None = None
    left_at: Moment | None = None
    destination_at: Moment | None = None
    cleared_at: Moment | None = None


class Disposition(Struct, frozen=True, gc=False, omit_defaults=True):
    """How a call ended, in the agency's own code and words."""

    code: Line
    text: Line = ""


class Call(Struct, frozen=True, gc=False, omit_defaults=True):
    """One person's need, however many units went.

    ``eligible`` is the agency's own screening outcome, ``None`` where it gives none. ``observed`` names
    the stamps that the source does not tell: the console saw the change and noted when. ``closed_at`` is
    the end of the call. ``caller_name``, ``caller_phone`` and ``narrative`` are masked wherever they are
    shown.
    """

    id: Key
    number: Line = ""
    nature: Line = ""
    nature_text: Line = ""
    priority: Priority | None = None
    state: CallState = CallState.UNKNOWN
    raw_state: Line = ""
    origin: Origin = Origin.UNKNOWN
    program: Program | None = None
    area: Line = ""
    address: Line = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    stamps: Stamps = Stamps()
    assignments: tuple[Assignment, ...] = ()
    police: Police = Police.UNKNOWN
    backup_requested: bool | None = None
    police_queue: bool | None = None
    public_initiated: bool | None = None
    eligible: bool | None = None
    by_phone: bool | None = None
    unmet_reason: Line = ""
    disposition: Disposition | None = None
    destination: Line = ""
    sensitivity: Sensitivity = Sensitivity.NORMAL
    caller_name: Line = ""
    caller_phone: Line = ""
    narrative: Text = ""
    closed_at: Moment | None = None
    observed: tuple[Line, ...] = ()
    updated_at: Moment | None = None

    @property
    def units(self) -> tuple[str, ...]:
        """Ids of the units that were sent, in the order they were assigned."""
        return tuple(dict.fromkeys(part.unit for part in self.assignments))

    @property
    def committed(self) -> tuple[str, ...]:
        """Ids of the units that are still on this call."""
        return tuple(part.unit for part in self.assignments if part.cleared_at is None)

    @property
    def open(self) -> bool:
        """Whether the call still needs somebody; a state nobody knows counts as open."""
        return self.state is not CallState.CLOSED

    @property
    def received_at(self) -> datetime | None:
        """When the need was first known: answered, else created, else the next stamp there is."""
        stamps = self.stamps
        return stamps.answered_at or stamps.created_at or stamps.queued_at or stamps.assigned_at


class CrewMember(Struct, frozen=True, gc=False, omit_defaults=True):
    """One person on a unit; the name is masked wherever it is shown."""

    role: Role
    name: Line = ""
    languages: tuple[Line, ...] = ()


class Unit(Struct, frozen=True, gc=False, omit_defaults=True):
    """A team or vehicle as the dispatch system knows it."""

    id: Key
    callsign: Line = ""
    program: Program = Program.OTHER
    kind: Line = ""
    state: UnitState = UnitState.UNKNOWN
    raw_state: Line = ""
    since: Moment | None = None
    call: Line = ""
    crew: tuple[CrewMember, ...] = ()
    capabilities: tuple[Line, ...] = ()
    home: Line = ""
    area: Line = ""
    shift_from: Moment | None = None
    shift_until: Moment | None = None
    emergency: bool = False
    updated_at: Moment | None = None


class Position(Struct, frozen=True, gc=False, omit_defaults=True):
    """Where a unit was last seen. ``heading`` in degrees from north, ``accuracy_m`` in meters."""

    unit: Key
    lat: Latitude
    lon: Longitude
    at: Moment
    heading: float | None = None
    speed_mps: float | None = None
    accuracy_m: float | None = None


class Facility(Struct, frozen=True, gc=False, omit_defaults=True):
    """A place people are taken or referred to; ``updated_at`` is the age of its bed figures."""

    id: Key
    name: Line = ""
    kind: FacilityKind = FacilityKind.OTHER
    lat: Latitude | None = None
    lon: Longitude | None = None
    beds: int | None = None
    beds_free: int | None = None
    accepting: bool | None = None
    updated_at: Moment | None = None


class FollowUp(Struct, frozen=True, gc=False, omit_defaults=True):
    """A promised later contact, with the case manager who owns it."""

    id: Key
    call: Line = ""
    case_manager: Line = ""
    hours: int | None = None
    due_at: Moment | None = None
    done_at: Moment | None = None
    outcome: Line = ""
    updated_at: Moment | None = None


class Agency(Struct, frozen=True, gc=False, omit_defaults=True):
    """Who is being watched, as the source describes itself.

    ``notice`` stands on the window as long as the source is shown (for example that the data are
    a simulation). ``bounds`` is (south, west, north, east) in degrees: the service area.
    """

    name: Line = ""
    timezone: Line = "UTC"
    notice: Line = ""
    shift: Line = ""
    shift_from: Moment | None = None
    bounds: tuple[Latitude, Longitude, Latitude, Longitude] | None = None
    base_map: Line = ""
