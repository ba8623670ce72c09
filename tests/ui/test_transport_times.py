"""Moments of the time axis: which times stand under it, what is drawn where, and what a typed time means."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.track import Mark, MarkKind, Track
from console.session.transport import Span
from console.ui.transport import marks
from console.ui.transport.marks import Label, Room
from console.ui.transport.reading import Unclear, moment
from console.ui.transport.scale import NEAREST, Scale, times, zoomed
from tests.ui.replayed import EIGHT, TWENTY, clock

DENVER = ZoneInfo("America/Denver")
WHOLE = Scale(EIGHT, TWENTY, 8, 1_200)
SPAN = Span(EIGHT, TWENTY)
NOON = clock("12:00")


def texts(scale: Scale, apart: float = 72) -> list[str]:
    return [time.text for time in times(scale, DENVER, apart)]


def test_over_a_shift_there_is_a_time_at_each_hour() -> None:
    assert texts(WHOLE)[:3] == ["08:00", "09:00", "10:00"]


def test_on_a_small_screen_there_are_fewer() -> None:
    assert texts(Scale(EIGHT, TWENTY, 0, 400))[:3] == ["09:00", "12:00", "15:00"]


def test_far_in_there_are_seconds() -> None:
    assert texts(Scale(clock("09:00"), clock("09:01"), 0, 400))[:2] == ["09:00:00", "09:00:15"]


def test_a_day_begins_with_its_date() -> None:
    night = list(times(Scale(clock("18:00"), clock("18:00") + timedelta(hours=12), 0, 1_200), DENVER, 72))
    assert [time.text for time in night if time.day] == ["Fri 20 Nov"]


def test_whole_hours_stay_whole_where_the_clocks_are_set_forward() -> None:
    since = datetime(2026, 3, 8, 8, tzinfo=UTC)
    found = texts(Scale(since, since + timedelta(hours=4), 0, 400))
    assert found == ["01:00", "03:00", "04:00", "05:00", "06:00"]


def test_a_zone_of_a_half_hour_has_whole_hours_too() -> None:
    scale = Scale(EIGHT, TWENTY, 0, 1_200)
    found = [time.text for time in times(scale, ZoneInfo("Asia/Kolkata"), 72)]
    assert found[:2] == ["21:00", "22:00"]


@given(st.integers(0, 1_200), st.floats(0.01, 50))
def test_zooming_stays_within_the_shift_and_shows_a_stretch(x: int, factor: float) -> None:
    scale = zoomed(WHOLE, WHOLE, x, factor)
    assert EIGHT <= scale.since < scale.until <= TWENTY
    assert scale.length >= NEAREST


@given(st.integers(8, 1_208))
def test_a_pixel_and_its_moment_are_one(x: int) -> None:
    assert abs(WHOLE.x(WHOLE.moment(x)) - x) <= 1


def test_no_more_cells_are_drawn_than_there_are_pixels() -> None:
    week = Track(EIGHT, EIGHT + timedelta(days=7), density=(3,) * 10_080)
    assert len(marks.cells(week, Scale(week.since, week.until, 0, 800), 4)) <= 201


def test_a_burst_does_not_flatten_the_rest() -> None:
    track = Track(EIGHT, TWENTY, density=(5_000, *((10,) * 719)))
    assert {cell.high for cell in marks.cells(track, WHOLE, 4)} == {1.0}


def test_the_most_urgent_of_alarms_in_one_place_is_drawn() -> None:
    near = [Mark(NOON + timedelta(seconds=n), MarkKind.ALARM, "", f"{3 - n} waits") for n in range(3)]
    assert list(marks.alarms(near, WHOLE, 13).values()) == [1]


def test_five_thousand_marks_come_to_a_few_places() -> None:
    many = [Mark(EIGHT + n * timedelta(seconds=8), MarkKind.CALL) for n in range(5_000)]
    assert len(marks.pixels(many, WHOLE)) <= 1_201


def test_labels_end_before_the_next_thing() -> None:
    def fit(text: str, room: int) -> tuple[str, float]:
        return text[: room // 10], 0.0

    found = marks.labels(
        [(0, "decision"), (60, "x" * 9), (70, "handover")], [(120, 133)], Room(400, 4, 28), fit
    )
    assert found == [Label(4, "decis"), Label(74, "hand")]


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("09:42", clock("09:42")),
        ("9:42:10", clock("09:42:10")),
        ("+90", clock("12:01:30")),
        ("-5m", clock("11:55")),
        ("−5 min", clock("11:55")),
        ("+1h", clock("13:00")),
        ("2026-11-19 18:00", clock("18:00")),
        ("2026-11-19T18:00:05", clock("18:00:05")),
        (" 20:00 ", TWENTY),
    ],
)
def test_a_typed_time_is_a_moment(text: str, then: datetime) -> None:
    assert moment(text, NOON, SPAN, DENVER) == then


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no time"),
        ("soon", "no time"),
        ("25:00", "no time of day"),
        ("12:60", "no time of day"),
        ("07:59", "not in this shift: it goes from 2026-11-19 08:00:00 to 2026-11-19 20:00:00"),
        ("+9h", "not in this shift"),
        ("2026-11-31 10:00", "no such day"),
        ("2026-11-18 10:00", "not in this shift"),
        ("0001-01-01 00:00", "not in this shift"),
        ("2026-11-19 noon", "no time"),
    ],
)
def test_what_is_no_moment_of_the_shift_says_why(text: str, why: str) -> None:
    with pytest.raises(Unclear, match=why):
        moment(text, NOON, SPAN, DENVER)


def test_over_midnight_a_time_is_the_nearest_of_that_time() -> None:
    night = Span(clock("18:00"), clock("18:00") + timedelta(hours=12))
    assert moment("05:00", clock("23:00"), night, DENVER) == clock("23:00") + timedelta(hours=6)


def test_an_hour_told_twice_is_the_nearer_one() -> None:
    first = datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    night = Span(first - timedelta(hours=6), first + timedelta(hours=6))
    assert moment("01:30", first + timedelta(hours=2), night, DENVER) == first + timedelta(hours=1)


def test_a_time_that_was_left_out_is_said() -> None:
    since = datetime(2026, 3, 8, 6, tzinfo=UTC)
    with pytest.raises(Unclear, match="set forward"):
        moment("2026-03-08 02:30", since, Span(since, since + timedelta(hours=8)), DENVER)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_moment_of_the_shift_or_says_why(text: str) -> None:
    try:
        found = moment(text, NOON, SPAN, DENVER)
    except Unclear:
        return
    assert EIGHT <= found <= TWENTY
