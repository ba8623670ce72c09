"""All alarms of a board, and what the rules have to remember from one look to the next."""

from datetime import datetime

from msgspec import Struct

from console.domain.alarms.alarm import Alarm, Check, Mute, Out, Tone
from console.domain.alarms.counts import Counts
from console.domain.alarms.flood import Flood
from console.domain.alarms.looks import Looks
from console.domain.entities import Unit

TONES = 16
"""Tones that are held: more than can fall due between two frames that a person hears."""

ENDED = 60
"""Alarms that are over and still listed."""

RETURNED = 500
"""Alarms that stand although they are over, for nobody acknowledged them: beyond that the mildest, oldest ones go."""


class Alarms(Struct, frozen=True):
    """``standing`` are the alarms by id: all that are not over, or over and not acknowledged.

    ``starting`` holds alarms to be, by id, with the moment at which what they tell of was first seen: they wait for
    their rule's on-delay. ``held`` names, by subject, the rules of which an alarm stands or starts, ``looks`` says when
    each subject is looked at next. ``returned`` are the ids of those that are over, the oldest first. ``blind`` are the
    keys of feeds that are too old to be believed. ``flagged`` are units that called for help since the last look,
    however short. ``claims`` names, by call, the units that say they are on it, ``named``, by unit, the open calls that
    say it is. `keeping.py` makes ``kept``, the last rows of units that may need somebody although no row tells so, and
    ``seen``, when a call without stamps was first seen waiting; ``closed`` is the closed call that a committed unit
    claims. ``teams`` tells whether any unit is a team. ``checked`` is each unit's last check-in, ``out`` what was
    taken out of service, by rule or alarm. ``began`` is the first look, ``carried_at`` when the alarms of an earlier
    run came over, or word that there are none; from then on, or a little later, it is ``opened``: what comes is said
    aloud. ``repeat_at`` is when a priority 1 is next said again.
    """

    standing: dict[str, Alarm] = {}
    starting: dict[str, datetime] = {}
    held: dict[str, tuple[str, ...]] = {}
    looks: Looks = Looks()
    returned: tuple[str, ...] = ()
    blind: frozenset[str] = frozenset()
    flagged: frozenset[str] = frozenset()
    claims: dict[str, tuple[str, ...]] = {}
    named: dict[str, tuple[str, ...]] = {}
    kept: dict[str, Unit] = {}
    seen: dict[str, datetime] = {}
    closed: dict[str, str] = {}
    teams: bool = False
    checked: dict[str, Check] = {}
    out: dict[str, Out] = {}
    mute: Mute | None = None
    flood: Flood = Flood()
    tones: tuple[Tone, ...] = ()
    counts: Counts = Counts()
    ended: tuple[Alarm, ...] = ()
    began: datetime | None = None
    carried_at: datetime | None = None
    opened: bool = False
    repeat_at: datetime | None = None
