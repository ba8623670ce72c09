"""What a person can do that changes the board; each becomes an event in the one sequence."""

from datetime import datetime
from typing import Protocol

from console.domain.events import Recorded, Revealed
from console.session.sequence import Sequence


class Verbs(Protocol):
    """The acts a panel may call."""

    def reveal(self, call: str) -> None:
        """Log that somebody looks at the masked fields of ``call``."""
        ...

    def refresh(self) -> None:
        """Ask every feed for its data now."""
        ...


class LiveVerbs:
    """The acts on the live board, in the name of ``who``."""

    def __init__(self, sequence: Sequence, who: str, hurry: "Hurry") -> None:
        self._sequence = sequence
        self._who = who
        self._hurry = hurry

    def reveal(self, call: str) -> None:
        """Log the reveal as an event of the live sequence."""

        def made(at: datetime) -> Recorded:
            return Revealed(at, call, self._who)

        self._sequence.append(made)

    def refresh(self) -> None:
        """Poll every feed at once."""
        self._hurry()


class Hurry(Protocol):
    """Asks the feeds to poll now."""

    def __call__(self) -> None: ...
