"""What somebody writes as a time means one moment of the shift."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from console.commands.moments import moment
from console.domain.track import ShiftLine
from console.settings import SettingsError

DENVER = ZoneInfo("America/Denver")
WATCH = ShiftLine(
    "night",
    "",
    "",
    "America/Denver",
    datetime(2026, 1, 19, 22, tzinfo=DENVER),
    datetime(2026, 1, 20, 8, tzinfo=DENVER),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("23:15", datetime(2026, 1, 20, 6, 15, tzinfo=UTC)),
        ("7:42", datetime(2026, 1, 20, 14, 42, tzinfo=UTC)),
        ("07:42:30", datetime(2026, 1, 20, 14, 42, 30, tzinfo=UTC)),
        ("2026-01-20T07:42", datetime(2026, 1, 20, 14, 42, tzinfo=UTC)),
        ("2026-01-20 07:42", datetime(2026, 1, 20, 14, 42, tzinfo=UTC)),
        ("2026-01-20T14:42Z", datetime(2026, 1, 20, 14, 42, tzinfo=UTC)),
        ("2026-01-20T09:42-05:00", datetime(2026, 1, 20, 14, 42, tzinfo=UTC)),
    ],
)
def test_a_time_is_local_to_the_shift_unless_it_says(said: str, meant: datetime) -> None:
    assert moment(said, WATCH, DENVER) == meant


@pytest.mark.parametrize("said", ["12:00", "2026-01-21T02:00", "2026-01-19"])
def test_a_time_outside_is_refused_with_the_span_of_the_shift(said: str) -> None:
    with pytest.raises(SettingsError, match=r"from 2026-01-19 22:00:00 to 2026-01-20 08:00:00 \(MST\)"):
        moment(said, WATCH, DENVER)


@pytest.mark.parametrize("said", ["", "noon", "25:00", "14h05"])
def test_what_is_no_time_is_refused_with_how_to_write_one(said: str) -> None:
    with pytest.raises(SettingsError, match="write it as 14:05"):
        moment(said, WATCH, DENVER)


@pytest.mark.parametrize("said", ["02:30", "2026-03-08T02:30", "2:59:59"])
def test_a_time_that_the_clocks_were_set_forward_over_is_refused(said: str) -> None:
    night = replace(
        WATCH,
        since=datetime(2026, 3, 7, 22, tzinfo=DENVER).astimezone(UTC),
        until=datetime(2026, 3, 8, 8, tzinfo=DENVER).astimezone(UTC),
    )
    with pytest.raises(SettingsError, match="set forward over that time on 2026-03-08"):
        moment(said, night, DENVER)
