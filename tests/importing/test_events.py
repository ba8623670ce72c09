"""The events of an imported watch: what was served of the same file is what a replay of them shows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.archive.codec.blocks import unpack
from console.archive.codec.courses import joining
from console.archive.recording.past import PastShift
from console.domain.definitions import NO_DEFINITIONS
from console.domain.events import AgencyDescribed, DefinitionsLoaded, FeedReported, Recorded
from console.domain.feed import age, health
from console.domain.state import State, advance, reduce, start
from console.domain.vocabulary import FeedName, Health
from console.importing.events import past_shift
from console.simulator.past import layout
from console.simulator.past.rows import Record, read
from console.simulator.past.shift import past_shift as served
from console.simulator.past.stages import STAGES
from console.simulator.past.unitrow import UnitRow
from console.simulator.past.watches import Watch, watch_of, watches
from tests.importing.files import CITY, local, written
from tests.samples import samples

FEEDS = (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS)
SAN_FRANCISCO, real = samples("sf-fire-2018")


def events(past: PastShift) -> list[Recorded]:
    """As an archive gives them back."""
    calls = {call for *_, call in past.events if call}
    return unpack(joining(past.short, level=1)(calls, [entry for _, entry, *_ in past.events]))


def board(found: Sequence[Recorded], at: datetime) -> State:
    """What they come to at ``at``."""
    state = start(found[0].at)
    for event in found:
        if event.at <= at:
            state = reduce(state, event)
    return state


def imported(watch: Watch, until: datetime | None = None) -> list[Recorded]:
    return events(past_shift(watch, "sffd", NO_DEFINITIONS, until or watch.end))


def same(state: State, record: Record, at: datetime) -> bool:
    """Whether the board has the rows, in their order, that the served file has at ``at``."""
    timeline = served(record, at).timeline
    rows: dict[FeedName, dict[str, Any]] = {
        FeedName.CALLS: state.calls,
        FeedName.UNITS: state.units,
        FeedName.POSITIONS: state.positions,
    }
    return all(list(rows[feed].items()) == list(timeline.board(feed, at).items()) for feed in FEEDS)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Up to a dozen rows within three days, some of them endless, some at once, in any order."""
    first = local("2018-01-19T06:00:00")
    rows = []
    for _ in range(draw(st.integers(1, 12))):
        received = first + timedelta(minutes=10 * draw(st.integers(0, 360)))
        latest, moments = received, dict[str, Any]()
        for stage in STAGES[1:]:
            step = draw(st.none() | st.integers(0, 60))
            if step is not None:
                latest = moments[stage] = latest + timedelta(minutes=10 * step)
        call, unit = draw(st.sampled_from("12345")), draw(st.sampled_from("ABC"))
        lat = draw(st.none() | st.floats(37, 38))
        rows.append(UnitRow(call, unit, "MEDIC", "Fall", received, lat=lat, lon=lat and -122.4, **moments))
    return Record(tuple(rows), (), CITY, layout.layout("datasf"))


@given(records(), st.data())
def test_an_import_at_any_moment_is_the_same_file_served_at_that_moment(
    record: Record, data: st.DataObject
) -> None:
    watch = data.draw(st.sampled_from(list(watches(record))))
    length = int((watch.end - watch.start).total_seconds()) - 1
    at = watch.start + timedelta(
        seconds=data.draw(st.integers(0, length) | st.sampled_from(range(0, length, 600)))
    )
    assert same(board(imported(watch), at), record, at)


def test_a_call_that_goes_on_is_on_the_board_of_the_next_watch_from_its_start(tmp_path: Path) -> None:
    record = read(written(tmp_path))
    second = imported(list(watches(record))[1])
    assert {call.state for call in board(second, local("2018-01-20T08:00:00")).open_calls.values()} == {
        "on_scene"
    }
    assert board(second, local("2018-01-20T09:00:00")).open_calls == {}


def test_who_and_what_come_first(tmp_path: Path) -> None:
    found = imported(next(watches(read(written(tmp_path)))))
    assert [type(event) for event in found[:2]] == [DefinitionsLoaded, AgencyDescribed]
    assert [event.full for event in found[2:5]] == [True] * 3  # type: ignore[union-attr]  # rows


def test_events_are_in_order_and_within_the_watch(tmp_path: Path) -> None:
    watch = next(watches(read(written(tmp_path))))
    found = imported(watch)
    assert all(one.at <= after.at for one, after in pairwise(found))
    assert (found[0].at, found[-1].at < watch.end) == (watch.start, True)


@pytest.mark.parametrize("seconds", [0, 1, 899, 901, 43_210, 86_399])
def test_no_feed_of_an_import_is_late_for_want_of_polls_nor_grows_old(tmp_path: Path, seconds: int) -> None:
    watch = next(watches(read(written(tmp_path))))
    at = watch.start + timedelta(seconds=seconds)
    feeds = board(imported(watch), at).feeds
    assert {(health(feed, at), age(feed, at)) for feed in feeds.values()} == {(Health.OK, timedelta(0))}


def test_the_feeds_of_an_import_report_once(tmp_path: Path) -> None:
    found = imported(next(watches(read(written(tmp_path)))))
    reports = [event.feed for event in found if isinstance(event, FeedReported)]
    assert [(feed.name, feed.every) for feed in reports] == [(name, timedelta(0)) for name in FEEDS]


def test_calls_are_marked_where_they_came_and_where_they_were_over(tmp_path: Path) -> None:
    past = past_shift(
        next(watches(read(written(tmp_path)))), "sffd", NO_DEFINITIONS, local("2018-01-20T08:00:00")
    )
    assert [(mark.kind, mark.label, mark.at) for mark in past.marks] == [
        ("call", "1", local("2018-01-19T10:00:00")),
        ("closed", "1", local("2018-01-19T11:15:00")),
        ("call", "2", local("2018-01-19T12:00:00")),
        ("closed", "2", local("2018-01-19T12:40:00")),
        ("call", "3", local("2018-01-20T07:30:00")),
    ]
    assert (past.calls, past.units) == (3, 2)


@real
def test_the_real_watch_is_the_same_every_quarter_of_an_hour() -> None:
    record = read(SAN_FRANCISCO / "sffd-2018-01-13_24.csv")
    at = local("2018-01-19T09:00:00")
    watch = next(one for one in watches(record) if one.start == watch_of(at, record)[0])
    found, timeline = imported(watch), served(record, at).timeline
    state, place = start(watch.start), 0
    for number in range(96):
        moment = watch.start + timedelta(minutes=15 * number)
        due = [event for event in found[place:] if event.at <= moment]
        state, place = advance(state, due, moment), place + len(due)
        assert state.calls == timeline.board(FeedName.CALLS, moment)
        assert state.units == timeline.board(FeedName.UNITS, moment)
        assert state.positions == timeline.board(FeedName.POSITIONS, moment)
