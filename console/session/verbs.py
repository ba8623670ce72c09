"""What a person can do that changes the board; each becomes an event in the one sequence."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol

from console.domain.due import Can
from console.domain.events import (
    Acknowledged,
    Acted,
    Bookmarked,
    CheckedIn,
    Muted,
    Noted,
    PutBack,
    Revealed,
    Shelved,
    SignedOff,
    TakenOut,
    Unmuted,
    Unshelved,
)
from console.domain.vocabulary import Reached
from console.session.showing import Showing


class Verbs(Protocol):
    """The acts a panel may call; they are done in the name of ``who``."""

    @property
    def who(self) -> str: ...

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

    def acknowledge(self, alarms: Iterable[str]) -> None:
        """Say that these alarms (by id) were seen."""
        ...

    def check_in(self, unit: str, how: Reached) -> None:
        """Say how the team was reached, or that it was not."""
        ...

    def shelve(self, alarm: str, length: timedelta, reason: str) -> None:
        """Put an alarm aside for some time."""
        ...

    def unshelve(self, alarm: str) -> None:
        """Take it back before its time."""
        ...

    def take_out(self, what: str, reason: str) -> None:
        """Take a rule, or one alarm by its id, out of service."""
        ...

    def put_back(self, what: str) -> None:
        """Put it back into service."""
        ...

    def mute(self, length: timedelta) -> None:
        """No sound for some time."""
        ...

    def unmute(self) -> None:
        """Sound again."""
        ...

    def sign_off(self, strip: str, to: str) -> None:
        """Answer for what left the board without an owner: to whom or what it was handed."""
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

    @property
    def who(self) -> str:
        """Whose acts they are."""
        return self._who

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

    def acknowledge(self, alarms: Iterable[str]) -> None:
        """Acknowledge them in one act."""
        if names := tuple(alarms):
            self._act(lambda at: Acknowledged(at, names, self._who))

    def check_in(self, unit: str, how: Reached) -> None:
        """Keep when and how."""
        self._act(lambda at: CheckedIn(at, unit, how, self._who))

    def shelve(self, alarm: str, length: timedelta, reason: str) -> None:
        """Shelve it until then."""
        self._act(lambda at: Shelved(at, alarm, at + length, reason, self._who))

    def unshelve(self, alarm: str) -> None:
        """Call it back."""
        self._act(lambda at: Unshelved(at, alarm, self._who))

    def take_out(self, what: str, reason: str) -> None:
        """Keep why."""
        self._act(lambda at: TakenOut(at, what, reason, self._who))

    def put_back(self, what: str) -> None:
        """Let it serve again."""
        self._act(lambda at: PutBack(at, what, self._who))

    def mute(self, length: timedelta) -> None:
        """Mute until then."""
        self._act(lambda at: Muted(at, at + length, self._who))

    def unmute(self) -> None:
        """End the mute."""
        self._act(lambda at: Unmuted(at, self._who))

    def sign_off(self, strip: str, to: str) -> None:
        """Keep who answers for it."""
        self._act(lambda at: SignedOff(at, strip, to, self._who))


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
