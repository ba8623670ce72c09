"""What is done at a console that follows goes beside the recording and never into it."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Event
from time import monotonic

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import func, make_url, select

from console.archive.shelf.overlaid import done
from console.archive.store.database import Database, transaction
from console.archive.store.tables import blocks, parts
from console.domain.events import Acted, Bookmarked, Noted
from tests.archive.conftest import Outage
from tests.archive.following.recording import PATIENCE_S, Following, Recorder, called, same, seconds
from tests.domain.builders import NOON

NOTE = "the caller was reached"


def kept(database: Database, count: int) -> list[Acted]:
    """What stands in the overlay of the only shift, once there is so much of it."""
    pause, over = Event(), monotonic() + PATIENCE_S
    while True:
        with transaction(database) as connection:
            shift = connection.scalars(select(parts.c.shift)).first() or ""
            found = done(connection, shift).acts
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


@pytest.fixture
def viewer(pg: str, shared: Database) -> Iterator[str]:
    """The address for somebody who may read the archive and nothing else."""
    role = f"viewer_{make_url(pg).database}"
    with psycopg.connect(pg, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        connection.execute(
            sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(sql.Identifier(role))
        )
        yield make_url(pg).set(username=role).render_as_string(hide_password=False)
        connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role)))
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def test_who_may_only_read_can_follow_and_is_told_that_notes_are_not_kept(
    viewer: str, shared: Database
) -> None:
    recorder = Recorder(shared, "one")
    pause, over = Event(), monotonic() + PATIENCE_S
    with Following(viewer) as following:
        following.until(same(recorder))
        following.mirror.append(lambda at: Noted(at, NOTE, "sam"))
        while (board := following.mirror.take(0, NOON).base) is None or board.recording is None:
            assert monotonic() < over
            recorder.say(upto=recorder.board.at + timedelta(seconds=1))
            pause.wait(0.05)
    assert "not saved yet" in board.recording.detail
    assert [note.text for note in board.notes] == [NOTE]
