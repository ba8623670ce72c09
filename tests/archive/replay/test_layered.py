"""What a person does in a replay shows from its moment on, and never gets into the recording."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from heapq import merge
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from console.archive.keeping.purging import purge
from console.archive.replay.layered import Layered
from console.archive.replay.overlay import Overlay, Place
from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.replay.unsaved import Unsaved
from console.archive.shelf.overlaid import done
from console.archive.shelf.shelf import Shelf
from console.archive.store.database import Database, transaction
from console.archive.store.errors import Full
from console.archive.store.opening import open_database
from console.archive.store.tables import blocks
from console.archive.store.tables import overlay as rows
from console.domain.events import Acted, Bookmarked, Noted, Recorded, Revealed
from console.domain.state import State
from console.domain.track import MarkKind
from console.session.clock import FixedClock
from console.session.session import Session
from console.session.store import Store
from tests.archive.replay.recorded import Writing, archive, live, shown
from tests.domain.builders import NOON, at, logs, moments

END = NOON + timedelta(seconds=150)
SOME = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with archive(tmp_path_factory.mktemp("archive")) as opened_:
        yield opened_


def _overlay(
    database: Database, shift: str, way: Callable[[], Database] | None = None, unsaved: Unsaved | None = None
) -> Overlay:
    def writable() -> Database:
        return open_database(database.name, write=True, create=False)

    def read() -> list[Acted]:
        with transaction(database) as connection:
            return done(connection, shift).acts

    run = Shelf(database).parts(shift)[0].run
    overlay = Overlay(Place(shift, run, way or writable, unsaved), lambda: NOON)
    overlay.found(read)
    return overlay


def _full() -> Database:
    raise Full("the disk is full: free some space")


def _act(moment: datetime) -> st.SearchStrategy[Acted]:
    return st.sampled_from(
        [
            Noted(moment, "why", "trainee"),
            Bookmarked(moment, "here", "trainee"),
            Revealed(moment, "k1", "trainee"),
        ]
    )


acted = moments.flatmap(_act)


def _both(events: list[Recorded], acts: list[Acted], until: datetime) -> State:
    """What the two sequences as one come to."""
    ordered = sorted(acts, key=attrgetter("at"))
    return live([*merge(events, ordered, key=attrgetter("at"))], until)


@SOME
@given(logs(), st.lists(acted, max_size=5), st.lists(moments, min_size=1, max_size=6))
def test_acts_show_where_they_were_done_however_one_gets_there(
    database: Database, events: list[Recorded], acts: list[Acted], stops: list[datetime]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    ordered = tuple(sorted(acts, key=attrgetter("at")))
    layered = Layered(Replay(Tapes(database, writing.shift)), lambda: ordered)
    for stop in range(1, len(stops) + 1):
        assert shown(layered, *stops[:stop]) == _both(events, acts, stops[stop - 1])
    writing.forget()


@SOME
@given(logs(), st.lists(st.tuples(moments, acted), max_size=6))
def test_an_act_shows_at_once_wherever_it_belongs(
    database: Database, events: list[Recorded], done: list[tuple[datetime, Acted]]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    overlay = _overlay(database, writing.shift, _full)
    layered = Layered(Replay(Tapes(database, writing.shift)), overlay.acts)
    clock = FixedClock(NOON)
    session = Session(clock, layered, Store(layered.rewind(NOON)))
    acts: list[Acted] = []
    for moment, act in done:
        clock.set(moment)
        session.step()
        overlay.add(act)
        acts.append(act)
        session.step()
        assert session.store.value == _both(events, acts, moment)
    writing.forget()


def _played(database: Database) -> Iterator[tuple[Overlay, Callable[[datetime], State], str]]:
    writing = Writing(database)
    writing.all([Noted(at(1), "recorded", "me")], END)
    overlay = _overlay(database, writing.shift)
    layered = Layered(Replay(Tapes(database, writing.shift)), overlay.acts)
    yield overlay, lambda moment: shown(layered, moment), writing.shift
    overlay.close()
    writing.forget()
    with transaction(database) as connection:
        connection.execute(delete(rows))


played = pytest.fixture(_played)
Played = tuple[Overlay, Callable[[datetime], State], str]


def test_before_its_moment_a_note_is_not_there(played: Played) -> None:
    overlay, board, _ = played
    overlay.add(Noted(at(2), "mine", "me"))
    assert [note.text for note in board(at(2)).notes] == ["recorded", "mine"]
    assert [note.text for note in board(at(1.9)).notes] == ["recorded"]


def test_it_is_saved_with_the_shift_and_marked_on_its_axis(database: Database, played: Played) -> None:
    overlay, _, shift = played
    before = _blocks(database)
    overlay.add(Bookmarked(at(2), "look here", "me"))
    assert _overlay(database, shift).acts() == overlay.acts()
    assert _blocks(database) == before
    track = Shelf(database).track(Shelf(database).find(shift))
    assert [(mark.kind, mark.label) for mark in track.marks][-1] == (MarkKind.BOOKMARK, "look here")


def _blocks(database: Database) -> int | None:
    with transaction(database) as connection:
        return connection.scalar(select(func.count()).select_from(blocks))


def test_what_cannot_be_saved_is_kept_and_said(database: Database, played: Played) -> None:
    overlay = _overlay(database, played[2], _full)
    overlay.add(Noted(at(2), "mine", "me"))
    assert overlay.acts() == (Noted(at(2), "mine", "me"),)
    assert overlay.trouble == (
        "One entry in this replay since 19:00 UTC not saved yet: the disk is full: free some space. "
        "Kept here meanwhile."
    )
    assert overlay.close().endswith("There is no other place to keep it, so it is lost.")


def test_what_could_not_be_saved_is_saved_with_the_next(database: Database, played: Played) -> None:
    tried: list[int] = []

    def writable() -> Database:
        tried.append(1)
        return _full() if len(tried) == 1 else open_database(database.name, write=True, create=False)

    overlay = _overlay(database, played[2], writable)
    overlay.add(Noted(at(2), "first", "me"))
    overlay.add(Noted(at(3), "second", "me"))
    assert overlay.trouble == ""
    assert _overlay(database, played[2]).acts() == overlay.acts()
    overlay.close()


@pytest.mark.parametrize("key", [None, "a passphrase"])
def test_what_was_not_saved_when_the_console_closed_is_there_again_and_saved(
    database: Database, played: Played, tmp_path: Path, key: str | None
) -> None:
    unsaved = Unsaved(tmp_path, database.name, key)
    lost = _overlay(database, played[2], _full, unsaved)
    lost.add(Noted(at(2), "mine", "me"))
    assert "Kept on this workstation" in lost.close()
    again = _overlay(database, played[2], None, unsaved)
    assert again.acts() == lost.acts()
    again.save()
    assert (again.close(), [*tmp_path.iterdir()]) == ("", [])
    assert _overlay(database, played[2]).acts() == lost.acts()


def test_what_waits_of_an_encrypted_archive_is_encrypted(
    database: Database, played: Played, tmp_path: Path
) -> None:
    overlay = _overlay(database, played[2], _full, Unsaved(tmp_path, database.name, "a passphrase"))
    overlay.add(Noted(at(2), "a name", "me"))
    assert b"a name" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    overlay.close()


def test_nothing_is_added_to_a_shift_that_was_removed(tmp_path: Path) -> None:
    with archive(tmp_path / "archive") as database:
        writing = Writing(database)
        writing.all([Noted(at(1), "recorded", "me")], END)
        overlay = _overlay(database, writing.shift, None, Unsaved(tmp_path / "unsaved", database.name, None))
        writing.log.end(END)
        purge(database, writing.shift, "me", END, recording=False)
        overlay.add(Noted(at(2), "mine", "me"))
        assert overlay.acts() == (Noted(at(2), "mine", "me"),)
        assert "was removed from the archive" in overlay.close()
        with transaction(database) as connection:
            assert done(connection, writing.shift).acts == []
        assert not [*tmp_path.glob("unsaved/*")]


def test_a_note_that_cannot_be_read_any_more_is_counted(database: Database, played: Played) -> None:
    overlay, _, shift = played
    overlay.add(Noted(at(2), "mine", "me"))
    overlay.add(Noted(at(3), "spoilt", "me"))
    with open_database(database.name, write=True) as writable, transaction(writable) as connection:
        connection.execute(update(rows).where(rows.c.number == 2).values(body=b"garbage"))
    with transaction(database) as connection:
        found = done(connection, shift)
    assert (found.acts, found.unreadable) == ([Noted(at(2), "mine", "me")], 1)
    assert found.trouble.startswith("One entry from replays of this shift cannot be read any more")
