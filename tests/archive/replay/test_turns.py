"""One recorder, two shifts: each shows its own time, and the second begins with the board that the first left."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.shelf.shelf import Shelf
from console.archive.store.database import Database
from console.domain.events import Noted, Recorded
from tests.archive.replay.recorded import Writing, archive, live, shown
from tests.domain.alarming import alarm_logs
from tests.domain.builders import NOON, logs, moments

END = NOON + timedelta(seconds=150)
TURN = NOON + timedelta(seconds=70)
HELLO = Noted(NOON, "in a shift without events there is nothing to show", "me")
SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with archive(tmp_path_factory.mktemp("archive")) as opened:
        yield opened


def _recorded(database: Database, events: list[Recorded], rest: int) -> tuple[Writing, str, str]:
    """The two shifts."""
    writing = Writing(database)
    first = writing.shift
    writing.all([event for event in events if event.at < TURN], TURN, minute=rest)
    second = writing.turn()
    writing.all([event for event in events if event.at >= TURN], END, minute=rest)
    return writing, first, second


@SOME
@given(logs() | alarm_logs(), st.lists(moments, min_size=1, max_size=6), st.integers(5, 90))
def test_each_shift_shows_what_was_live_in_its_time(
    database: Database, events: list[Recorded], stops: list[datetime], rest: int
) -> None:
    events = [HELLO, *events]
    writing, first, second = _recorded(database, events, rest)
    one, two = Tapes(database, first), Tapes(database, second)
    assert (one.since, one.until, two.since, two.until) == (NOON, TURN, TURN, END)
    early = [stop for stop in stops if stop < TURN]
    late = [stop for stop in stops if stop >= TURN]
    for stops_, tapes in ((early, one), (late, two)):
        if stops_:
            assert shown(Replay(tapes), *stops_) == live(events, stops_[-1])
    writing.forget()


def test_the_second_shift_has_no_gap_at_its_start(database: Database) -> None:
    writing, first, second = _recorded(database, [HELLO], 60)
    shelf = Shelf(database)
    assert [shelf.track(shelf.find(shift)).gaps for shift in (first, second)] == [(), ()]
    writing.forget()
