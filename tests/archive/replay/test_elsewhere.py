"""The end of a shift is read for its debrief while the shift is on the screen at another moment."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge
from operator import attrgetter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.archive.replay.layered import Layered
from console.archive.replay.replay import Replay
from console.archive.replay.tapes import Tapes
from console.archive.store.database import Database
from console.domain.events import Acted, Bookmarked, Recorded
from console.session.clock import FixedClock
from console.session.elsewhere import board_at
from console.session.session import Session
from console.session.store import Store
from tests.archive.replay.recorded import Writing, archive, live
from tests.domain.builders import NOON, logs, moments

END = NOON + timedelta(seconds=150)
SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with archive(tmp_path_factory.mktemp("archive")) as opened:
        yield opened


@SOME
@given(logs(), st.lists(moments, max_size=4), st.lists(moments, min_size=1, max_size=5))
def test_reading_the_end_changes_nothing_of_what_is_shown(
    database: Database, events: list[Recorded], marked: list[datetime], stops: list[datetime]
) -> None:
    writing = Writing(database)
    writing.all(events, END)
    acts: tuple[Acted, ...] = tuple(Bookmarked(moment, "here", "me") for moment in sorted(marked))
    both = list(merge(events, acts, key=attrgetter("at")))
    source = Layered(Replay(Tapes(database, writing.shift)), lambda: acts)
    clock = FixedClock(NOON)
    session = Session(clock, source, Store(source.rewind(NOON)))
    for stop in stops:
        clock.set(stop)
        session.step()
        assert board_at(source, END) == live(both, END)
        session.step()
        assert session.store.value == live(both, stop)
    writing.forget()
