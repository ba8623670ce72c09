"""A recorded shift in memory, played as the program plays one, for the tests of the transport bar."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from console.domain.due import Can, Due
from console.domain.entities import Call
from console.domain.events import Acted
from console.domain.state import State
from console.domain.track import Gap, GapKind, Mark, MarkKind, ShiftLine, Track
from console.session.clock import FixedClock
from console.session.playing import Playback, Playing
from console.session.replays import Choices
from console.session.session import Session
from console.session.showing import Showing
from console.session.store import Store
from console.session.transport import Span, TransportClock
from tests.ui.board import a_board

EIGHT = datetime(2026, 11, 19, 15, tzinfo=UTC)
"""08:00 in Denver."""


def clock(text: str) -> datetime:
    """That time of the recorded day in Denver: ``14:05`` or ``14:05:22``."""
    hour, minute, *second = (int(part) for part in text.split(":"))
    return EIGHT + timedelta(hours=hour - 8, minutes=minute, seconds=second[0] if second else 0)


TWENTY = clock("20:00")
MARKS = (
    Mark(clock("09:00"), MarkKind.CALL, "a", "1001"),
    Mark(clock("09:40"), MarkKind.ALARM, "b", "2 waits too long"),
    Mark(clock("11:30"), MarkKind.BOOKMARK, "me", "decision: which team?"),
    Mark(clock("13:00"), MarkKind.CALL, "c", "1002"),
    Mark(clock("16:00"), MarkKind.NOTE, "c"),
)
GAPS = (
    Gap(clock("10:05"), clock("10:20"), GapKind.FEED_DOWN, "units"),
    Gap(clock("15:04"), clock("15:31"), GapKind.CONSOLE_OFF),
)
TRACK = Track(EIGHT, TWENTY, density=tuple(n % 9 for n in range(720)), marks=MARKS, gaps=GAPS)
LINE = ShiftLine("s", "Denver STAR", "Day shift B", "America/Denver", EIGHT, TWENTY)


class Standing:
    """A source in which nothing happens."""

    def __init__(self, board: State, can: Can) -> None:
        self._board, self.can = board, frozenset({can})

    def take(self, seen: int, until: datetime) -> Due:
        return Due([], until)

    def rewind(self, to: datetime) -> State:
        return replace(self._board, at=to, second=to.replace(microsecond=0))


class Nowhere:
    """An overlay that keeps nothing."""

    def add(self, act: Acted) -> None:
        """Nothing is kept."""


class Replayed:
    """The recorded shifts of a program, with one in memory; ``passed`` are the real seconds since the start."""

    def __init__(self, track: Track = TRACK, line: ShiftLine = LINE, *calls: Call, live: bool = True) -> None:
        self.passed = 0.0
        self.went_back: list[timedelta] = []
        self.until = track.until
        self.board = a_board(calls)
        self.clock = TransportClock(lambda: self.passed, lambda: Span(track.since, self.until), track.since)
        source = Standing(self.board, Can.SEEK)
        standing = Standing(self.board, Can.REFRESH)
        present = Session(FixedClock(self.board.at), standing, Store(self.board))
        recorded = Session(self.clock, source, Store(source.rewind(track.since)))
        self.corrected = Session(self.clock, source, Store(source.rewind(track.since)))
        self.opened = Playback(self.clock, recorded, Nowhere(), Playing(line, track, going=live))
        self.showing = Showing(present if live else None, Store(self.board))
        self.choices = Store(Choices())

    @property
    def playing(self) -> Store[Playing | None]:
        return self.showing.playing

    @property
    def live(self) -> Store[State] | None:
        return self.showing.live.store if self.showing.live is not None else None

    @property
    def can(self) -> frozenset[Can]:
        return self.showing.can

    @property
    def playback(self) -> Playback | None:
        return self.showing.playback

    def ask(self) -> None:
        """There is one shift."""

    def open(self, shift: str = "s", at: datetime | None = None) -> None:
        """Play the shift."""
        self.showing.replay(self.opened)
        self.opened.seek(at or EIGHT)
        self.frame()

    def back(self, by: timedelta) -> None:
        """Remember that somebody went back from the live board."""
        self.went_back.append(by)

    def back_to_live(self) -> None:
        self.showing.back_to_live()
        self.frame()

    def frame(self, seconds: float = 0) -> None:
        """One frame, that many real seconds on."""
        self.passed += seconds
        for _ in self.showing.turns():
            pass
