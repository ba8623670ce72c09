"""Follows the board while it is written down: which piece comes next, when a minute settles, when a shift ends."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from console.archive.recording.backlog import Backlog
from console.archive.recording.counting import Counting
from console.archive.recording.entries import Piece
from console.archive.recording.log import Log
from console.archive.recording.turns import turn
from console.domain.entities import Agency
from console.domain.events import AgencyDescribed, Recorded
from console.domain.state import State, advance

MINUTE = timedelta(minutes=1)


class Course:
    """The board as far as it is written, and what of it is not settled yet."""

    def __init__(self, board: State) -> None:
        self.board = board
        self._turn = turn(board.agency, board.at)
        self._counting = Counting()
        self._loose: list[Recorded] = []
        self._hole = False
        self._first = board.seen + 1

    def begin(self, log: Log) -> None:
        """Begin a run at this board."""
        opened = turn(self.board.agency, self.board.at)
        known = log.begin(self.board, opened)
        self._counting.begin(self.board)
        self._counting.know(known)
        self._turn, self._loose, self._hole = opened, [], False
        self._first = self.board.seen + 1

    def jump(self, board: State) -> None:
        """Go on from ``board``: what lies between cannot be written."""
        self.board, self._hole = board, True
        self._counting.know(board.calls)

    def skip(self, events: Sequence[Recorded]) -> None:
        """Follow events that found no room."""
        if events:
            self.jump(advance(self.board, events, events[-1].at))

    def heard(self, events: Sequence[Recorded]) -> None:
        """Follow events that are in the archive, though that was not heard when they were written."""
        if events:
            board, found = self._counting.fold(self.board, events, events[-1].at)
            self._counting.note(events, self._turn.since, found)
            self.board, self._loose = board, [*self._loose, *events]

    def write(self, log: Log, backlog: Backlog) -> None:
        """Write all of ``backlog``, minute by minute; what is written is taken out of it."""
        if self._hole:
            self._settle(log, self.board)
        while self._go_on(log, backlog):
            pass

    def settle(self, log: Log, upto: datetime) -> None:
        """Settle what there is, up to ``upto``."""
        self._settle(log, advance(self.board, (), max(upto, self.board.at)))

    def _go_on(self, log: Log, backlog: Backlog) -> bool:
        """Write one piece; where it ends a minute or a shift, settle. Whether there may be more to do."""
        end = self._end(backlog)
        events = _one_agency(self.board, backlog.before(end))
        upto = backlog.upto if end is None else min(backlog.upto, end)
        if (following := backlog.at(len(events))) is not None:
            upto = min(upto, following)
        if events:
            self._write(log, events, upto)
            backlog.drop(len(events))
        if upto == end:
            self._settle(log, advance(self.board, (), end))
            return True
        return following is not None

    def _end(self, backlog: Backlog) -> datetime | None:
        """When the minute is over that was begun, or the shift."""
        first = self._loose[0].at if self._loose else backlog.at(0)
        minute = first and first.replace(second=0, microsecond=0) + MINUTE
        return min((end for end in (minute, self._turn.until) if end is not None), default=None)

    def _write(self, log: Log, events: Sequence[Recorded], upto: datetime) -> None:
        self._take_turn(log, events[0])
        since = self._turn.since
        board, found = self._counting.fold(self.board, events, upto)
        counts = self._counting.counted(events, since)
        log.write(Piece(events, self.board.seen + 1, upto, found, counts))
        self._counting.note(events, since, found)
        self.board = board
        self._loose += events

    def _take_turn(self, log: Log, first: Recorded) -> None:
        """Change the shift where ``first`` tells of another; where none was known it is that of all so far."""
        after = turn(_agency_after(self.board, first), first.at)
        if after == self._turn:
            return
        if self._turn.told:
            self._settle(log, advance(self.board, (), first.at), first)
        else:
            self._counting.know(log.move(after))
            self._turn = after

    def _settle(self, log: Log, board: State, first: Recorded | None = None) -> None:
        """Settle at ``board``, and change the shift where ``first``, which comes next, or the hour begins one."""
        after = turn(_agency_after(board, first), board.at)
        piece = Piece(
            self._loose, self._first, self._loose[-1].at if self._hole and self._loose else board.at
        )
        if after != self._turn:
            known = log.turn(after, piece, board)
            self._counting.begin(board)
            self._counting.know(known)
        elif self._loose or self._hole:
            log.settle(piece, board)
        self.board, self._turn, self._loose, self._hole = board, after, [], False
        self._first = board.seen + 1


def _one_agency(board: State, events: Iterable[Recorded]) -> list[Recorded]:
    """The first of ``events``, up to one that describes an agency anew: that one begins another piece."""
    piece: list[Recorded] = []
    for event in events:
        anew = isinstance(event, AgencyDescribed) and board.agencies.get(event.source) != event.agency
        if piece and anew:
            break
        piece.append(event)
    return piece


def _agency_after(board: State, event: Recorded | None) -> Agency | None:
    if not isinstance(event, AgencyDescribed):
        return board.agency
    return next(iter({**board.agencies, event.source: event.agency}.values()))
