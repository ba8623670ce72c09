"""What a person does in a replay shows from its moment on, and never gets into the recording."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from heapq import merge
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from console.archive.replay.layered import Layered
from console.archive.replay.overlay import Overlay, opened
from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.shelf.shelf import Shelf
from console.archive.store.database import Database, transaction
from console.archive.store.errors import Full
from console.archive.store.opening import open_database
from console.archive.store.tables import blocks
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


def _overlay(database: Database, shift: str) -> Overlay:
    def writable() -> Database:
        return open_database(database.name, write=True, create=False)

    return opened(database, shift, writable, lambda: NOON)


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
    writing.log.discard()


@SOME
@given(logs(), st.lists(st.tuples(moments, acted), max_size=6))
def test_an_act_shows_at_once_wherever_it_belongs(
    database: Database, events: list[Recorded], done: list[tuple[datetime, Acted]]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    overlay = Overlay(writing.shift, [], _full, lambda: NOON)
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
    writing.log.discard()


def _played(database: Database) -> Iterator[tuple[Overlay, Callable[[datetime], State], str]]:
    writing = Writing(database)
    writing.all([Noted(at(1), "recorded", "me")], END)
    overlay = _overlay(database, writing.shift)
    layered = Layered(Replay(Tapes(database, writing.shift)), overlay.acts)
    yield overlay, lambda moment: shown(layered, moment), writing.shift
    overlay.close()
    writing.log.discard()


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


def test_what_cannot_be_saved_is_kept_and_said() -> None:
    overlay = Overlay("shift", [], _full, lambda: NOON)
    overlay.add(Noted(at(2), "mine", "me"))
    assert overlay.acts() == (Noted(at(2), "mine", "me"),)
    assert overlay.trouble == (
        "One entry in this replay since 19:00 UTC not saved yet: the disk is full: free some space. "
        "Kept here meanwhile."
    )


def test_what_could_not_be_saved_is_saved_with_the_next(tmp_path: Path) -> None:
    with archive(tmp_path) as database:
        tried: list[int] = []

        def writable() -> Database:
            tried.append(1)
            return _full() if len(tried) == 1 else open_database(database.name, write=True, create=False)

        overlay = Overlay("shift", [], writable, lambda: NOON)
        overlay.add(Noted(at(2), "first", "me"))
        overlay.add(Noted(at(3), "second", "me"))
        assert overlay.trouble == ""
        assert _overlay(database, "shift").acts() == overlay.acts()
        overlay.close()
