"""What a nature code is made of, and how calls end."""

from msgspec import Struct

from console.domain.vocabulary import FacilityKind, Origin, Program
from console.simulator.life.chance import Minutes

DISPOSITIONS = {
    "STAB": "Stabilized on scene",
    "REFER": "Referred to services",
    "TR-CC": "Transported to crisis center",
    "TR-SH": "Transported to shelter",
    "TR-DX": "Transported to detox",
    "TR-EDV": "Transported to ED, voluntary",
    "TR-EDI": "Transported to ED, involuntary",
    "REFUSE": "Declined services",
    "NOTFND": "Person not found",
    "TOPD": "Handed to police",
    "ARREST": "Arrest",
    "PHONE": "Resolved by phone",
    "CANCEL": "Cancelled",
    "RPT": "Report taken",
    "ADV": "Advised, no report",
    "CITE": "Citation issued",
    "TR-ED": "Transported to ED by EMS",
}

DESTINATIONS = {
    "TR-CC": FacilityKind.CRISIS_CENTER,
    "TR-SH": FacilityKind.SHELTER,
    "TR-DX": FacilityKind.DETOX,
    "TR-EDV": FacilityKind.HOSPITAL,
    "TR-EDI": FacilityKind.HOSPITAL,
    "TR-ED": FacilityKind.HOSPITAL,
}

Weights = tuple[tuple[str, float], ...]


class Nature(Struct, frozen=True):
    """One nature code. ``tiers``: the programs that suit it, the best first, the next after a wait.

    ``unsafe``: the share that screening keeps from the teams; ``minutes``: time with the person.
    """

    code: str
    text: str
    weight: float
    priorities: tuple[tuple[int, float], ...]
    minutes: Minutes
    outcomes: Weights
    tiers: tuple[tuple[Program, ...], ...] = ()
    unsafe: float = 0.0
    origins: tuple[tuple[Origin, float], ...] = ((Origin.E911, 62), (Origin.NON_EMERGENCY, 38))
