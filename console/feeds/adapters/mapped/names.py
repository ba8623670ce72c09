"""What can be mapped: the fields of each kind of row, and what each of them holds."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from console.domain.entities import STAMP_NAMES, Assignment, Call, Facility, FollowUp, Position, Unit
from console.domain.vocabulary import (
    CallState,
    FacilityKind,
    FeedName,
    Origin,
    Police,
    Program,
    Role,
    Sensitivity,
    UnitState,
)

STATE, GEO = "state", "geo"
IDS = frozenset({"id", "call", "unit"})
PLACE = frozenset({"lat", "lon"})
NUMBERS = frozenset({*PLACE, "heading", "speed_mps", "accuracy_m"})
COUNTS = frozenset({"priority", "beds", "beds_free", "hours"})
LISTS = frozenset({"capabilities", "languages"})
ANSWERS = frozenset(
    {
        "backup_requested",
        "police_queue",
        "public_initiated",
        "eligible",
        "by_phone",
        "emergency",
        "accepting",
    }
)
MOMENTS = (
    *STAMP_NAMES,
    "since",
    "at",
    "closed_at",
    "due_at",
    "done_at",
    "shift_from",
    "shift_until",
    "updated_at",
)
"""Names of stamps, those of one kind in the order in which they happen."""

_OWN = frozenset({"stamps", "assignments", "observed", "raw_state", "crew"})


def _of(kind: Any, *others: str) -> frozenset[str]:
    return frozenset({*kind.__struct_fields__, *others}) - _OWN


FIELDS: dict[str, frozenset[str]] = {
    "call": _of(Call, *STAMP_NAMES, "disposition_text", GEO),
    "unit": _of(Unit),
    "assignment": _of(Assignment, "call"),
    "note": frozenset({"call", "at", "text"}),
    "staff": frozenset({"unit", "role", "name", "languages"}),
    "position": _of(Position, GEO),
    "facility": _of(Facility, GEO),
    "follow_up": _of(FollowUp),
}

NEEDED: dict[str, tuple[str, ...]] = {
    "call": ("id",),
    "unit": ("id",),
    "assignment": ("call", "unit"),
    "note": ("call", "text"),
    "staff": ("unit",),
    "position": ("unit", "at"),
    "facility": ("id",),
    "follow_up": ("id",),
}

FEEDS: dict[str, FeedName] = {
    "call": FeedName.CALLS,
    "unit": FeedName.UNITS,
    "assignment": FeedName.CALLS,
    "note": FeedName.CALLS,
    "staff": FeedName.UNITS,
    "position": FeedName.POSITIONS,
    "facility": FeedName.FACILITIES,
    "follow_up": FeedName.FOLLOW_UPS,
}

OWNERS = frozenset({"call", "unit", "position", "facility", "follow_up"})
"""Kinds that are rows of a feed by themselves; the others become part of one."""

JOINED = frozenset({"call", "unit", "assignment", "note", "staff"})
"""Kinds that are put together, and so are read in one round."""

_WORDS: Mapping[tuple[str, str], type[StrEnum]] = {
    ("call", "state"): CallState,
    ("call", "origin"): Origin,
    ("call", "program"): Program,
    ("call", "police"): Police,
    ("call", "sensitivity"): Sensitivity,
    ("unit", "state"): UnitState,
    ("unit", "program"): Program,
    ("staff", "role"): Role,
    ("facility", "kind"): FacilityKind,
}


def words(kind: str, name: str) -> frozenset[str] | None:
    """The words that the field can hold; ``None`` where it holds no closed list of them."""
    found = _WORDS.get((kind, name))
    return None if found is None else frozenset(word.value for word in found)
