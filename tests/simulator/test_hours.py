"""The zone of a fictional city."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from console.simulator.hours import zone_where
from console.simulator.options import ServeOptions, open_shift

DAY = datetime(2026, 11, 19, tzinfo=UTC)
minutes = st.integers(0, 1_439).map(lambda minute: DAY + timedelta(minutes=minute))


@given(minutes, minutes)
def test_now_reads_within_half_an_hour_of_the_hour_that_was_asked_for(local: datetime, now: datetime) -> None:
    there = now.astimezone(ZoneInfo(zone_where(local, now)))
    apart = abs((there.hour - local.hour) * 60 + there.minute - local.minute)
    assert min(apart, 1_440 - apart) <= 30


def test_a_served_afternoon_is_an_afternoon_on_the_clock() -> None:
    served = open_shift(ServeOptions(scenario="weekday"), DAY)
    assert DAY.astimezone(ZoneInfo(served.shift.agency.timezone)).hour in (16, 17)


def test_a_shift_whose_stamps_are_kept_keeps_its_zone() -> None:
    served = open_shift(ServeOptions(scenario="weekday", rebase=False), DAY)
    assert served.shift.agency.timezone == "America/Denver"
