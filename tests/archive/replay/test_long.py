"""Over an hour or two a jump goes by boards: of the archive, or of the replay's own making."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import delete

from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.replay.waypoints import Waypoints
from console.archive.store.database import Database, transaction
from console.archive.store.tables import checkpoints
from console.domain.events import Noted, Recorded
from console.domain.state import start
from tests.archive.replay.recorded import Writing, archive, live, shown
from tests.domain.builders import NOON, at, logs, moments

LONGER = 32
END = NOON + LONGER * timedelta(seconds=150)
SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _later(moment: datetime) -> datetime:
    return NOON + LONGER * (moment - NOON)


long_logs = logs().map(lambda events: [replace(event, at=_later(event.at)) for event in events])
stops = st.lists(moments.map(_later), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with archive(tmp_path_factory.mktemp("archive")) as opened:
        yield opened


@SOME
@given(long_logs, stops, st.booleans(), st.integers(60, 1800))
def test_far_jumps_show_what_was_live(
    database: Database, events: list[Recorded], stops: list[datetime], bare: bool, minute: int
) -> None:
    writing = Writing(database)
    writing.all(events, END, 3, minute)
    if bare:
        with transaction(database) as connection:
            connection.execute(delete(checkpoints).where(checkpoints.c.run == writing.log.number))
    replay = Replay(Tapes(database, writing.shift))
    for stop in range(1, len(stops) + 1):
        assert shown(replay, *stops[:stop]) == live(events, stops[stop - 1])
    writing.forget()


def test_many_events_at_one_moment_are_all_shown(database: Database) -> None:
    writing = Writing(database)
    events = [Noted(at(1), str(number), "me") for number in range(1_000)]
    writing.all(events, at(2), 1_000)
    with transaction(database) as connection:
        connection.execute(delete(checkpoints).where(checkpoints.c.run == writing.log.number))
    tapes = Tapes(database, writing.shift)
    assert shown(Replay(tapes), at(1)) == live(events, at(1))
    assert shown(Replay(tapes), at(0.5), at(1)) == live(events, at(1))
    writing.forget()


def test_a_second_jump_finds_the_boards_of_the_first(database: Database) -> None:
    writing = Writing(database)
    writing.all([], at(80))
    tapes = Tapes(database, writing.shift)
    Replay(tapes).rewind(at(80))
    held = tapes.at(at(80)).held(at(79))
    assert held is not None
    assert at(79) - held.at < timedelta(minutes=4)
    writing.forget()


def test_own_boards_stay_bounded_and_spread_out() -> None:
    waypoints = Waypoints(most=10, spacing=timedelta(minutes=1))
    for minute in range(1_000):
        waypoints.add(start(at(minute)))
    assert len(waypoints) <= 10
    found = [waypoints.before(at(minute)) for minute in (200, 500, 999)]
    assert all(state is not None for state in found)
    assert len({state.at for state in found if state}) == 3


def test_boards_are_made_ahead_where_the_archive_has_none(database: Database) -> None:
    writing = Writing(database)
    writing.all([], at(80))
    writing.log.end(at(80))
    tapes = Tapes(database, writing.shift)
    tapes.warm(lambda: False)
    gaps = [at(minute) - held.at for minute in range(80) if (held := tapes.at(at(minute)).held(at(minute)))]
    assert max(gaps[5:]) <= timedelta(minutes=4)
    writing.forget()
