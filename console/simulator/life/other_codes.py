"""What else people call about in Cedar Fork: what police and ambulances are sent to."""

from console.domain.vocabulary import Origin
from console.simulator.life.natures import Nature, Weights

_POLICE: Weights = (("RPT", 42), ("ADV", 36), ("NOTFND", 12), ("CITE", 4), ("ARREST", 6))

CRISIS_BY_POLICE: Weights = (
    ("ADV", 38), ("RPT", 14), ("NOTFND", 18), ("TR-CC", 6), ("TR-EDV", 9), ("TR-EDI", 9), ("ARREST", 6),
)  # fmt: skip
"""How a crisis call ends when no team is free and police go."""


_PATROL_LINES = ((Origin.E911, 50), (Origin.NON_EMERGENCY, 38), (Origin.OFFICER, 12))

_STOPS = ((Origin.E911, 34), (Origin.NON_EMERGENCY, 26), (Origin.OFFICER, 40))

POLICE_CALLS = (
    Nature(
        code="THEFT",
        text="Theft",
        weight=18,
        priorities=((3, 100),),
        minutes=(8, 16, 35),
        outcomes=_POLICE,
        origins=_PATROL_LINES,
    ),
    Nature(
        code="TRAFF",
        text="Traffic",
        weight=20,
        priorities=((2, 25), (3, 75)),
        minutes=(5, 12, 30),
        outcomes=(*_POLICE, ("CITE", 22)),
        origins=_STOPS,
    ),
    Nature(
        code="NOISE",
        text="Noise complaint",
        weight=12,
        priorities=((4, 100),),
        minutes=(4, 8, 16),
        outcomes=(("ADV", 75), ("NOTFND", 20), ("CITE", 5)),
    ),
    Nature(
        code="SUSPV",
        text="Suspicious vehicle",
        weight=14,
        priorities=((3, 100),),
        minutes=(4, 9, 20),
        outcomes=(("ADV", 50), ("NOTFND", 42), ("RPT", 8)),
    ),
    Nature(
        code="ALARM",
        text="Alarm",
        weight=12,
        priorities=((2, 60), (3, 40)),
        minutes=(4, 9, 18),
        outcomes=(("ADV", 82), ("RPT", 8), ("CANCEL", 10)),
    ),
    Nature(
        code="DOMVIO",
        text="Domestic violence",
        weight=8,
        priorities=((1, 70), (2, 30)),
        minutes=(18, 32, 60),
        outcomes=(("RPT", 62), ("ADV", 20), ("ARREST", 18)),
    ),
    Nature(
        code="BURG",
        text="Burglary",
        weight=5,
        priorities=((1, 20), (2, 40), (3, 40)),
        minutes=(12, 24, 50),
        outcomes=_POLICE,
    ),
    Nature(
        code="ASSLT",
        text="Assault",
        weight=6,
        priorities=((1, 70), (2, 30)),
        minutes=(15, 28, 60),
        outcomes=(("RPT", 66), ("ARREST", 22), ("NOTFND", 12)),
    ),
    Nature(
        code="WEAPON",
        text="Person with a weapon",
        weight=3,
        priorities=((1, 100),),
        minutes=(10, 22, 50),
        outcomes=(("NOTFND", 45), ("ADV", 30), ("ARREST", 25)),
        origins=((Origin.E911, 100),),
    ),
)

EMS_CALLS = (
    Nature(
        code="MEDIC",
        text="Medical",
        weight=1,
        priorities=((1, 30), (2, 70)),
        minutes=(12, 20, 35),
        outcomes=(("TR-ED", 62), ("REFUSE", 28), ("CANCEL", 10)),
        origins=((Origin.E911, 95), (Origin.NON_EMERGENCY, 5)),
    ),
)
