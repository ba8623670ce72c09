"""A flood begins with many alarms and ends with few: between the two it stays as it is."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.alarms.flood import Flood, FloodLimits
from tests.domain.builders import NOON, at

LIMITS = FloodLimits(over=10, window_min=10, ends_below=5)
COMES = st.lists(st.tuples(st.integers(1, 90), st.integers(0, 8)), max_size=40)


def counted(flood: Flood, second: int, came: int) -> Flood:
    """``flood`` with so many alarms at a second after noon."""
    return flood.moved(at(seconds=second), came, LIMITS)


@pytest.mark.parametrize(("came", "flooded"), [(10, False), (11, True)])
def test_it_begins_with_more_than_ten_in_ten_minutes(came: int, *, flooded: bool) -> None:
    assert (counted(Flood(), 0, came).since is not None) is flooded


def test_alarms_of_more_than_ten_minutes_ago_are_no_part_of_it() -> None:
    assert counted(counted(Flood(), 0, 6), 600, 6).since is None


def test_it_tells_since_when_and_how_many_came_since() -> None:
    flood = counted(counted(counted(Flood(), 0, 4), 60, 8), 90, 2)
    assert (flood.since, flood.count) == (at(1), 14)


def test_it_lasts_while_five_came_and_ends_with_four() -> None:
    flood = counted(counted(counted(Flood(), 0, 7), 60, 1), 120, 4)
    assert counted(flood, 600, 0).since == at(2)
    assert counted(flood, 660, 0).since is None


def test_it_is_known_when_it_ends_if_nothing_more_comes() -> None:
    flood = counted(counted(counted(Flood(), 5, 12), 50, 4), 60, 1)
    assert flood.next_at(LIMITS) == at(seconds=650)
    assert counted(flood, 649, 0).since is not None
    assert counted(flood, 650, 0).since is None


@given(COMES)
def test_it_has_hysteresis(comes: list[tuple[int, int]]) -> None:
    flood, now = Flood(), NOON
    for seconds, came in comes:
        now += timedelta(seconds=seconds)
        before, flood = flood, flood.moved(now, came, LIMITS)
        many = flood.within(now - LIMITS.window)
        if before.since is None:
            assert (flood.since is not None) is (many > LIMITS.over)
        else:
            assert (flood.since is None) is (many < LIMITS.ends_below)


@given(COMES)
def test_it_remembers_no_more_than_its_window(comes: list[tuple[int, int]]) -> None:
    flood, now = Flood(), NOON
    for seconds, came in comes:
        now += timedelta(seconds=seconds)
        flood = flood.moved(now, came, LIMITS)
    oldest = now - LIMITS.window - timedelta(seconds=90 * len(comes))
    assert all(moment > oldest for moment, _ in flood.recent)
    assert len(flood.recent) <= LIMITS.window.total_seconds()
