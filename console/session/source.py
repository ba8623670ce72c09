"""Where events come from, said once for the live shift and for every recorded one."""

from datetime import datetime
from typing import Protocol

from console.domain.due import Can, Due
from console.domain.state import State

__all__ = ["Can", "Due", "Source"]


class Source(Protocol):
    """A sequence of events, of which ``seen`` are already folded."""

    can: frozenset[Can]

    def take(self, seen: int, until: datetime) -> Due:
        """The events after the first ``seen``, none later than ``until``."""
        ...

    def rewind(self, to: datetime) -> State:
        """The board as it was at ``to`` or before; the session folds on from there."""
        ...
