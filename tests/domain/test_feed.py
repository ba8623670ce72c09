"""The age of a feed, and what it makes of its health."""

from datetime import timedelta

import pytest

from console.domain.feed import Problem, age, health, merged, stale
from console.domain.vocabulary import Health
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
