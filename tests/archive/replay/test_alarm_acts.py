"""What a person does about alarms in a replay holds from its moment on, in whatever order moments are looked at."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from console.archive.replay.corrected import Corrected
from console.archive.replay.layered import Layered
from console.archive.replay.overlay import Overlay, Place
from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.replay.volume import Volume
from console.archive.shelf.shelf import Shelf
from console.archive.store.database import Database, transaction
from console.archive.store.opening import open_database
from console.archive.store.tables import checkpoints
from console.domain.alarms.alarm import alarm_id
from console.domain.events import Acknowledged, Acted, CheckedIn, Recorded
from console.domain.state import State
from console.domain.track import MarkKind
from console.domain.vocabulary import AlarmState, Reached
from console.domain.watching.catalog import PENDING_LONG
from console.session.clock import FixedClock
from console.session.session import Session
from console.session.store import Store
from tests.archive.replay.recorded import Writing, archive, live, shown
from tests.domain.alarming import BEGINNING, alarm_acts, alarm_logs, on_scene, waiting
from tests.domain.builders import NOON, at, moments

END = NOON + timedelta(seconds=150)
SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
WAITS = alarm_id(PENDING_LONG, "k0")

ordered = attrgetter("at")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with archive(tmp_path_factory.mktemp("archive")) as opened:
        yield opened


def both(events: list[Recorded], acts: list[Acted], until: datetime) -> State:
    """What the two sequences as one come to."""
    return live([*merge(events, sorted(acts, key=ordered), key=ordered)], until)


@SOME
@given(alarm_logs(), st.lists(alarm_acts, max_size=5), st.lists(moments, min_size=1, max_size=6))
def test_acts_hold_where_they_were_done_however_one_gets_there(
    database: Database, events: list[Recorded], acts: list[Acted], stops: list[datetime]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    done = tuple(sorted(acts, key=ordered))
    layered = Layered(Replay(Tapes(database, writing.shift)), lambda: done)
    for stop in range(1, len(stops) + 1):
        assert shown(layered, *stops[:stop]) == both(events, acts, stops[stop - 1])
    writing.forget()


@SOME
@given(alarm_logs(), st.lists(st.tuples(moments, alarm_acts), max_size=6))
def test_an_act_shows_at_once_wherever_it_belongs(
    database: Database, events: list[Recorded], done: list[tuple[datetime, Acted]]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    acts: list[Acted] = []
    layered = Layered(Replay(Tapes(database, writing.shift)), lambda: tuple(sorted(acts, key=ordered)))
    clock = FixedClock(NOON)
    session = Session(clock, layered, Store(layered.rewind(NOON)))
    for moment, act in done:
        clock.set(moment)
        session.step()
        acts.append(act)
        session.step()
        assert session.store.value == both(events, acts, moment)
    writing.forget()


@SOME
@given(alarm_logs(), st.lists(moments, min_size=1, max_size=6))
def test_the_alarms_of_a_jump_are_those_of_playing_through(
    database: Database, events: list[Recorded], stops: list[datetime]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    tapes = Tapes(database, writing.shift)
    assert shown(Replay(tapes), *stops) == live(events, stops[-1])
    writing.forget()


@SOME
@given(alarm_logs(), st.lists(alarm_acts, max_size=3), st.lists(moments, min_size=1, max_size=4))
def test_as_corrected_the_alarms_are_those_of_then(
    database: Database, events: list[Recorded], acts: list[Acted], stops: list[datetime]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    tapes = Tapes(database, writing.shift)
    done = tuple(sorted(acts, key=ordered))
    corrected = Corrected(Layered(Replay(tapes), lambda: done), tapes.ends())
    assert shown(corrected, *stops).alarms == both(events, acts, stops[-1]).alarms
    writing.forget()


def test_behind_a_break_in_the_recording_its_own_alarms_count_again(database: Database) -> None:
    writing = Writing(database)
    first = [*BEGINNING, waiting("k0", NOON)]
    writing.all(first, at(0.5))
    writing.lose([on_scene("k1", at(0.6))], at(0.8))
    writing.all([on_scene("k2", at(1))], END)
    done = (Acknowledged(at(0.4), (WAITS,), "trainee"), CheckedIn(at(0.9), "k1", Reached.RADIO, "trainee"))
    for stops in ([at(0.45), at(0.85), at(0.95), at(1.5)], [at(1.5)], [at(2), at(0.7), at(1.5)]):
        layered = Layered(Replay(Tapes(database, writing.shift)), lambda: done)
        board = shown(layered, *stops)
        assert board.alarms.standing[WAITS].acknowledged_at is None
        assert board.alarms.checked["k1"].at == at(0.9)
    layered = Layered(Replay(Tapes(database, writing.shift)), lambda: done)
    assert shown(layered, at(0.45)).alarms.standing[WAITS].state is AlarmState.ACKNOWLEDGED
    writing.forget()


def test_a_far_jump_behind_an_act_comes_to_its_moment_in_several_frames(database: Database) -> None:
    writing = Writing(database)
    events: list[Recorded] = [*BEGINNING, waiting("k0", NOON)]
    events += [on_scene("k1", NOON + timedelta(milliseconds=40 * number)) for number in range(3_000)]
    writing.all(events, END, piece=500)
    act = Acknowledged(at(0.3), (WAITS,), "trainee")
    layered = Layered(Replay(Tapes(database, writing.shift)), lambda: (act,))
    clock = FixedClock(at(0.3))
    session = Session(clock, layered, Store(layered.rewind(at(0.3))))
    session.step()
    clock.set(END)
    behind: list[bool] = []
    while not behind or behind[-1]:
        session.step()
        behind.append(session.behind)
    assert 2 < len(behind) < 10
    assert session.store.value == both(events, [act], END)
    writing.forget()


def test_an_act_is_kept_beside_the_recording_and_a_replay_opened_again_shows_it(tmp_path: Path) -> None:
    with archive(tmp_path) as database:
        writing = Writing(database)
        writing.all([*BEGINNING, waiting("k0", NOON)], END)
        writing.log.end(END)
        line = Shelf(database).find(writing.shift)
        for again in (False, True):
            run = Shelf(database).parts(writing.shift)[0].run
            place = Place(writing.shift, run, lambda: open_database(database.name, write=True, create=False))
            overlay = Overlay(place, lambda: NOON)
            volume = Volume(database, line, Tapes(database, writing.shift), overlay)
            volume.remember()
            if not again:
                overlay.add(Acknowledged(at(0.5), (WAITS,), "trainee"))
            for source in (volume.recorded(), volume.corrected()):
                assert shown(source, at(2), at(0.4)).alarms.standing[WAITS].acknowledged_at is None
                assert shown(source, at(0.6)).alarms.standing[WAITS].acknowledged_by == "trainee"
            told = [
                mark.label for mark in volume.told(Shelf(database).track).marks if mark.kind is MarkKind.ACT
            ]
            assert told == ["acknowledged k0 waits too long"]
            assert overlay.close() == ""
        assert shown(Replay(Tapes(database, writing.shift)), at(0.6)).alarms.standing[WAITS].calling


def test_the_axis_of_an_imported_shift_has_the_alarms_of_its_boards(tmp_path: Path) -> None:
    with archive(tmp_path) as database:
        writing = Writing(database)
        writing.all([*BEGINNING, waiting("k0", NOON)], at(9))
        with transaction(database) as connection:
            connection.execute(checkpoints.delete())
        line = replace(Shelf(database).find(writing.shift), imported=True)
        overlay = Overlay(Place(writing.shift, 1, lambda: database), lambda: NOON)
        volume = Volume(database, line, Tapes(database, writing.shift), overlay)
        assert MarkKind.ALARM not in [mark.kind for mark in volume.told(Shelf(database).track).marks]
        volume.warm(lambda: False)
        marks = volume.told(Shelf(database).track).marks
        assert (at(0.7), MarkKind.ALARM) in [(mark.at, mark.kind) for mark in marks]
        assert [mark.at for mark in marks] == sorted(mark.at for mark in marks)
