"""What stands below a layer: a source that can be wound to any moment, and says when it cannot be read."""

from datetime import datetime
from typing import Protocol

from console.domain.due import Can, Due
from console.domain.state import State


class Wound(Protocol):
    """A recorded sequence of events, of which ``seen`` are already folded (`session.source.Source`)."""

    can: frozenset[Can]

    @property
    def trouble(self) -> str: ...

    def take(self, seen: int, until: datetime) -> Due: ...

    def rewind(self, to: datetime) -> State: ...
