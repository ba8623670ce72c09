"""What a person can do that changes the board; each becomes an event in the one sequence."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from console.domain.due import Can
from console.domain.events import Acted, Bookmarked, Noted, Revealed
from console.session.showing import Showing


class Verbs(Protocol):
    """The acts a panel may call."""

    def reveal(self, call: str) -> None:
        """Log that somebody looks at the masked fields of ``call``."""
        ...

    def note(self, text: str, call: str = "") -> None:
        """Write something down, about ``call`` or about the shift."""
        ...

    def bookmark(self, label: str) -> None:
        """Mark this moment, to come back to it in a replay."""
        ...

    def refresh(self) -> None:
        """Ask every feed for its data now."""
        ...


class Acting(Protocol):
    """Takes people's acts on the live board: the one sequence, or the place where a follower keeps its own."""

    def append(self, make: Callable[[datetime], Acted]) -> None:
        """Stamp the act that ``make`` builds with the session's now."""
        ...


class Hurry(Protocol):
    """Asks the feeds to poll now."""

    def __call__(self) -> None: ...


Act = Callable[[Callable[[datetime], Acted]], None]
"""Takes what makes an event of a person's act, given the moment."""


class ActingVerbs:
    """The acts in the name of ``who``, which ``act`` puts where they belong."""

    def __init__(self, act: Act, who: str, hurry: Hurry) -> None:
        self._act, self._who, self._hurry = act, who, hurry

    def reveal(self, call: str) -> None:
        """Log the reveal."""
        self._act(lambda at: Revealed(at, call, self._who))

    def note(self, text: str, call: str = "") -> None:
        """Keep what was written."""
        self._act(lambda at: Noted(at, text, self._who, call))

    def bookmark(self, label: str) -> None:
        """Keep the moment."""
        self._act(lambda at: Bookmarked(at, label, self._who))

    def refresh(self) -> None:
        """Poll every feed at once."""
        self._hurry()


def shown_verbs(showing: Showing, sequence: Acting | None, who: str, hurry: Hurry) -> Verbs:
    """The acts on whichever board is on the screen; a recording stays as it is, and feeds are asked where it can be."""

    def act(make: Callable[[datetime], Acted]) -> None:
        if showing.playback is not None:
            showing.playback.act(make)
        elif sequence is not None:
            sequence.append(make)

    def asked() -> None:
        if Can.REFRESH in showing.can:
            hurry()

    return ActingVerbs(act, who, asked)
