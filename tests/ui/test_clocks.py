"""Durations and moments as they are told: never negative, never in a zone that is not said."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.entities import Agency
from console.ui.parts.clocks import NOTHING, Present, age_text, clock_text, interval_text, present
from tests.ui.board import NOW, ago

DENVER = Present(NOW, ZoneInfo("America/Denver"))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (131, "02:11"),
        (761, "12:41"),
        (3_599, "59:59"),
        (3_840, "1 h 04"),
        (3 * 86_400, "3 d 00 h"),
        (-5, "00:00"),
    ],
)
def test_a_clock_reads_minutes_and_seconds_until_the_hour(seconds: int, text: str) -> None:
    assert clock_text(timedelta(seconds=seconds)) == text


def test_an_age_has_seconds_only_below_two_minutes() -> None:
    assert [age_text(timedelta(seconds=s)) for s in (4, 119, 120, 719, 3_840)] == [
        "4 s",
        "119 s",
        "2 min",
        "11 min",
        "1 h 04",
    ]


def test_an_interval_that_went_back_says_so() -> None:
    assert interval_text(timedelta(seconds=28)) == "+0:28"
    assert interval_text(timedelta(seconds=3_840)) == "+1 h 04"
    assert interval_text(timedelta(seconds=-12)) == "out of order"


def test_what_is_not_known_is_a_dash() -> None:
    assert clock_text(None) == age_text(None) == DENVER.time(None) == DENVER.both(None) == NOTHING


def test_relative_and_absolute_stand_together_in_the_agencys_zone() -> None:
    assert DENVER.both(ago(12)) == "12 min · 16:18"


def test_a_moment_of_another_day_carries_its_date() -> None:
    assert DENVER.time(NOW - timedelta(days=1)) == "Nov 22 16:30"


def test_a_moment_ahead_of_the_clock_is_zero_old() -> None:
    assert DENVER.clock(NOW + timedelta(minutes=7)) == "00:00"


def test_the_hour_that_the_clocks_repeat_says_which_one_it_is() -> None:
    first = datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    night = Present(first, ZoneInfo("America/Denver"))
    assert [night.time(first), night.time(first + timedelta(hours=1))] == ["01:30 MDT", "01:30 MST"]


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "America", "../../etc/passwd"])
def test_without_a_usable_zone_times_are_utc_and_say_so(zone: str) -> None:
    assert present(NOW, Agency(timezone=zone)).time(NOW) == "23:30 UTC"


def test_before_an_agency_described_itself_times_are_utc_and_say_so() -> None:
    assert present(NOW, None).time(NOW) == "23:30 UTC"


@given(st.timedeltas())
def test_no_span_is_ever_told_as_negative(span: timedelta) -> None:
    assert "-" not in clock_text(span) + age_text(span)


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_moment_of_the_calendar_can_be_told(moment: datetime) -> None:
    assert DENVER.exact(moment)
