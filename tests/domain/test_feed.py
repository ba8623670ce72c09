"""The age of a feed, and what it makes of its health."""

from datetime import timedelta

import pytest

from console.domain.feed import NOT_OFFERED, Feed, Problem, age, given, health, merged, offered, stale
from console.domain.vocabulary import FeedName, Health
from tests.domain.builders import NOON, at, feed


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, Health.OK), (3, Health.OK), (3.1, Health.LATE), (9, Health.LATE), (9.1, Health.STALE)],
)
def test_a_feed_polled_each_two_seconds_is_late_after_three_and_stale_after_nine(
    seconds: float, expected: Health
) -> None:
    assert health(feed(), at(seconds=seconds)) is expected


@pytest.mark.parametrize("trouble", [Health.DOWN, Health.AUTH, Health.PAUSED, Health.STARTING])
def test_trouble_that_was_reported_is_not_hidden_by_a_fresh_age(trouble: Health) -> None:
    assert health(feed(reported=trouble), NOON) is trouble


def test_a_feed_that_is_down_has_old_data_all_the_same() -> None:
    assert stale(feed(reported=Health.DOWN), at(seconds=10))


def test_an_age_is_never_negative() -> None:
    assert age(feed(), NOON - timedelta(seconds=5)) == timedelta(0)


def test_a_feed_that_never_answered_has_no_age_and_is_stale() -> None:
    never = feed(answered_at=None)
    assert (age(never, NOON), stale(never, NOON)) == (None, True)


def test_problems_of_one_kind_are_counted_together_with_a_few_examples() -> None:
    one = Problem("bad_row", "cad/calls", "no id", 1, ("r1",))
    both = merged(one, Problem("bad_row", "cad/calls", "no id", 2, ("r1", "r2")))
    assert (both.count, both.examples) == (3, ("r1", "r2"))


@pytest.mark.parametrize("reported", [Health.DEGRADED, Health.DOWN, Health.AUTH, Health.STARTING])
def test_what_is_reported_of_a_feed_that_never_answered_stands(reported: Health) -> None:
    assert health(feed(reported=reported, answered_at=None), at(minutes=5)) is reported


def absent(**changes: object) -> Feed:
    usual = {"reported": Health.PAUSED, "answered_at": None, "reason": NOT_OFFERED}
    return feed(**{**usual, **changes})


def test_a_feed_that_gave_rows_once_was_offered() -> None:
    assert not offered(absent())
    assert offered(absent(answered_at=NOON))


def test_a_feed_that_is_not_offered_counts_only_where_none_is() -> None:
    here, gone = feed(), absent(source="county")
    assert given([here, gone], FeedName.CALLS) == [here]
    assert given([gone], FeedName.CALLS) == [gone]
    assert given([here, gone], FeedName.UNITS) == []


def test_what_is_not_polled_has_no_age() -> None:
    imported = feed(every=timedelta(0))
    assert age(imported, at(minutes=600)) == timedelta(0)
    assert health(imported, at(minutes=600)) is Health.OK
