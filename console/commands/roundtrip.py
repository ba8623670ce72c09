"""A recording made and read back on this workstation: what ``doctor`` tells of the archive."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from console.archive.recording.ends import Ends
from console.archive.recording.keeper import Keeper
from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.shelf.shelf import Shelf
from console.archive.spec import ArchiveSpec
from console.archive.store.opening import open_database
from console.domain.due import Tapped
from console.domain.events import Noted
from console.domain.recording import Recording
from console.domain.state import State, advance, start
from console.session.clock import steady, wall


def round_trip() -> bool:
    """Whether an encrypted recording gives back the board that was recorded. Raises `ArchiveError`."""
    began = wall()
    note = Noted(began, "a note to find again", "doctor")
    with TemporaryDirectory() as folder:
        spec = ArchiveSpec(str(Path(folder) / "doctor.db"), secrets.token_hex(32))
        _record(spec, note, began)
        with open_database(spec.url, key=spec.key) as database:
            tapes = Tapes(database, Shelf(database).shifts()[0].id)
            found = _board(Replay(tapes), tapes.until)
    return found == advance(start(began), (note,), found.at)


def _record(spec: ArchiveSpec, note: Noted, began: datetime) -> None:
    waiting = [Tapped((note,), 1, began + timedelta(seconds=1), began, anew=False)]

    def tapped() -> Tapped:
        return waiting.pop() if waiting else Tapped((), 2, began + timedelta(seconds=2), began, anew=False)

    keeper = Keeper(spec, Ends(tapped, lambda: start(began), _unheard, steady, wall))
    keeper.work()
    keeper.close()


def _board(replay: Replay, at: datetime) -> State:
    state = replay.rewind(at)
    due = replay.take(state.seen, at)
    return advance(due.base or state, due.events, due.upto)


def _unheard(_recording: Recording) -> None:
    """How the recorder does is seen by what it leaves."""
