"""What is done at a console that follows goes beside the recording and never into it."""

from datetime import timedelta
from threading import Event
from time import monotonic

from sqlalchemy import func, select

from console.archive.shelf.overlaid import acts
from console.archive.store.database import Database, transaction
from console.archive.store.tables import blocks, parts
from console.domain.events import Acted, Bookmarked, Noted
from tests.archive.conftest import Outage
from tests.archive.following.recording import PATIENCE_S, Following, Recorder, called, same, seconds

NOTE = "the caller was reached"


def kept(database: Database, count: int) -> list[Acted]:
    """What stands in the overlay of the only shift, once there is so much of it."""
    pause, over = Event(), monotonic() + PATIENCE_S
    while True:
        with transaction(database) as connection:
            shift = connection.scalars(select(parts.c.shift)).first() or ""
            found = acts(connection, shift)
        if len(found) >= count:
            return found
        assert monotonic() < over, f"{len(found)} of {count} are kept"
        pause.wait(0.02)


def test_a_note_on_a_followed_board_is_kept_beside_the_recording(pg: str, shared: Database) -> None:
    recorder = Recorder(shared, "one")
    recorder.say(called("a", seconds(1)), upto=seconds(1))
    with Following(pg) as following:
        following.until(same(recorder))
        following.mirror.append(lambda at: Noted(at, NOTE, "sam", "a"))
        assert kept(shared, 1) == [Noted(seconds(1), NOTE, "sam", "a")]
    with transaction(shared) as connection:
        assert connection.scalar(select(func.sum(blocks.c.events))) == 1


def test_what_is_done_while_the_database_is_away_is_kept_when_it_is_back(
    pg: str, shared: Database, outage: Outage
) -> None:
    recorder = Recorder(shared, "one")
    with Following(pg) as following:
        following.until(same(recorder))
        outage.begin()
        following.mirror.append(lambda at: Bookmarked(at, "here", "sam"))
        outage.end()
        shared.engine.dispose()
        assert kept(shared, 1) == [Bookmarked(recorder.board.at, "here", "sam")]


def test_what_was_done_last_is_kept_when_the_console_is_closed(pg: str, shared: Database) -> None:
    recorder = Recorder(shared, "one")
    with Following(pg) as following:
        following.until(same(recorder))
        following.mirror.append(lambda at: Noted(at - timedelta(0), NOTE, "sam"))
    assert len(kept(shared, 1)) == 1
