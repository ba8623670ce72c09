"""A recorder as a follower meets it: a run of the log, written as a test says."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic
from typing import Self

from msgspec.structs import replace

from console.archive.following.follow import Follow
from console.archive.following.mirror import Mirror
from console.archive.recording.entries import Piece, Run
from console.archive.recording.log import Log
from console.archive.recording.turns import Turn
from console.archive.store.database import Database
from console.domain.entities import Call
from console.domain.events import CallsChanged, Recorded
from console.domain.state import State, advance, start
from console.domain.vocabulary import CallState
from tests.domain.builders import NOON

PATIENCE_S = 20.0


class Recorder:
    """Writes hot blocks and settles them, and keeps the board and all events to compare with."""

    def __init__(self, database: Database, key: str, began: datetime = NOON) -> None:
        self.log = Log(database, Run(key, "dispatch-1", 4711))
        self.first, self.board = start(began), start(began)
        self.events: list[Recorded] = []
        self._settled = self.board
        self.log.begin(self.board, Turn("Test City", "day", "UTC", began, None, told=True))

    def say(self, *events: Recorded, upto: datetime) -> None:
        """One hot block, or a heartbeat where there is nothing to say."""
        piece = Piece(events, self.board.seen + 1, upto)
        self.events += events
        self.board = advance(self.board, events, upto)
        if events:
            self.log.write(piece)
        else:
            self.log.beat(self.board.seen, upto)

    def settle(self) -> None:
        """All hot blocks become one, with a board."""
        settled = self._settled.seen
        self.log.settle(Piece(self.events[settled:], settled + 1, self.board.at), self.board)
        self._settled = self.board

    def at(self, board: State) -> State:
        """The recorder's board when it had seen as much as ``board`` has, at that moment."""
        return advance(self.first, self.events[: board.seen], board.at)


def called(name: str, at: datetime) -> CallsChanged:
    """A call comes in."""
    return CallsChanged(at, "cad/calls", (Call(name, state=CallState.PENDING),))


def seconds(count: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=count)


class Steady:
    """A counter of seconds that a test moves."""

    def __init__(self) -> None:
        self.count = 0.0

    def __call__(self) -> float:
        return self.count


def mirror(steady: Callable[[], float] = monotonic, wall: datetime = NOON) -> Mirror:
    """A board that has joined nothing yet, on a workstation whose clock shows ``wall``."""
    return Mirror(steady, lambda: wall)


class Following:
    """A follower beside the test, which ends with it and tells of what ended it."""

    def __init__(self, url: str, board: Mirror | None = None, key: str | None = None) -> None:
        self.mirror = board or mirror()
        self.follow = Follow(url, key, self.mirror)
        self._stop = Event()
        self._ended = False
        self._thread = Thread(target=self._work)

    def _work(self) -> None:
        self.follow.work(self._stop)
        self._ended = True

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        assert self._ended

    def until(self, reached: Callable[[State], bool]) -> State:
        """The first board for which ``reached`` holds."""
        pause, over = Event(), monotonic() + PATIENCE_S
        while not reached(self.mirror.true):
            assert monotonic() < over, f"came no further than {self.mirror.true.seen} events"
            pause.wait(0.005)
        return self.mirror.true


def same(recorder: Recorder) -> Callable[[State], bool]:
    """Whether a follower has all that the recorder has."""
    return lambda board: (board.seen, board.at) == (recorder.board.seen, recorder.board.at)


def moved(events: Sequence[Recorded], base: datetime) -> list[Recorded]:
    """The same events, in order from ``base`` on."""
    shift = base - min(event.at for event in events)
    return [replace(event, at=event.at + shift) for event in events]
