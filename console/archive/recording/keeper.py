"""Keeps the log going: takes what happened, writes it, holds what cannot be written, and tells how it goes."""

from datetime import datetime

from msgspec.structs import replace

from console.archive.recording import telling
from console.archive.recording.backlog import ROOM, Backlog
from console.archive.recording.care import Care
from console.archive.recording.carrying import Carrying
from console.archive.recording.course import Course
from console.archive.recording.desk import Desk, place_of
from console.archive.recording.ends import Ends, Progress, Unwritten
from console.archive.spec import ArchiveSpec
from console.archive.store.errors import ArchiveError, Damaged, NewerArchive, Taken
from console.domain.due import Tapped
from console.domain.recording import Recording, RecordingState
from console.domain.state import State, start

ALONE_S, SHARED_S = 0.8, 0.1
"""Between two looks at what happened: into a file, and into a database that others follow."""

BEAT_S = 1.0
LEAST_WAIT_S, MOST_WAIT_S = 1.0, 15.0
READING_S = 3.0
"""Between two looks whether the other console has gone."""


class Keeper:
    """All of a recorder but its thread: `work` again and again, `close` in the end."""

    def __init__(self, spec: ArchiveSpec, ends: Ends, room: int = ROOM) -> None:
        self._spec, self._ends, self._room = spec, ends, room
        self._desk: Desk | None = None
        self._told: Recording | None = None
        self._place = place_of(spec.url)
        self._before = Progress()
        self._lost = 0
        self._behind = self._unsure = self._written_off = False
        self._next_try = self._next_beat = 0.0
        self._wait = LEAST_WAIT_S
        self._care, self._carrying = Care(spec), Carrying(ends)
        self._anew(ends.tapped())

    @property
    def pace_s(self) -> float:
        """Seconds until `work` is due again."""
        return SHARED_S if self._desk is not None and self._desk.shared else ALONE_S

    @property
    def progress(self) -> Progress:
        """How much was written."""
        return self._before if self._desk is None else self._desk.progress(self._before)

    @property
    def unwritten(self) -> Unwritten:
        """What was taken and is not in the archive."""
        count = 0 if self._written_off or self._idle else len(self._backlog)
        return Unwritten(count, self._backlog.at(0) if count else None)

    def work(self) -> None:
        """Take what happened, and write it if the archive lets."""
        board = self._ends.board() if self._behind else None
        self._take(self._ends.tapped())
        self._carrying.look()
        if self._written_off or self._ends.steady() < self._next_try:
            return
        try:
            if not self._behind or (board is not None and self._caught_up(board)):
                self._write()
        except Taken as error:
            self._read(error)
        except (ArchiveError, OSError) as error:
            self._failed(error)

    def close(self) -> None:
        """Write the last of it and end the run; where the archive does not let, it stays as it is."""
        self._next_try = 0.0
        self.work()
        if self._desk is None and self._care.begins_anew:
            self.work()
        desk, paused = self._desk, self._next_try > 0.0
        if desk is None:
            return
        try:
            if desk.begun and not paused:
                self._course.settle(desk.log, self._backlog.upto)
                desk.log.end(self._backlog.upto)
        except (ArchiveError, OSError) as error:
            self._trouble(error)
        finally:
            self._leave()

    def _take(self, tapped: Tapped) -> None:
        if tapped.anew:
            self._anew(tapped)
            return
        if not self._backlog.put(tapped):
            self._behind = True
        dropped = self._backlog.overflow()
        if self._written_off or self._idle:
            self._backlog.drop(len(self._backlog) - len(tapped.events))
        elif dropped and not self._behind:
            self._course.skip(dropped)
            self._lost += len(dropped)

    @property
    def _idle(self) -> bool:
        """Whether another console records: this one only keeps up."""
        return self._told is not None and self._told.state is RecordingState.READING

    def _anew(self, tapped: Tapped) -> None:
        """The sequence starts over: a run that was begun is written again."""
        self._backlog = Backlog(tapped.began, self._room)
        self._course = Course(start(tapped.began))
        self._behind = not self._backlog.put(replace(tapped, anew=False))
        if self._desk is not None:
            self._desk.begun = False

    def _caught_up(self, board: State) -> bool:
        """Go on from ``board``, once it has seen all that came before what is held."""
        ahead = board.seen + 1 - self._backlog.first
        if ahead < 0:
            return False
        self._backlog.drop(min(ahead, len(self._backlog)))
        if self._desk is not None and self._desk.begun:
            self._lost += board.seen - self._course.board.seen
            self._course.jump(board)
        else:
            self._course = Course(board)
        self._behind = False
        return True

    def _write(self) -> None:
        desk = self._desk = self._desk or self._care.open(self._ends.steady(), self._ends.wall())
        if desk.begun and self._unsure:
            self._compare(desk)
        self._unsure = False
        if not desk.begun:
            if self._carrying.due:
                self._carrying.learn(desk.database)
            desk.begin(self._course)
        steady, written = self._ends.steady(), self._course.board.seen
        self._course.write(desk.log, self._backlog)
        if written != self._course.board.seen:
            self._next_beat = steady + BEAT_S
        elif steady >= self._next_beat:
            self._next_beat = steady + BEAT_S
            desk.log.beat(written, self._backlog.upto)
        self._care.look(desk, steady, self._ends.wall())
        self._went_well()

    def _compare(self, desk: Desk) -> None:
        """After a failure: what was written though that was not heard, or is not there any more."""
        written = desk.log.written()
        if written is None:
            desk.begun = False
            return
        heard = max(0, written - self._course.board.seen)
        self._course.heard(self._backlog.head(heard))
        self._backlog.drop(heard)

    def _went_well(self) -> None:
        self._wait = LEAST_WAIT_S
        told, at = self._told, self._backlog.upto
        news = self._care.news(at, self._course.board.agency)
        on = told is not None and told.since <= at and told.state is RecordingState.ON
        if news or not on or told is None or told.lost != self._lost:
            self._tell(telling.on(at, self._place, self._lost, news))

    def _failed(self, error: ArchiveError | OSError) -> None:
        """Begin another archive where this one is damaged; else try again later."""
        desk = self._desk
        if isinstance(error, Damaged) and desk is not None:
            self._leave()
        try:
            anew = self._care.begin_anew(error, self._ends.wall(), known=desk is not None)
        except Taken as taken:
            self._read(taken)
        except (ArchiveError, OSError) as hindered:
            self._trouble(hindered)
        else:
            if not anew:
                self._trouble(error)

    def _trouble(self, error: ArchiveError | OSError) -> None:
        self._carrying.none()
        if isinstance(error, NewerArchive) or (self._desk is None and not self._mendable(error)):
            self._written_off = True
            self._tell(telling.off(self._backlog.upto, self._place, error))
            return
        self._unsure = True
        self._next_try = self._ends.steady() + self._wait
        self._wait = min(MOST_WAIT_S, 2 * self._wait)
        if (desk := self._desk) is not None and desk.removed:
            self._leave()
            self._care.removed(desk, self._backlog.upto, self._ends.wall())
        since = self._since(RecordingState.PAUSED)
        self._tell(telling.paused(since, self._place, self._lost, error, self._course.board.agency))

    def _mendable(self, error: ArchiveError | OSError) -> bool:
        """Whether trying again may help: one that was recorded into before may come back, whatever it says now."""
        before = self._told is not None and self._told.state is not RecordingState.READING
        return before or telling.mendable(error)

    def _read(self, error: Taken) -> None:
        """Another console records: look now and then whether it still does."""
        self._leave()
        self._behind = True
        self._next_try = self._ends.steady() + READING_S
        if self._told is None:
            self._carrying.learn_beside(self._spec)
        self._carrying.anew()
        self._tell(telling.reading(self._since(RecordingState.READING), self._place, error))

    def _leave(self) -> None:
        if self._desk is not None:
            self._before = self.progress
            self._desk.close()
            self._desk = None

    def _since(self, state: RecordingState) -> datetime:
        """When this state began, which may be now."""
        told = self._told
        return told.since if told is not None and told.state is state else self._backlog.upto

    def _tell(self, recording: Recording) -> None:
        """Each change once."""
        if recording != self._told:
            self._told = recording
            self._ends.tell(recording)
