"""Who is on the roster: fourteen alternative-response teams of four kinds, patrol cars, ambulances."""

from collections.abc import Iterator

from msgspec import Struct

from console.domain.entities import CrewMember
from console.domain.vocabulary import Program, Role
from console.simulator.life import words
from console.simulator.life.chance import stream

Hours = tuple[int, int]
"""The local hour at which a shift starts, and how many hours it lasts."""

_EARLY, _MIDDLE, _LATE = (7, 10), (11, 10), (21, 10)


class UnitSpec(Struct, frozen=True):
    """A unit as the roster has it. ``home`` is the id of the station it starts from."""

    id: str
    callsign: str
    program: Program
    kind: str
    hours: Hours
    home: str
    crew: tuple[CrewMember, ...]
    capabilities: tuple[str, ...] = ()

    @property
    def spanish(self) -> bool:
        """Whether somebody on the crew speaks Spanish."""
        return any("es" in member.languages for member in self.crew)


class _Make(Struct, frozen=True):
    """What the units of one program have in common; one entry of ``duty`` for each unit."""

    program: Program
    prefix: str
    kind: str
    crew: tuple[Role, ...]
    capabilities: tuple[str, ...]
    duty: tuple[Hours, ...]
    first: int = 1


_MAKES = (
    _Make(
        Program.CLINICIAN_EMS,
        "STAR",
        "Clinician + EMT van",
        (Role.CLINICIAN, Role.EMT),
        ("clinician", "medical", "transport"),
        (_EARLY, _EARLY, _MIDDLE, _MIDDLE, _LATE),
    ),
    _Make(
        Program.MOBILE_CRISIS,
        "MC",
        "Mobile crisis car",
        (Role.CLINICIAN, Role.PEER),
        ("clinician", "peer", "transport"),
        (_EARLY, _MIDDLE, _MIDDLE, _LATE),
    ),
    _Make(
        Program.CO_RESPONDER,
        "CRU",
        "Co-responder car",
        (Role.CLINICIAN, Role.OFFICER),
        ("clinician", "officer", "hold"),
        (_EARLY, _MIDDLE, _LATE),
    ),
    _Make(
        Program.OUTREACH,
        "OUT",
        "Outreach van",
        (Role.CASE_MANAGER, Role.PEER),
        ("case management", "sharps", "transport"),
        (_EARLY, _MIDDLE),
    ),
    _Make(
        Program.POLICE,
        "PD",
        "Patrol car",
        (Role.OFFICER,),
        ("officer",),
        ((6, 12),) * 9 + ((12, 12),) * 7 + ((18, 12),) * 8,
        first=11,
    ),
    _Make(
        Program.EMS,
        "M",
        "Ambulance",
        (Role.PARAMEDIC, Role.EMT),
        ("medical", "transport", "als"),
        ((7, 24),) * 6,
    ),
)

_STATIONS = ("station-1", "station-4", "station-2", "station-3", "station-5")


def roster(seed: int) -> list[UnitSpec]:
    """Every unit, in the order the roster lists them."""
    return [spec for make in _MAKES for spec in _units(make, seed)]


def _units(make: _Make, seed: int) -> Iterator[UnitSpec]:
    for i, hours in enumerate(make.duty):
        number = make.first + i
        yield UnitSpec(
            id=f"{make.prefix}-{number}",
            callsign=f"{make.prefix} {number}",
            program=make.program,
            kind=make.kind,
            hours=hours,
            home=_STATIONS[(i + len(make.prefix)) % len(_STATIONS)],
            crew=_crew(make, number, seed),
            capabilities=make.capabilities,
        )


def _crew(make: _Make, number: int, seed: int) -> tuple[CrewMember, ...]:
    """Fictional names; the first member of about every third crew speaks Spanish."""
    rng = stream(seed, "crew", make.prefix, number)
    roles = list(make.crew)
    if make.program is Program.CLINICIAN_EMS and number % 3 == 0:
        roles[1] = Role.PARAMEDIC
    if make.program is Program.MOBILE_CRISIS and number % 4 == 0:
        roles[1] = Role.NURSE
    spanish = ("en", "es") if number % 3 == 0 else ("en",)
    return tuple(
        CrewMember(role, words.name(rng), languages=spanish if i == 0 else ("en",))
        for i, role in enumerate(roles)
    )
