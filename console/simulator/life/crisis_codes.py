"""What people in crisis, or those who see them, call about in Cedar Fork.

Shares and durations are assumptions, chosen so that a weekday looks like the published programs
(METRICS section 2): coverage near 60 %, a fifth transported, few handed to police.
"""

from console.domain.vocabulary import Origin, Program
from console.simulator.life.natures import Nature, Weights

STAR = Program.CLINICIAN_EMS
CRISIS = Program.MOBILE_CRISIS
DUO = Program.CO_RESPONDER
OUT = Program.OUTREACH

_USUAL: Weights = (
    ("STAB", 40), ("REFER", 17), ("TR-CC", 11), ("TR-SH", 4), ("TR-EDV", 6), ("TR-EDI", 3), ("REFUSE", 7),
    ("NOTFND", 9), ("TOPD", 2),
)  # fmt: skip
_STREET: Weights = (
    ("STAB", 26), ("REFER", 22), ("TR-SH", 24), ("TR-DX", 4), ("REFUSE", 10), ("NOTFND", 13), ("TOPD", 1),
)  # fmt: skip
_DRUNK: Weights = (
    ("STAB", 28), ("REFER", 8), ("TR-DX", 26), ("TR-SH", 9), ("TR-EDV", 8), ("REFUSE", 8), ("NOTFND", 12),
    ("TOPD", 1),
)  # fmt: skip
_LINES = ((Origin.E911, 60), (Origin.NON_EMERGENCY, 22), (Origin.OFFICER, 9), (Origin.C988, 9))

_CRISIS_LINES = ((Origin.E911, 46), (Origin.C988, 38), (Origin.NON_EMERGENCY, 6), (Origin.OFFICER, 10))

CRISIS_CALLS = (
    Nature(
        code="WELCHK",
        text="Welfare check",
        weight=22,
        priorities=((2, 65), (3, 35)),
        minutes=(12, 30, 75),
        outcomes=_USUAL,
        tiers=((STAR,), (CRISIS,)),
        unsafe=0.06,
        origins=_LINES,
    ),
    Nature(
        code="MHCRIS",
        text="Mental health crisis",
        weight=15,
        priorities=((1, 10), (2, 75), (3, 15)),
        minutes=(25, 45, 105),
        outcomes=_USUAL,
        tiers=((CRISIS,), (DUO, STAR)),
        unsafe=0.13,
        origins=_CRISIS_LINES,
    ),
    Nature(
        code="SUICID",
        text="Suicidal person",
        weight=8,
        priorities=((1, 35), (2, 65)),
        minutes=(30, 55, 120),
        outcomes=_USUAL,
        tiers=((CRISIS,), (DUO,)),
        unsafe=0.14,
        origins=_CRISIS_LINES,
    ),
    Nature(
        code="SUITHR",
        text="Suicide threat",
        weight=8,
        priorities=((1, 45), (2, 55)),
        minutes=(30, 50, 110),
        outcomes=_USUAL,
        tiers=((CRISIS,), (DUO,)),
        unsafe=0.18,
        origins=_CRISIS_LINES,
    ),
    Nature(
        code="INTOX",
        text="Intoxicated person",
        weight=12,
        priorities=((2, 30), (3, 70)),
        minutes=(12, 25, 60),
        outcomes=_DRUNK,
        tiers=((STAR,), (OUT,)),
        unsafe=0.08,
        origins=_LINES,
    ),
    Nature(
        code="TRESP",
        text="Trespass, calm",
        weight=11,
        priorities=((3, 100),),
        minutes=(10, 22, 50),
        outcomes=_STREET,
        tiers=((STAR,), (OUT,)),
        unsafe=0.1,
        origins=_LINES,
    ),
    Nature(
        code="UNHOUS",
        text="Unhoused person needs shelter",
        weight=9,
        priorities=((3, 100),),
        minutes=(15, 32, 70),
        outcomes=_STREET,
        tiers=((OUT,),),
        unsafe=0.02,
        origins=_LINES,
    ),
    Nature(
        code="SYRING",
        text="Syringe disposal",
        weight=4,
        priorities=((3, 100),),
        minutes=(6, 12, 22),
        outcomes=(("STAB", 85), ("NOTFND", 15)),
        tiers=((OUT,),),
        unsafe=0.0,
        origins=((Origin.NON_EMERGENCY, 80), (Origin.E911, 20)),
    ),
    Nature(
        code="FAMMH",
        text="Mental health, family dispute",
        weight=6,
        priorities=((2, 85), (3, 15)),
        minutes=(25, 45, 95),
        outcomes=_USUAL,
        tiers=((DUO,), (CRISIS,)),
        unsafe=0.17,
        origins=_LINES,
    ),
    Nature(
        code="DISORD",
        text="Disorderly, in distress",
        weight=5,
        priorities=((2, 60), (3, 40)),
        minutes=(12, 28, 60),
        outcomes=(*_USUAL, ("ARREST", 3)),
        tiers=((DUO,), (STAR,)),
        unsafe=0.4,
        origins=_LINES,
    ),
    Nature(
        code="OD",
        text="Overdose",
        weight=3,
        priorities=((1, 100),),
        minutes=(12, 22, 40),
        outcomes=(("TR-ED", 72), ("REFUSE", 28)),
        unsafe=1.0,
        origins=((Origin.E911, 100),),
    ),
)

VISITS = (
    Nature(
        code="FOLLOW",
        text="Follow-up visit",
        weight=1,
        priorities=((3, 100),),
        minutes=(15, 30, 60),
        outcomes=(("STAB", 60), ("REFER", 25), ("NOTFND", 15)),
        tiers=((OUT,), (CRISIS, STAR)),
        origins=((Origin.NON_EMERGENCY, 100),),
    ),
)
