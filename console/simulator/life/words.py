"""Invented people and what they say. Phone numbers are of the block reserved for fiction (555-0100 to 0199)."""

from random import Random

_GIVEN = (
    "Ana", "Bashir", "Carla", "Dmitri", "Elena", "Farid", "Grace", "Hugo", "Imani", "Jonas", "Kavya", "Luis", "Mei",
    "Nadia", "Omar", "Petra", "Quentin", "Rosa", "Samir", "Talia", "Uma", "Victor", "Wanda", "Yusuf", "Zoe",
)  # fmt: skip
_FAMILY = (
    "Abara", "Brandvold", "Castellan", "Drummel", "Eskildsen", "Farrow", "Grenz", "Holloway", "Ibarra", "Jankow",
    "Kestner", "Lindqvist", "Marrow", "Nakato", "Okafor", "Pellerin", "Quist", "Rademaker", "Solano", "Thorne",
    "Ulloa", "Vantongeren", "Weatherby", "Ysidro", "Zeller",
)  # fmt: skip

_TOLD: dict[str, tuple[str, ...]] = {
    "WELCHK": (
        "Caller has not seen an older neighbor for two days; mail at the door, lights on.",
        "Employer asks for a check: did not come to work, sounded confused on the phone yesterday.",
        "Person sitting on the curb, answers slowly, no coat. Passer-by stays at a distance.",
        "Daughter out of state cannot reach her father, who lives alone.",
    ),
    "MHCRIS": (
        "Person pacing in the lobby, talking to someone who is not there. No threats, no weapon seen.",
        "Roommate says the person has not slept for days and stopped medication last week.",
        "Caller says the voices are loud today and asks for the team that came last time.",
    ),
    "SUICID": (
        "Caller says they cannot go on. Alone at home, agrees to stay on the line.",
        "Friend got a goodbye message an hour ago. Person is at home and answers the phone.",
    ),
    "SUITHR": (
        "Student made a statement to a teacher about ending their life. In the counselor's office now.",
        "Partner reports a threat made during an argument. No weapon seen, person went to the garage.",
    ),
    "INTOX": (
        "Person asleep at the bus stop, breathing, wakes when spoken to.",
        "Unsteady person walking close to the road, refuses a ride from the store clerk.",
    ),
    "TRESP": (
        "Person in the stairwell will not leave. Calm, several bags. Manager asks for outreach first.",
        "Person charging a phone in the vestibule after closing, polite, nowhere to go.",
    ),
    "UNHOUS": (
        "Two people with a dog ask for a place tonight. Wet clothes.",
        "Person in a wheelchair at the library entrance, shelter was full yesterday.",
    ),
    "SYRING": (
        "Several needles beside the playground fence.",
        "Needle box overturned behind the laundromat.",
    ),
    "FAMMH": (
        "Mother and adult son arguing, son has a diagnosis. Doors slammed, nobody hurt.",
        "Brother will not come out of his room, family frightened by what he says.",
    ),
    "DISORD": ("Person shouting at traffic, throws a cup. Keeps to the sidewalk.",),
    "OD": ("Person not waking up, bystander gives naloxone.",),
    "FOLLOW": ("Planned visit after an earlier contact.",),
    "MEDIC": ("Chest pain, awake.", "Fall on the stairs, hip pain.", "Short of breath, known asthma."),
}
_PLAIN = ("Caller gives a short description and waits inside.", "No further details from the caller.")


def name(rng: Random) -> str:
    """A given and a family name."""
    return f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"


def phone(rng: Random) -> str:
    """A number that can belong to nobody."""
    return f"303-555-01{rng.randrange(100):02d}"


def narrative(rng: Random, nature: str, *, spanish: bool) -> str:
    """What the call taker wrote down."""
    told = rng.choice(_TOLD.get(nature, _PLAIN))
    return f"{told} Caller speaks Spanish." if spanish else told
