"""What a source hands over, and what it allows."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum, auto

from msgspec import Struct

from console.domain.events import Recorded
from console.domain.state import State


class Can(Enum):
    """What a source allows; asked for instead of the kind of source."""

    SEEK = auto()
    REVEAL = auto()
    REFRESH = auto()
    RECORD = auto()
    """What people do here gets into the recording, and so to all who follow it; else it holds here alone."""


class Due(Struct, frozen=True):
    """Events in order, and the moment up to which the sequence is complete.

    With a ``base`` the events follow that board and not the one the session has: a recording was joined further
    on, because of a jump, of a stretch that is missing or of another console that went on with the shift.
    """

    events: Sequence[Recorded]
    upto: datetime
    base: State | None = None


class Tapped(Struct, frozen=True):
    """Events in order, complete up to ``upto``; the first of them has the number ``first`` (from 1).

    ``anew``: the sequence started over at another time, and what was handed out before never happened.
    ``began`` is the moment at which it starts. A ``first`` that does not follow the last number taken means
    that the events between were dropped.
    """

    events: Sequence[Recorded]
    first: int
    upto: datetime
    began: datetime
    anew: bool
