"""The recorder's board as a follower has it, and what it shows while nothing comes."""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Lock

from msgspec import Struct
from msgspec.structs import replace

from console.archive.following.answered import Answered, about_alarms
from console.domain.due import Can, Due
from console.domain.events import Acted, Bookmarked, Noted, Recorded
from console.domain.recording import Recording, RecordingState
from console.domain.state import State, advance, start

QUIET_S = 3.0
"""Without news for so long the board's time runs on by itself: its ages rise, whatever is lost."""

FAR = timedelta(days=1)
"""How far at most it runs on."""


class Trouble(Struct, frozen=True):
    """Why nothing comes, and what to do."""

    detail: str
    tip: str


DAMAGED = Trouble(
    "A part of the recording is damaged: what is shown is from before it",
    "The board goes on by itself with the next one that is recorded, within a minute or two.",
)


class Mirror:
    """A source whose events are folded already: a thread keeps the board, the session takes it as it is.

    ``steady`` counts seconds, ``wall`` is the workstation's own time: it is asked for only where a recorder was
    never heard, so that two workstations' clocks may differ. Threads may share it.
    """

    can: frozenset[Can] = frozenset({Can.REVEAL})

    def __init__(self, steady: Callable[[], float], wall: Callable[[], datetime]) -> None:
        self._steady, self._wall, self.place = steady, wall, ""
        self._lock = Lock()
        self._true = self._ran = start(wall())
        self._given = self._true.at
        self._heard, self._lively = steady(), False
        self._acts: tuple[Acted, ...] = ()
        self._answered = Answered()
        self.waiting: deque[Acted] = deque()
        self._damaged, self._unsaved = False, ""
        self._trouble = Trouble("", "")
        self._shown = self._true
        self._made_of: tuple[State, Recording | None, tuple[Acted, ...]] = (self._true, None, ())

    @property
    def true(self) -> State:
        """The recorder's board at the moment up to which its log is known to be complete."""
        return self._true

    @property
    def settled(self) -> bool:
        """Whether it is known how the recorder is: it was heard, or it has been silent for too long."""
        with self._lock:
            return self._lively or self._silent() > QUIET_S

    def take(self, seen: int, until: datetime) -> Due:
        """The board as it is now; its events are in it already, so ``seen`` and ``until`` do not matter."""
        with self._lock:
            shown = self._now()
            self._given = max(self._given, shown.at)
            return Due((), shown.at, shown)

    def rewind(self, to: datetime) -> State:
        """The empty board: what is shown comes with the next `take`."""
        return start(to)

    def now(self) -> datetime:
        """The moment that the board has come to; it never steps back, as a clock must not (`Clock`)."""
        with self._lock:
            self._given = max(self._given, self._reach())
            return self._given

    def append(self, make: Callable[[datetime], Acted]) -> None:
        """What somebody does at this console: shown here, and ``waiting`` to be kept beside the recorder's log.

        What is done about alarms is not kept: it would look as if they had been acknowledged where it is recorded.
        """
        with self._lock:
            act = make(self._now().at)
            if about_alarms(act):
                self._answered.add(self._true, act)
                return
            self._acts = (*self._acts, act)
            self.waiting.append(act)

    def join(self, board: State, *, anew: bool) -> None:
        """Go on from ``board``; ``anew``: another run begins, and with it a new board."""
        with self._lock:
            self._true = self._ran = board
            self._answered.join(board)
            self._damaged = False
            if anew:
                self._heard, self._lively = self._steady(), False
                self._acts = tuple(self.waiting)  # what is not kept yet will be kept beside the new run

    def fold(self, events: Sequence[Recorded], upto: datetime) -> None:
        """The next events of the run, complete up to ``upto``."""
        true = self._true  # only one thread changes it, and folding takes a while
        further = advance(true, events, max(true.at, upto))
        with self._lock:
            if further is not true:
                self._answered.fold(events, further.at)
                self._true = self._ran = further

    def hear(self) -> None:
        """The recorder is there: its log is as it says, up to the moment that was folded."""
        with self._lock:
            self._heard, self._lively, self._ran = self._steady(), True, self._true

    def lack(self, trouble: Trouble) -> None:
        """Why nothing more comes, should nothing come."""
        with self._lock:
            self._trouble = trouble

    def miss(self) -> None:
        """Events of the log cannot be read: the board stays as it is until a later one is there to go on from."""
        with self._lock:
            self._damaged = True

    def unsaved(self, trouble: str) -> None:
        """What was done here and is not kept yet, and why; empty when all is."""
        with self._lock:
            self._unsaved = trouble

    def _silent(self) -> float:
        return self._steady() - self._heard

    def _reach(self) -> datetime:
        silent = self._silent()
        if silent <= QUIET_S:
            return self._true.at
        reach = self._true.at + timedelta(seconds=silent)
        return reach if self._lively else min(max(reach, self._wall()), reach + FAR)

    def _now(self) -> State:
        """The board with the time that has passed since, with what is wrong and with what was done here."""
        self._ran = advance(self._ran, (), max(self._ran.at, self._reach()))
        trouble, shown = self._told(), self._answered.shown(self._ran)
        board, *rest = self._made_of
        if board is not shown or rest != [trouble, self._acts]:
            self._made_of = (shown, trouble, self._acts)
            self._shown = _dressed(*self._made_of)
        return self._shown

    def _told(self) -> Recording | None:
        """What is wrong here; ``None`` while the recorder's own word on its recording holds."""
        since = self._true.at
        if self._silent() > QUIET_S:
            trouble = self._trouble
            return Recording(RecordingState.PAUSED, since, self.place, trouble.detail, trouble.tip)
        if self._damaged:
            return Recording(RecordingState.PAUSED, since, self.place, DAMAGED.detail, DAMAGED.tip)
        if self._unsaved:
            return Recording(RecordingState.READING, since, self.place, self._unsaved)
        return None


def _dressed(board: State, trouble: Recording | None, acts: tuple[Acted, ...]) -> State:
    if trouble is not None:
        board = replace(board, recording=trouble)
    if acts:
        noted = tuple(act for act in acts if isinstance(act, Noted))
        marked = tuple(act for act in acts if isinstance(act, Bookmarked))
        revealed = len(acts) - len(noted) - len(marked)
        board = replace(
            board,
            notes=(*board.notes, *noted),
            bookmarks=(*board.bookmarks, *marked),
            reveals=board.reveals + revealed,
        )
    return board
