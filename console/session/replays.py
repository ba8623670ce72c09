"""What the windows may ask of recorded shifts; reading an archive takes a while, so answers come into stores."""

from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Struct

from console.domain.due import Can
from console.domain.state import State
from console.domain.track import ShiftLine
from console.session.playing import Playback, Playing
from console.session.store import Store


class Choices(Struct, frozen=True):
    """The shifts that can be opened, newest first. ``asking``: the answer is not there yet; ``trouble``: why not."""

    shifts: tuple[ShiftLine, ...] = ()
    asking: bool = False
    trouble: str = ""


class Replays(Protocol):
    """Recorded shifts, and the one on the screen.

    ``playing`` is ``None`` while the live board is shown; ``live`` is the live board, shown or not, or ``None``
    where there is none. ``choices`` is filled by `ask`.
    """

    @property
    def playing(self) -> Store[Playing | None]: ...

    @property
    def choices(self) -> Store[Choices]: ...

    @property
    def live(self) -> Store[State] | None: ...

    @property
    def can(self) -> frozenset[Can]:
        """What the board on the screen allows."""
        ...

    @property
    def playback(self) -> Playback | None:
        """The controls of the replay on the screen."""
        ...

    def ask(self) -> None:
        """Read anew which shifts there are."""
        ...

    def open(self, shift: str, at: datetime | None = None) -> None:
        """Put the shift of that id on the screen, at ``at`` or where its recording begins."""
        ...

    def back(self, by: timedelta) -> None:
        """Show the running shift as it was ``by`` ago, while it is being recorded."""
        ...

    def back_to_live(self) -> None:
        """Show the live board; where there is none the replay stays."""
        ...
