"""The synthetic load of the benchmarks."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.contract import row_key
from console.domain.entities import STAMP_NAMES, Call, Unit
from console.domain.vocabulary import FeedName
from console.simulator.feeds import MovingFeed
from console.simulator.load import Rhythm, load_shift, moment, parse_load

CHANGING = (FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS)


@pytest.mark.parametrize(
    ("name", "load"),
    [
        ("load:1000x2000", (1000, 2000, 0.1)),
        ("load:60x60@20", (60, 60, 0.2)),
        ("load:1x1@100%", (1, 1, 1.0)),
        ("load:1x1@101", None),
        ("weekday", None),
    ],
)
def test_a_load_is_asked_for_by_its_name(name: str, load: tuple[int, int, float] | None) -> None:
    assert parse_load(name) == load


@pytest.mark.parametrize("feed", CHANGING)
def test_the_share_that_was_asked_for_changes_each_second(feed: FeedName) -> None:
    shift = load_shift(1_000, 1_000, 0.1, 1)
    for second in range(1_000, 1_010):
        was, now = (s * 1_000 for s in (second, second + 1))
        changed = [subject for subject in shift.moving[feed] if subject.changed(was) != subject.changed(now)]
        assert len(changed) == pytest.approx(100, abs=2)


@given(st.integers(0, 99), st.integers(1, 20_000), st.integers(0, 10**8))
def test_the_last_change_is_never_in_the_future_and_never_older_than_a_period(
    index: int, period_ms: int, at_ms: int
) -> None:
    changed = Rhythm(index, 100, period_ms).changed(at_ms)
    assert 0 <= changed <= at_ms or at_ms == changed == 0
    assert at_ms - changed <= 2 * period_ms


def test_every_call_stays_open_and_goes_through_its_stages() -> None:
    shift = load_shift(4, 4, 0.1, 1)
    rows = [
        subject.row(subject.changed(at) or 0)
        for subject in shift.moving[FeedName.CALLS]
        for at in range(0, 80_000, 10_000)
    ]
    states = Counter(row.state for row in rows if isinstance(row, Call))
    assert len(states) == 4
    assert all(row.open for row in rows if isinstance(row, Call))


@given(st.integers(0, 10**7))
def test_calls_and_units_of_a_load_agree(at_ms: int) -> None:
    shift = load_shift(5, 8, 0.1, 1)
    rows = {feed: [s.row(s.changed(at_ms) or 0) for s in shift.moving[feed]] for feed in CHANGING}
    named = {
        (unit, call.id) for call in rows[FeedName.CALLS] if isinstance(call, Call) for unit in call.committed
    }
    assert named == {
        (unit.id, unit.call) for unit in rows[FeedName.UNITS] if isinstance(unit, Unit) and unit.call
    }


@given(st.integers(0, 10**7))
def test_stamps_of_a_load_are_in_order(at_ms: int) -> None:
    for subject in load_shift(6, 6, 0.5, 1).moving[FeedName.CALLS]:
        row = subject.row(subject.changed(at_ms) or 0)
        assert isinstance(row, Call)
        moments = [m for name in STAMP_NAMES if (m := getattr(row.stamps, name)) is not None]
        assert all(stamp <= moment(at_ms) for stamp in moments)


def test_every_row_has_a_key_of_its_own() -> None:
    shift = load_shift(30, 50, 0.1, 1)
    for feed, count in zip(CHANGING, (30, 50, 50), strict=True):
        keys = {row_key(subject.row(0)) for subject in shift.moving[feed]}
        assert len(keys) == count
        assert keys == {subject.key for subject in shift.moving[feed]}


def test_the_whole_design_load_can_be_read_within_its_first_second() -> None:
    shift = load_shift(1_000, 2_000, 0.1, 1)
    feed = MovingFeed(shift.moving[FeedName.UNITS], shift.start, timedelta(days=3))
    assert len(feed.full(feed.version(shift.showcase))) > 100_000
