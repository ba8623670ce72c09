"""Follows the newest run of an archive, whatever happens to the database meanwhile."""

from datetime import timedelta
from threading import Event

from sqlalchemy import Connection

from console.archive.following.mirror import Mirror, Trouble
from console.archive.following.news import News, Wire, wired
from console.archive.following.own import Own
from console.archive.recording.reading import (
    Behind,
    Going,
    blocks_after,
    board_behind,
    newest,
    read,
)
from console.archive.store.database import Database
from console.archive.store.errors import ArchiveError
from console.archive.store.opening import open_database
from console.domain.state import State, start

LOOK_EVERY = 8
"""Of so many turns without news one looks anyway: a notification may be lost."""

AGAIN_S, AGAIN_MOST_S = 0.2, 3.0
"""Between attempts to reach the database, ever longer."""

FAR = timedelta(minutes=2)
"""Further behind than this, a follower goes on from a newer board instead of folding all that came."""

OFF = "This board goes on by itself as soon as it can."


class Follow:
    """Keeps a `Mirror` on the thread that calls `work`."""

    def __init__(self, url: str, key: str | None, mirror: Mirror) -> None:
        self._url, self._key, self._mirror = url, key, mirror
        self._going: Going | None = None
        self._stuck = False
        self._own = Own(self._writable, mirror)

    def work(self, stop: Event) -> None:
        """Follow until ``stop``; every connection is closed then."""
        pause = AGAIN_S
        while not stop.is_set():
            had = self._mirror.true
            try:
                with open_database(self._url, key=self._key) as database, wired(database, stop) as wire:
                    self._mirror.place = database.name
                    self._watch(wire, stop)
            except (ArchiveError, OSError) as error:
                self._mirror.lack(Trouble(f"The shared recording cannot be read: {error}", OFF))
            pause = min(2 * pause, AGAIN_MOST_S) if self._mirror.true is had else AGAIN_S
            stop.wait(pause)
        self._own.close()

    def _watch(self, wire: Wire, stop: Event) -> None:
        self._look(wire)
        turns = 0
        while True:
            if self._going is not None and (self._mirror.waiting or not turns):
                self._own.save(wire.ask, self._going.id)
            if stop.is_set():
                return
            news, turns = wire.wait(), turns + 1
            if news is None or turns >= LOOK_EVERY or not all(self._went_along(wire, one) for one in news):
                turns = 0
                self._look(wire)

    def _writable(self) -> Database:
        return open_database(self._url, key=self._key, write=True, create=False)

    def _went_along(self, wire: Wire, news: News) -> bool:
        """Whether this was enough to know how the run went on; else one has to look."""
        run, true = self._going, self._mirror.true
        if run is None or news.run > run.id:
            return False
        if news.run < run.id or (news.last < true.seen and not self._stuck):
            return True
        if self._stuck or news.last == true.seen:
            self._mirror.fold((), news.upto)
            self._mirror.hear()
            return True
        with wire.ask() as connection:  # one question and nothing else: twenty consoles ask it at once
            rows = blocks_after(connection, run.id, true.seen)
        self._go_on(run, read(rows, true.seen, news.upto), heard=True)
        return not self._stuck

    def _look(self, wire: Wire) -> None:
        with wire.ask() as connection:
            found = newest(connection)
            if found is None or not self._follows(found):
                self._mirror.lack(_why(None))
                return
            anew = self._going is None or found.id != self._going.id
            board = self._board(connection, found, anew=anew)
            seen = board.seen if board else self._mirror.true.seen
            rows = blocks_after(connection, found.id, seen)
        if board is not None:
            self._mirror.join(board, anew=anew)
        self._go_on(found, read(rows, seen, found.upto), heard=not anew)
        self._mirror.lack(_why(found))

    def _follows(self, found: Going) -> bool:
        """Whether to go along; an older run comes to light where a newer one was taken back."""
        run = self._going
        return run is None or found.id >= run.id or found.upto > self._mirror.true.at

    def _board(self, connection: Connection, found: Going, *, anew: bool) -> State | None:
        """A board to go on from instead of the one that is here; ``None`` where this one is good."""
        if anew:
            return board_behind(connection, found.id, -1) or start(found.began)
        true = self._mirror.true
        if self._stuck or found.upto - true.at > FAR:
            return board_behind(connection, found.id, true.seen)
        return None

    def _go_on(self, found: Going, behind: Behind, *, heard: bool) -> None:
        """Fold what came; a recorder that is joined only now may have stopped long ago."""
        before = self._mirror.true
        self._mirror.fold(behind.events, behind.upto)
        if heard and self._mirror.true is not before:
            self._mirror.hear()
        self._going, self._stuck = found, behind.stuck
        if behind.stuck:
            self._mirror.miss()


def _why(found: Going | None) -> Trouble:
    """What to say if nothing comes from this run."""
    if found is None:
        return Trouble("Nothing is recorded in this archive yet", f"Start the console that records. {OFF}")
    if found.ended:
        return Trouble("The console that recorded has stopped", f"Start it again. {OFF}")
    who = f" (process {found.pid} on {found.host})" if found.host else ""
    return Trouble(
        f"Nothing comes from the console that records{who}",
        f"See that it runs and that it reaches the archive. {OFF}",
    )
