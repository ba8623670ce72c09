"""A replay shows what was live, wherever it comes from and however it gets there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.store.database import Database
from console.domain.events import Noted, Recorded
from console.domain.state import State
from console.reports.board import board
from tests.archive.replay.recorded import Writing, archive, live, shown
from tests.domain.alarming import alarm_logs
from tests.domain.builders import NOON, at, logs, moments

END = NOON + timedelta(seconds=150)

SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with archive(tmp_path_factory.mktemp("archive")) as opened:
        yield opened


def _told(state: State) -> bytes:
    """All of it and its JSON, in the order it has; whole numbers where fractions belong are read as such."""
    state = msgspec.msgpack.decode(msgspec.msgpack.encode(state), type=State)
    return msgspec.msgpack.encode(state) + msgspec.json.encode(board(state))


@SOME
@given(
    logs() | alarm_logs(), st.lists(moments, min_size=1, max_size=6), st.integers(1, 4), st.integers(5, 90)
)
def test_wherever_it_is_wound_to_it_shows_what_was_live(
    database: Database, events: list[Recorded], stops: list[datetime], piece: int, minute: int
) -> None:
    writing = Writing(database)
    writing.all(events, END, piece, minute)
    replay = Replay(Tapes(database, writing.shift))
    for stop in range(1, len(stops) + 1):
        assert _told(shown(replay, *stops[:stop])) == _told(live(events, stops[stop - 1]))
    writing.forget()


@SOME
@given(logs() | alarm_logs(), st.lists(moments, min_size=1, max_size=12).map(sorted))
def test_any_frame_rate_and_speed_give_the_same_board(
    database: Database, events: list[Recorded], frames: list[datetime]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    replay = Replay(Tapes(database, writing.shift))
    assert _told(shown(replay, NOON, *frames)) == _told(live(events, frames[-1]))
    writing.forget()


@SOME
@given(logs() | alarm_logs(), st.data())
def test_a_recording_is_read_right_while_it_is_written(
    database: Database, events: list[Recorded], data: st.DataObject
) -> None:
    writing = Writing(database)
    tapes = Tapes(database, writing.shift)
    replay, left = Replay(tapes), list(events)
    upto = NOON
    while upto < END:
        upto = min(END, upto + timedelta(seconds=data.draw(st.integers(1, 60))))
        due = [event for event in left if event.at <= upto]
        left = left[len(due) :]
        writing.write(due, upto)
        if data.draw(st.booleans()):
            writing.settle()
        moment = NOON + (upto - NOON) * data.draw(st.floats(0, 1))
        tapes.look()
        assert _told(shown(replay, moment, upto)) == _told(live(events, upto))
    writing.forget()


def test_it_is_recorded_further_while_it_plays_at_the_end(database: Database) -> None:
    writing = Writing(database)
    replay = Replay(Tapes(database, writing.shift))
    assert replay.take(0, at(1)).upto == NOON
    writing.write([Noted(at(0.5), "later", "me")], at(1))
    assert shown(replay, at(1)).notes[0].text == "later"
    writing.forget()


def test_a_block_that_was_settled_meanwhile_is_found_again(database: Database) -> None:
    writing = Writing(database)
    events: list[Recorded] = [Noted(at(minute), f"{minute}", "me") for minute in (0.2, 0.4, 0.6)]
    for event in events:
        writing.write([event], event.at)
    replay = Replay(Tapes(database, writing.shift))
    writing.settle()
    assert shown(replay, at(0.5)) == live(events, at(0.5))
    writing.forget()


def test_beyond_its_end_it_stands(database: Database) -> None:
    writing = Writing(database)
    writing.all([], at(1))
    writing.log.end(at(1))
    assert shown(Replay(Tapes(database, writing.shift)), at(5)).at == at(1)
    writing.forget()


def test_before_its_start_it_shows_the_first_board(database: Database) -> None:
    writing = Writing(database)
    writing.all([Noted(at(0.5), "first", "me")], at(1))
    assert Replay(Tapes(database, writing.shift)).rewind(at(-5)) == live([], NOON)
    writing.forget()


def test_a_shift_nobody_has_heard_of_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing of the shift 1999-01-01"):
        Tapes(database, "1999-01-01")
