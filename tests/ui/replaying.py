"""A replay for the tests of the windows: recorded shifts in memory, and one of them on the screen."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from console.domain.due import Can, Due
from console.domain.events import Acted
from console.domain.state import State, start
from console.domain.track import Mark, MarkKind, ShiftLine, Track
from console.session.playing import Playback, Playing
from console.session.replays import Choices
from console.session.session import Session
from console.session.store import Store
from console.session.transport import Span, TransportClock
from tests.ui.board import NOW, ago

SHIFT = ShiftLine("s1", "Demo", "Day shift B", "America/Denver", ago(12 * 60), NOW, calls=66, units=12)
TRACK = Track(
    SHIFT.since,
    SHIFT.until,
    marks=(
        Mark(ago(90), MarkKind.BOOKMARK, label="which team?"),
        Mark(ago(30), MarkKind.NOTE, "c1042", "no bed"),
    ),
)


class Nothing:
    """A recording in which nothing happens."""

    can = frozenset({Can.SEEK})

    def take(self, seen: int, until: datetime) -> Due:
        """No events."""
        return Due([], until)

    def rewind(self, to: datetime) -> State:
        """An empty board."""
        return start(to)


class Kept:
    """An overlay that remembers."""

    def __init__(self) -> None:
        self.acts: list[Acted] = []

    def add(self, act: Acted) -> None:
        """Remember ``act``."""
        self.acts.append(act)


def a_playback(shift: ShiftLine = SHIFT, track: Track = TRACK, *, going: bool = False) -> Playback:
    """A shift that stands an hour before its end."""
    span = Span(shift.since, shift.until)
    clock = TransportClock(lambda: 0.0, lambda: span, shift.until - timedelta(hours=1))
    session = Session(clock, Nothing(), Store(start(shift.since)))
    return Playback(clock, session, Kept(), Playing(shift, track, going=going))


class Recorded:
    """Recorded shifts that remember what was asked of them (`Replays`)."""

    def __init__(self, live: State | None = None) -> None:
        self.playing: Store[Playing | None] = Store(None)
        self.choices = Store(Choices())
        self.live = None if live is None else Store(live)
        self.playback: Playback | None = None
        self.live_can = frozenset({Can.REVEAL, Can.REFRESH})
        self.asked = 0
        self.opened: list[tuple[str, datetime | None]] = []
        self.went_back: list[timedelta] = []

    @property
    def can(self) -> frozenset[Can]:
        """What the board on the screen allows."""
        return self.live_can if self.playback is None else self.playback.session.source.can

    def ask(self) -> None:
        """Count it."""
        self.asked += 1
        self.choices.set(replace(self.choices.value, asking=True))

    def open(self, shift: str, at: datetime | None = None) -> None:
        """Remember it."""
        self.opened.append((shift, at))

    def back(self, by: timedelta) -> None:
        """Remember it."""
        self.went_back.append(by)

    def back_to_live(self) -> None:
        """Show the live board."""
        self.playback = None
        self.playing.set(None)

    def play(self, playback: Playback | None = None) -> Playback:
        """Put a replay on the screen."""
        self.playback = playback or a_playback(going=self.live is not None)
        self.playing.set(self.playback.playing.value)
        return self.playback
