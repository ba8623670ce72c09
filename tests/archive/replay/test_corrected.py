"""The same shift as it is known by now: seekable, and at its end what was recorded."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from console.archive.replay.corrected import Corrected
from console.archive.replay.projection import Projection
from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.store.database import Database
from console.domain.corrected import moments as moments_of
from console.domain.entities import Call, Stamps
from console.domain.events import AgencyDescribed, CallsChanged, DefinitionsLoaded, Recorded
from console.domain.metrics import counted
from console.domain.vocabulary import CallState
from tests.archive.replay.recorded import Writing, archive, live, shown
from tests.domain.builders import AGENCY, NOON, PACK, at, logs, moments
from tests.domain.test_corrected import known_calls

END = NOON + timedelta(seconds=150)
SOME = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with archive(tmp_path_factory.mktemp("archive")) as opened:
        yield opened


def _corrected(database: Database, shift: str) -> Corrected:
    tapes = Tapes(database, shift)
    return Corrected(Replay(tapes), tapes.ends())


@SOME
@given(logs(), st.lists(moments, min_size=1, max_size=6))
def test_a_jump_shows_what_playing_through_does(
    database: Database, events: list[Recorded], stops: list[datetime]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    there = shown(_corrected(database, writing.shift), *stops)
    assert there == shown(_corrected(database, writing.shift), stops[-1])
    through = sorted(stop for stop in stops if stop <= stops[-1])
    assert there == shown(_corrected(database, writing.shift), NOON, *through)
    writing.forget()


@SOME
@given(logs())
def test_at_the_end_the_calls_are_those_recorded(database: Database, events: list[Recorded]) -> None:
    writing = Writing(database)
    writing.all(events, END)
    board, lived = shown(_corrected(database, writing.shift), END), live(events, END)
    late = {key for key, call in lived.calls.items() if any(moment > END for moment in moments_of(call))}
    assert {key: call for key, call in board.calls.items() if key not in late} == {
        key: call for key, call in lived.calls.items() if key not in late
    }
    assert (board.units, board.positions, board.feeds) == (lived.units, lived.positions, lived.feeds)
    writing.forget()


@SOME
@given(logs(), moments)
def test_the_figures_are_those_of_the_calls_that_it_shows(
    database: Database, events: list[Recorded], moment: datetime
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    board = shown(_corrected(database, writing.shift), NOON, moment)
    assert board.tally == counted(board.calls.values(), board.definitions, board.window_from)
    assert board.open_calls == {key: call for key, call in board.calls.items() if call.open}
    writing.forget()


@given(st.lists(known_calls(), max_size=5), st.lists(moments, min_size=1, max_size=8))
def test_calls_going_forth_and_back_are_those_of_the_moment(calls: list[Call], stops: list[datetime]) -> None:
    known = {call.id: call for call in calls}
    projection = Projection(known)
    found = [projection.at(stop) for stop in stops]
    assert [*found[-1].items()] == [*Projection(known).at(stops[-1]).items()]


LATE = Call("k1", nature="WELCHK", state=CallState.PENDING, stamps=Stamps(answered_at=at(0.2)), eligible=True)


def _shift(database: Database) -> Iterator[Corrected]:
    """A call answered at 0:12 that was heard of at 1:00, first as a theft."""
    writing = Writing(database)
    first = replace(LATE, nature="THEFT", eligible=False)
    writing.all(
        [
            DefinitionsLoaded(at(0.05), PACK),
            AgencyDescribed(at(0.05), "cad", AGENCY),
            CallsChanged(at(1), "cad/calls", (first,)),
            CallsChanged(at(2), "cad/calls", (LATE,)),
        ],
        END,
    )
    yield _corrected(database, writing.shift)
    writing.forget()


shift = pytest.fixture(_shift)


def test_a_call_shows_from_when_it_came_and_as_it_turned_out(shift: Corrected) -> None:
    assert shown(shift, at(0.1)).calls == {}
    assert shown(shift, at(0.3)).calls["k1"].nature == "WELCHK"


def test_where_nothing_happened_it_is_the_same_object(shift: Corrected) -> None:
    one, other = shift.take(0, at(1.5)).base, shift.take(0, at(1.6)).base
    assert one is not None
    assert other is not None
    assert one.calls is other.calls


def test_the_trend_counts_the_call_as_it_turned_out(shift: Corrected) -> None:
    assert [(sample.at, sample.eligible) for sample in shown(shift, at(2.4)).samples] == [(at(2), 1)]


@SOME
@given(logs(), moments, st.lists(moments, min_size=1, max_size=4), moments)
def test_what_is_learned_while_recording_shows_what_one_who_comes_later_sees(
    database: Database, events: list[Recorded], opened: datetime, stops: list[datetime], last: datetime
) -> None:
    writing = Writing(database)
    writing.all([event for event in events if event.at <= opened], opened)
    tapes = Tapes(database, writing.shift)
    corrected = Corrected(Replay(tapes), tapes.ends())
    shown(corrected, *(min(stop, opened) for stop in stops))
    writing.all([event for event in events if event.at > opened], END)
    tapes.look()
    beyond = shown(corrected, *stops)
    if beyond.at >= opened:
        assert beyond.calls == live(events, beyond.at).calls
    corrected.learn(tapes.ends())
    assert shown(corrected, *stops, last) == shown(_corrected(database, writing.shift), last)
    writing.forget()
