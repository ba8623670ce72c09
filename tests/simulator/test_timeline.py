"""Timelines, the two kinds of feed over them, and rows as bytes."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.contract import Row
from console.domain.entities import Assignment, Call, Position, Stamps
from console.domain.vocabulary import FeedName
from console.simulator.feeds import Feed, MovingFeed, RecordedFeed
from console.simulator.load import load_shift
from console.simulator.shift import Shift
from console.simulator.timeline import Change, Timeline
from console.simulator.wire import moved

START = datetime(2026, 11, 17, 14, 0, tzinfo=UTC)
NO_TIME = timedelta(0)


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def _change(seconds: int, key: str, stays: bool) -> Change:
    row = Call(key, number=str(seconds)) if stays else None
    return Change(at(seconds), FeedName.CALLS, row, "" if stays else key)


changes = st.lists(st.builds(_change, st.integers(0, 20), st.sampled_from("abcd"), st.booleans()))


@given(changes, st.lists(st.integers(0, 21), min_size=1))
def test_a_full_page_and_the_increments_after_it_give_the_board_at_any_moment(
    happened: list[Change], polls: list[int]
) -> None:
    timeline = Timeline(happened)
    feed = RecordedFeed(timeline.changes(FeedName.CALLS), NO_TIME)
    _assert_increments_add_up(feed, sorted(at(poll) for poll in polls), Call)
    assert _rows(feed.full(feed.version(at(10))), Call) == timeline.board(FeedName.CALLS, at(10))


@given(st.integers(1, 8), st.integers(1, 8), st.lists(st.integers(0, 5_000), min_size=1))
def test_increments_of_moving_rows_add_up_too(calls: int, units: int, polls: list[int]) -> None:
    shift = load_shift(calls, units, 0.3, 1)
    feed = MovingFeed(shift.moving[FeedName.CALLS], shift.start, NO_TIME)
    _assert_increments_add_up(
        feed, sorted(shift.start + timedelta(milliseconds=9 * poll) for poll in polls), Call
    )


def test_increments_of_the_positions_of_a_shift_add_up(weekday_positions: MovingFeed) -> None:
    polls = [at(60 * minute + minute % 60) for minute in range(0, 1_500, 25)]
    _assert_increments_add_up(weekday_positions, polls, Position)


def test_changes_of_one_moment_keep_their_order() -> None:
    timeline = Timeline([_change(5, "a", True), _change(5, "a", False), _change(1, "b", True)])
    assert list(timeline.board(FeedName.CALLS, at(5))) == ["b"]


def test_a_change_counts_from_its_own_moment_on() -> None:
    timeline = Timeline([_change(5, "a", True)])
    assert [timeline.version(FeedName.CALLS, at(second)) for second in (4, 5)] == [0, 1]


def test_moving_a_row_moves_every_moment_in_it() -> None:
    def row(seconds: int) -> Call:
        parts = (Assignment("u", assigned_at=at(seconds)),)
        return Call("a", stamps=Stamps(answered_at=at(seconds)), assignments=parts, updated_at=at(seconds))

    assert moved(row(0), timedelta(days=400, seconds=7)) == row(400 * 86_400 + 7)


def test_a_row_that_does_not_move_is_the_same_row() -> None:
    row = Call("a", updated_at=START)
    assert moved(row, NO_TIME) is row


@pytest.fixture(scope="module")
def weekday_positions(weekday: Shift) -> MovingFeed:
    return MovingFeed(weekday.moving[FeedName.POSITIONS], weekday.start, NO_TIME)


def _assert_increments_add_up(feed: Feed, polls: list[datetime], kind: type[Row]) -> None:
    """A client that takes one full page and then only increments holds what a full page would hold."""
    versions = [feed.version(poll) for poll in polls]
    assert versions == sorted(versions)
    held = _rows(feed.full(versions[0]), kind)
    for old, new in pairwise(versions):
        items, removed = feed.since(old, new)
        held = {key: row for key, row in held.items() if key not in removed} | _rows(items, kind)
        assert held == _rows(feed.full(new), kind)


def _rows(items: msgspec.Raw, kind: type[Row]) -> dict[str, Row]:
    rows: list[Row] = msgspec.json.decode(items, type=list[kind])  # type: ignore[valid-type]  # decided by the caller
    return {row.unit if isinstance(row, Position) else row.id: row for row in rows}
