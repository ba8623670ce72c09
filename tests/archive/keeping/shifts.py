"""Small recorded shifts, with words in every field that holds words."""

from datetime import datetime, timedelta

from msgspec.structs import replace
from sqlalchemy import insert

from console.archive.recording.entries import Piece, Run
from console.archive.recording.log import Log
from console.archive.recording.marking import Marked
from console.archive.recording.turns import Turn
from console.archive.store.database import Database, transaction
from console.archive.store.tables import overlay
from console.domain.entities import Agency, Call
from console.domain.events import AgencyDescribed, Bookmarked, CallsChanged, Noted, Recorded
from console.domain.state import State, advance, start

HOUR = timedelta(hours=1)


def turn(name: str, since: datetime) -> Turn:
    """The agency's shift of that name."""
    return Turn("Test City", name, "UTC", since, None, told=True)


def events(name: str, since: datetime, words: str) -> list[Recorded]:
    """An hour in which ``words`` are said of a call, noted and marked."""
    call = Call(f"call-{name}", narrative=words, caller_name=words, caller_phone=words, address=words)
    return [
        AgencyDescribed(since + HOUR / 4, "cad", Agency(name="Test City")),
        CallsChanged(since + HOUR / 3, "cad/calls", (call,)),
        Noted(since + HOUR / 2, words, "sam", call.id),
        Bookmarked(since + HOUR / 2, words[:200], "sam"),
    ]


def record(
    database: Database, name: str, since: datetime, words: str = "some words", *, end: bool = True
) -> str:
    """A shift of one run and one hour; its id."""
    log = Log(database, Run(f"run-{name}", origin=f"origin-{words[:80]}"))
    log.begin(start(since), turn(name, since))
    write(log, name, start(since), words)
    if end:
        log.end(since + HOUR)
    return log.shift


def write(log: Log, name: str, board: State, words: str = "some words") -> State:
    """An hour more of a run, settled; the board after it."""
    piece = Piece(events(name, board.at, words), board.seen + 1, board.at + HOUR)
    marked = Marked(board.seen + 3, board.at, "note", words[:80], words[:80])
    after = advance(board, piece.events, piece.upto)
    log.write(replace(piece, marks=(marked,)))
    log.settle(piece, after)
    return after


def act(database: Database, shift: str, body: bytes) -> None:
    """Something that a trainee did while replaying the shift."""
    row = {"shift": shift, "number": 1, "at": 1, "made_at": 2, "who": "trainee"}
    with transaction(database) as connection:
        connection.execute(insert(overlay).values(body=body, **row))


def nothing(board: State) -> Piece:
    """No event behind ``board``."""
    return Piece((), board.seen + 1, board.at)
