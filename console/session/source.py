"""Where events come from, said once for the live shift and for every recorded one."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from msgspec import Struct

from console.domain.events import Recorded
from console.domain.state import State


class Can(Enum):
    """What a source allows; asked for instead of the kind of source."""

    SEEK = auto()
    REVEAL = auto()


class Due(Struct, frozen=True):
    """Events in order, and the moment up to which the sequence is complete."""

    events: Sequence[Recorded]
    upto: datetime


class Source(Protocol):
    """A sequence of events, of which ``seen`` are already folded."""

    can: frozenset[Can]

    def take(self, seen: int, until: datetime) -> Due:
        """The events after the first ``seen``, none later than ``until``."""
        ...

    def rewind(self, to: datetime) -> State:
        """The board as it was at ``to``."""
        ...
