"""What a recorder is connected to, and what it tells of its work; importing this loads no database."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from console.domain.due import Tapped
from console.domain.events import CarriedOver
from console.domain.recording import Recording
from console.domain.state import State


def _unasked(_make: Callable[[datetime], CarriedOver]) -> None:
    """Nobody asks what the run before knew."""


class Ends(Struct, frozen=True):
    """``tapped`` gives each event once, ``board`` the newest board anybody folded, ``tell`` takes what changes.

    ``steady`` gives seconds that only rise, ``wall`` the workstation's own time. ``carry`` takes what makes an event
    of what the run before knew, given the moment.
    """

    tapped: Callable[[], Tapped]
    board: Callable[[], State]
    tell: Callable[[Recording], None]
    steady: Callable[[], float]
    wall: Callable[[], datetime]
    carry: Callable[[Callable[[datetime], CarriedOver]], None] = _unasked


class Progress(Struct, frozen=True):
    """Of the run: its number in the archive, its shift, and how much was written by this recorder."""

    run: int = 0
    shift: str = ""
    events: int = 0
    blocks: int = 0
    bytes: int = 0


class Unwritten(Struct, frozen=True):
    """How many events are not in the archive, and when the oldest of them came."""

    events: int = 0
    since: datetime | None = None

    def __str__(self) -> str:
        since = f" since {self.since:%Y-%m-%d %H:%M} UTC" if self.since else ""
        what, were = ("1 event", "was") if self.events == 1 else (f"{self.events} events", "were")
        return f"{what}{since} {were} not written: the archive did not take them before the end"
