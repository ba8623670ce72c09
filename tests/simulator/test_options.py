"""From what a person asks for to a shift with its clock."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.domain.vocabulary import FeedName
from console.simulator.options import OptionError, ServeOptions, faults, moment, open_shift
from console.simulator.shift import PlayClock, ServedShift
from tests.simulator.conftest import NOW, Steady
from tests.simulator.test_past_shift import ENGINE, MEDIC, local

DENVER = ZoneInfo("America/Denver")
OPENS = datetime(2026, 11, 17, 7, tzinfo=DENVER)
SMALL = "load:2x2"


def opened(**asked: object) -> ServedShift:
    return open_shift(ServeOptions(**{"scenario": SMALL, **asked}), NOW)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16:30", datetime(2026, 11, 17, 16, 30, tzinfo=DENVER)),
        ("6:59", datetime(2026, 11, 18, 6, 59, tzinfo=DENVER)),
        ("07:00:00", OPENS),
        ("2026-11-17T16:30", datetime(2026, 11, 17, 16, 30, tzinfo=DENVER)),
        ("2026-11-17T16:30:00Z", datetime(2026, 11, 17, 16, 30, tzinfo=UTC)),
        ("2026-11-17T16:30-08:00", datetime(2026, 11, 18, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_local_unless_it_says_otherwise(text: str, expected: datetime) -> None:
    assert moment(text, DENVER, OPENS) == expected


@pytest.mark.parametrize("text", ["noon", "24:00", "2026-13-01", "", "12"])
def test_a_moment_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(OptionError, match="give 16:30 or 2026-11-17T16:30"):
        moment(text, DENVER, OPENS)


def test_the_moment_asked_for_becomes_now() -> None:
    served = opened(at="2026-11-17T07:30")
    assert timedelta(0) <= NOW - (served.at + served.moved) < timedelta(seconds=1)
    assert served.moved.microseconds == 0


def test_without_rebase_stamps_stay_as_they_are() -> None:
    assert opened(rebase=False).moved == timedelta(0)


def test_a_scenario_starts_at_its_showcase_unless_told_otherwise() -> None:
    served = opened()
    assert served.at == served.shift.showcase


def test_a_rebased_clock_reads_what_the_wall_clock_reads() -> None:
    steady = Steady()
    served = opened()
    clock = PlayClock(served, lambda: NOW + timedelta(seconds=2), steady)
    steady.at = 5
    assert clock.now() + served.moved == NOW + timedelta(seconds=7)


def test_a_frozen_clock_stands_at_the_moment_asked_for() -> None:
    steady = Steady()
    served = opened(at="2026-11-17T07:30", speed=0.0)
    clock = PlayClock(served, lambda: NOW, steady)
    steady.at = 100
    assert clock.now() == datetime(2026, 11, 17, 7, 30, tzinfo=DENVER)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"scenario": "friday"}, "choose weekday, quiet_night, surge"),
        ({"scenario": "load:1x"}, "there is no scenario"),
        ({"scenario": "load:5x5@0"}, "there is no scenario"),
        ({"at": "2018-01-19T14:00"}, "is not in this shift: give one from"),
        ({"at": "soon"}, "give 16:30"),
        ({"at": "16:30", "tz": "Mars/Base"}, "time zone 'Mars/Base' is not known"),
        ({"speed": -1.0}, "give 0"),
        ({"speed": float("nan")}, "give 0"),
        ({"speed": float("inf")}, "give 0"),
        ({"faults": ("boom",)}, "there is no 'boom'"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_with_what_is_expected(
    asked: dict[str, object], says: str
) -> None:
    with pytest.raises(OptionError, match=says):
        opened(**asked)


def test_faults_are_read_from_their_texts() -> None:
    assert [fault.kind for fault in faults(ServeOptions(faults=("hang", "cut@5%")))] == ["hang", "cut"]


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A small real-looking shift file."""
    path = tmp_path / "shift.json"
    path.write_text(json.dumps([MEDIC, ENGINE]))
    return str(path)


def test_a_past_shift_is_served_from_the_local_time_asked_for(file: str) -> None:
    assert opened(shift=file, at="10:30").at == local("10:30:00")


def test_another_time_zone_moves_the_stamps_of_a_file(file: str) -> None:
    served = opened(shift=file, at="10:30", tz="America/New_York")
    assert served.at == local("07:30:00")
    assert served.shift.agency.timezone == "America/New_York"
    assert served.shift.timeline.version(FeedName.CALLS, served.at) > 0


def test_a_past_shift_starts_where_it_was_busiest_unless_told_otherwise(file: str) -> None:
    assert opened(shift=file).at == local("10:00:00")


def test_a_moment_outside_the_file_is_refused_with_what_it_holds(file: str) -> None:
    with pytest.raises(OptionError, match="2018-01-18 10:00 to 2018-01-20 11:15"):
        opened(shift=file, at="2018-02-01T10:00")


def test_what_a_file_holds_that_cannot_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "shift.json"
    path.write_text(json.dumps([MEDIC, *([{**ENGINE, "call_number": ""}] * 25)]))
    opened(shift=str(path))
    told = capsys.readouterr().err
    assert "25 thing(s) could not be read" in told
    assert "line 1: no call_number: the row is left out" in told
    assert "and 5 more" in told
