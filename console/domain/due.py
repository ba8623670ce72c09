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


class Due(Struct, frozen=True):
    """Events in order, and the moment up to which the sequence is complete.

    With a ``base`` the events follow that board and not the one the session has: a recording was joined further
    on, because of a jump, of a stretch that is missing or of another console that went on with the shift.
    """

    events: Sequence[Recorded]
    upto: datetime
    base: State | None = None
