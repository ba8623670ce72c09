"""The alarm system's own figures: ten-minute windows with the empty ones, shares, times and time in flood."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.book import Alarms
from console.domain.alarms.counts import SLOT, Counts, Slot
from console.domain.alarms.figures import AlarmFigures, figures
from console.domain.alarms.flood import Flood

EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return EIGHT + timedelta(minutes=minutes)


def found(*slots: Slot, minutes: float = 60, **counts: object) -> AlarmFigures:
    held = Counts(slots=slots, **counts)  # type: ignore[arg-type]  # fields by name
    return figures(Alarms(began=EIGHT, counts=held), after(minutes))


def test_a_board_without_alarms_has_no_shares() -> None:
    none = figures(Alarms(), EIGHT)
    assert (none.raised, none.over, none.per_hour, none.shares) == (0, None, None, None)


def test_windows_without_an_alarm_count_too() -> None:
    one = found(Slot(after(20), (0, 12, 0)), minutes=59)
    assert [sum(slot.raised) for slot in one.slots] == [0, 0, 12, 0, 0, 0]
    assert one.over == pytest.approx(1 / 6)


def test_ten_in_ten_minutes_are_within_the_guideline() -> None:
    assert found(Slot(after(20), (0, 10, 0))).over == 0


def test_the_peak_is_the_worst_window() -> None:
    assert found(Slot(after(0), (0, 3, 0)), Slot(after(10), (1, 10, 4))).peak == 15


def test_the_rate_is_of_the_whole_time() -> None:
    assert found(Slot(after(0), (0, 9, 0)), minutes=90).per_hour == pytest.approx(6)


def test_what_was_said_is_counted_apart() -> None:
    one = found(Slot(after(0), (1, 4, 5), (1, 2, 0)))
    assert (one.raised, one.said) == (10, 3)


def test_priorities_share_the_alarms() -> None:
    assert found(Slot(after(0), (1, 3, 16))).shares == (0.05, 0.15, 0.80)


def test_times_are_by_priority_and_nearest_rank() -> None:
    took = found(Slot(after(0)), took=tuple((2, seconds) for seconds in range(10, 210, 10))).took
    assert list(took) == [2]
    assert (took[2].n, took[2].p50_s, took[2].p95_s) == (20, 100, 190)


def test_a_flood_that_goes_on_counts_up_to_now() -> None:
    counts = Counts(slots=(Slot(after(0)),), flooded_s=300)
    one = figures(Alarms(began=EIGHT, counts=counts, flood=Flood(since=after(50), count=20)), after(60))
    assert one.flooded == timedelta(minutes=15)
    assert one.flooded_share == pytest.approx(0.25)


def test_the_most_frequent_rules_come_first() -> None:
    assert found(rules={"call_old": 2, "unit_silent": 9}).rules == (("unit_silent", 9), ("call_old", 2))


def test_an_alarm_that_stands_for_over_a_day_is_stale() -> None:
    old = Alarm("clock_skew", "cad", 3, EIGHT - timedelta(hours=30), EIGHT - timedelta(hours=25))
    gone = Alarm("clock_skew", "cad2", 3, old.since, old.raised_at, active=False)
    alarms = Alarms(standing={old.id: old, gone.id: gone}, began=EIGHT)
    assert figures(alarms, EIGHT).stale == 1


@given(st.dictionaries(st.integers(0, 300), st.tuples(*[st.integers(0, 30)] * 3), max_size=40))
def test_no_alarm_is_lost_between_the_windows(raised: dict[int, tuple[int, int, int]]) -> None:
    slots = tuple(Slot(EIGHT + SLOT * n, counts) for n, counts in sorted(raised.items()) if n < 144)
    one = found(*slots, minutes=143 * 10 + 5)
    assert one.raised == sum(sum(slot.raised) for slot in slots)
    assert len(one.slots) == 144
