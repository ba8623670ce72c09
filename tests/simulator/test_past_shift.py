"""Real past shifts: rows read, calls put together, units followed."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.entities import Call, Position, Unit
from console.domain.vocabulary import CallState, FeedName, Program, UnitState
from console.simulator.past.moments import Moments
from console.simulator.past.rows import Record, read
from console.simulator.past.shift import busiest, past_shift
from console.simulator.past.stages import STAGES, Stage
from console.simulator.past.stages import in_order as stages_in_order
from console.simulator.past.watches import watch_of
from console.simulator.shift import Shift, ShiftFileError

LOCAL = ZoneInfo("America/Los_Angeles")
NAMES: dict[Stage, str] = {stage: f"{stage}_dttm" for stage in STAGES}
REAL = Path(__file__).parents[2].parent / "shared" / "data" / "sf-fire-2018"
WATCH = REAL / "soda-nuek-vuh3-watch-2018-01-19.json"
TWELVE_DAYS = REAL / "sffd-2018-01-13_24.csv"
real = pytest.mark.skipif(
    not WATCH.exists(), reason=f"the real sample data are not beside the project ({REAL})"
)


def local(text: str, day: int = 19) -> datetime:
    return datetime.fromisoformat(f"2018-01-{day:02d}T{text}").replace(tzinfo=LOCAL).astimezone(UTC)


def unit_row(call: str, unit: str, lat: float = 37.78, **stamps: str) -> dict[str, Any]:
    """One SODA object; stamps are local times of 19 Jan 2018."""
    return {
        "call_number": call,
        "unit_id": unit,
        "call_type": "Medical Incident",
        "call_final_disposition": "Code 2 Transport",
        "address": "400 Block of EDDY ST",
        "battalion": "B02",
        "priority": "3",
        "unit_type": "MEDIC" if unit.startswith("M") else "ENGINE",
        "case_location": {"type": "Point", "coordinates": [-122.41, lat]},
        **{f"{stage}_dttm": f"2018-01-19T{text}.000" for stage, text in stamps.items()},
    }


MEDIC = unit_row(
    "1", "M1", received="10:00:00", entry="10:01:00", dispatch="10:02:00", response="10:03:00", on_scene="10:10:00",
    transport="10:30:00", hospital="10:45:00", available="11:15:00",
)  # fmt: skip
ENGINE = unit_row(
    "1", "E1", received="10:00:00", entry="10:01:00", dispatch="10:02:30", response="10:04:00", on_scene="10:08:00",
    available="10:25:00",
)  # fmt: skip


def in_order(texts: dict[Stage, str]) -> tuple[dict[str, datetime], list[str]]:
    return stages_in_order(texts, NAMES, Moments(("iso",), LOCAL))


def record(folder: Path, *rows: dict[str, Any]) -> Record:
    path = folder / "shift.json"
    path.write_text(json.dumps(rows, indent=0))
    return read(path, LOCAL)


def shift(folder: Path, *rows: dict[str, Any], at: str = "10:00:00") -> Shift:
    return past_shift(record(folder, *rows), local(at))


def call(shift: Shift, at: str, key: str = "1") -> Call:
    row = shift.timeline.board(FeedName.CALLS, local(at))[key]
    assert isinstance(row, Call)
    return row


def unit(shift: Shift, at: str, key: str) -> Unit:
    row = shift.timeline.board(FeedName.UNITS, local(at))[key]
    assert isinstance(row, Unit)
    return row


@pytest.mark.parametrize(
    ("at", "state", "raw_state"),
    [
        ("10:00:00", CallState.PENDING, "received"),
        ("10:01:00", CallState.PENDING, "entry"),
        ("10:02:00", CallState.ASSIGNED, "dispatch"),
        ("10:03:30", CallState.ENROUTE, "response"),
        ("10:08:00", CallState.ON_SCENE, "on_scene"),
        ("10:30:00", CallState.TRANSPORTING, "transport"),
        ("10:45:00", CallState.TRANSPORTING, "hospital"),
        ("11:14:59", CallState.TRANSPORTING, "hospital"),
        ("11:15:00", CallState.CLOSED, "available"),
    ],
)
def test_many_unit_rows_become_one_call_and_each_stage_comes_at_its_moment(
    tmp_path: Path, at: str, state: CallState, raw_state: str
) -> None:
    seen = call(shift(tmp_path, MEDIC, ENGINE), at)
    assert (seen.state, seen.raw_state) == (state, raw_state)


def test_a_call_carries_the_first_stamp_of_each_stage(tmp_path: Path) -> None:
    stamps = call(shift(tmp_path, MEDIC, ENGINE), "12:00:00").stamps
    assert stamps.assigned_at == local("10:02:00")
    assert stamps.on_scene_at == local("10:08:00")
    assert stamps.destination_at == local("10:45:00")
    assert stamps.cleared_at == local("11:15:00")


def test_nothing_of_a_call_is_told_before_it_happened(tmp_path: Path) -> None:
    seen = call(shift(tmp_path, MEDIC, ENGINE), "10:09:00")
    assert seen.stamps.left_at is None
    assert seen.disposition is None
    assert [part.on_scene_at for part in seen.assignments] == [None, local("10:08:00")]


def test_a_call_stays_open_between_a_unit_that_left_and_one_that_comes_later(tmp_path: Path) -> None:
    late = unit_row("1", "E2", received="10:00:00", dispatch="11:30:00", available="11:50:00")
    assert call(shift(tmp_path, MEDIC, late), "11:20:00").state is CallState.PENDING


def test_a_call_whose_end_the_file_does_not_give_stays_open(tmp_path: Path) -> None:
    endless = {**ENGINE, "available_dttm": ""}
    assert call(shift(tmp_path, MEDIC, endless), "23:00:00").open


def test_nothing_is_relabelled(tmp_path: Path) -> None:
    seen = call(shift(tmp_path, MEDIC), "12:00:00")
    assert (seen.nature, seen.area, seen.priority) == ("Medical Incident", "B02", 3)
    assert (seen.program, seen.eligible, seen.public_initiated) == (None, None, None)
    assert seen.disposition is not None
    assert seen.disposition.code == "Code 2 Transport"


def test_the_window_says_what_the_data_are(tmp_path: Path) -> None:
    agency = shift(tmp_path, MEDIC).agency
    assert agency.notice == (
        "Real past shift: San Francisco Fire Department calls, 19 Jan 2018. "
        "Fire and EMS data, not a crisis program."
    )
    assert agency.shift_from == local("08:00:00")


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("10:02:00", UnitState.ASSIGNED),
        ("10:03:00", UnitState.ENROUTE),
        ("10:10:00", UnitState.ON_SCENE),
        ("10:30:00", UnitState.TRANSPORTING),
        ("10:45:00", UnitState.AT_DESTINATION),
        ("11:15:00", UnitState.AVAILABLE),
    ],
)
def test_a_unit_follows_its_row(tmp_path: Path, at: str, state: UnitState) -> None:
    seen = unit(shift(tmp_path, MEDIC, ENGINE), at, "M1")
    assert (seen.state, seen.since) == (state, local(at))


def test_a_unit_is_not_on_the_roster_before_it_is_first_seen(tmp_path: Path) -> None:
    assert not shift(tmp_path, MEDIC).timeline.board(FeedName.UNITS, local("10:01:59"))


def test_a_unit_on_two_calls_is_on_the_later_one_and_then_back_on_the_first(tmp_path: Path) -> None:
    second = unit_row("2", "M1", received="10:20:00", dispatch="10:21:00", available="10:28:00")
    seen = shift(tmp_path, MEDIC, second)
    assert [unit(seen, at, "M1").call for at in ("10:20:00", "10:21:00", "10:28:00", "11:15:00")] == [
        "1", "2", "1", "",
    ]  # fmt: skip
    assert unit(seen, "10:28:00", "M1").state is UnitState.ON_SCENE


@pytest.mark.parametrize(("name", "program"), [("M1", Program.EMS), ("E1", Program.FIRE)])
def test_the_program_comes_from_the_type_of_unit(tmp_path: Path, name: str, program: Program) -> None:
    assert unit(shift(tmp_path, MEDIC, ENGINE), "12:00:00", name).program is program


def test_a_unit_of_a_type_nobody_knows_is_of_another_program(tmp_path: Path) -> None:
    assert unit(shift(tmp_path, {**MEDIC, "unit_type": "BOAT"}), "12:00:00", "M1").program is Program.OTHER


def test_a_unit_has_a_fix_on_arrival_and_at_its_last_place_when_sent_but_none_in_between(
    tmp_path: Path,
) -> None:
    second = unit_row(
        "2", "M1", 37.70, received="12:00:00", dispatch="12:01:00", on_scene="12:10:00", available="12:30:00"
    )
    changes = shift(tmp_path, MEDIC, second).timeline.changes(FeedName.POSITIONS)
    fixes = [(row.lat, row.at) for change in changes if isinstance(row := change.row, Position)]
    assert fixes == [(37.78, local("10:10:00")), (37.78, local("12:01:00")), (37.70, local("12:10:00"))]


def test_a_watch_lasts_from_eight_to_eight(tmp_path: Path) -> None:
    rows = record(tmp_path, MEDIC)
    assert watch_of(local("07:59:59"), rows) == (local("08:00:00", 18), local("08:00:00", 19))
    assert watch_of(local("08:00:00"), rows) == (local("08:00:00", 19), local("08:00:00", 20))


def test_calls_of_an_earlier_watch_are_shown_only_while_open_at_its_end(tmp_path: Path) -> None:
    over = unit_row("0", "E9", received="05:00:00", dispatch="05:01:00", available="06:00:00")
    lasting = unit_row(
        "9", "E8", received="07:00:00", dispatch="07:01:00", on_scene="07:10:00", available="09:00:00"
    )
    seen = shift(tmp_path, MEDIC, over, lasting)
    assert set(seen.timeline.board(FeedName.CALLS, local("08:30:00"))) == {"9"}
    assert unit(seen, "08:30:00", "E9").state is UnitState.AVAILABLE


def test_the_busiest_moment_is_when_most_calls_are_open(tmp_path: Path) -> None:
    second = unit_row("2", "E2", received="10:40:00", dispatch="10:41:00", available="10:50:00")
    assert busiest(record(tmp_path, MEDIC, ENGINE, second)) == local("10:40:00")


def test_bad_rows_are_named_with_their_line_and_the_others_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "shift.csv"
    rows = [
        "call_number,unit_id,received_dttm,dispatch_dttm,on_scene_dttm,available_dttm,latitude,longitude",
        "1,M1,2018-01-19T10:00:00,2018-01-19T10:02:00,,2018-01-19T10:30:00,37.7,-122.4",
        ",M2,2018-01-19T10:00:00,2018-01-19T10:02:00,,2018-01-19T10:30:00,37.7,-122.4",
        "2,M3,yesterday,2018-01-19T10:02:00,,2018-01-19T10:30:00,37.7,-122.4",
        "3,M4,2018-01-19T10:00:00,2018-01-19T10:02:00,2018-01-19T10:01:00,2018-01-19T10:30:00,37.7,-122.4",
        "4,M5,2018-01-19T10:00:00,2018-01-19T10:02:00,,2018-01-19T09:00:00,37.7,-122.4",
        "5,M6,2018-01-19T10:00:00,2018-01-19T10:02:00,,2018-01-19T10:30:00,0,0",
    ]
    path.write_text("\n".join(rows))
    seen = read(path, LOCAL)
    assert [row.call for row in seen.rows] == ["1", "3", "5"]
    assert [(problem.line, problem.reason) for problem in seen.problems] == [
        (3, "no call_number: the row is left out"),
        (4, "received_dttm is missing or no date and time: the row is left out"),
        (5, "on_scene_dttm steps back: it is left out"),
        (6, "available_dttm is before received_dttm: the row is left out"),
        (7, "no usable location: this row gives the call none"),
    ]


def test_a_bad_object_of_a_json_file_is_named_with_the_line_it_starts_on(tmp_path: Path) -> None:
    path = tmp_path / "shift.json"
    path.write_text(json.dumps([MEDIC, {**ENGINE, "call_number": ""}], indent=1))
    line = path.read_text().split('"call_number": ""')[0].count("\n")
    assert [problem.line for problem in read(path, LOCAL).problems] == [line]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n", "has no column call_number"),
        (b"[]", "has no column call_number"),
        (b'[{"call_number": "1"', "is not JSON from line 1 on"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"call_number,unit_id,received_dttm,dispatch_dttm,available_dttm\n", "holds no row"),
        (b"[" * 5_000 + b'{"a":' * 5_000, "is not JSON"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_what_is_expected(
    tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "shift"
    path.write_bytes(content)
    with pytest.raises(ShiftFileError, match=says):
        read(path, LOCAL)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShiftFileError, match="cannot be opened"):
        read(tmp_path / "none.csv", LOCAL)


def test_an_hour_that_is_lived_twice_keeps_its_order() -> None:
    texts: dict[Stage, str] = {
        "received": "2018-11-04T01:50:00",
        "dispatch": "2018-11-04T01:10:00",
        "available": "2018-11-04T01:40:00",
    }
    found, wrong = in_order(texts)
    assert not wrong
    assert found["available"] - found["received"] == timedelta(minutes=50)


def test_an_hour_that_is_skipped_counts_as_no_time() -> None:
    texts: dict[Stage, str] = {"received": "2018-03-11T01:59:00", "available": "2018-03-11T03:01:00"}
    found, _ = in_order(texts)
    assert found["available"] - found["received"] == timedelta(minutes=2)


def test_a_stamp_with_an_offset_is_taken_as_it_is() -> None:
    found, _ = in_order({"received": "2018-01-19T10:00:00Z"})
    assert found["received"] == datetime(2018, 1, 19, 10, tzinfo=UTC)


clock_texts = st.integers(0, 4_000).map(
    lambda minutes: f"{local('00:00:00') + timedelta(minutes=minutes):%FT%T}"
)


@given(st.dictionaries(st.sampled_from(STAGES), clock_texts | st.sampled_from(["", "x", "9999-01-01"])))
def test_stages_that_are_kept_are_always_in_order(texts: dict[Stage, str]) -> None:
    given_order = {stage: texts[stage] for stage in STAGES if stage in texts}
    found, _ = in_order(given_order)
    kept = [moment for stage, moment in found.items() if not (stage == "available" and "received" in found)]
    assert kept == sorted(kept)
    assert list(found) == [stage for stage in STAGES if stage in found]


@real
def test_the_real_watch_has_every_call_and_unit_of_the_file() -> None:
    rows = read(WATCH, LOCAL)
    seen = past_shift(rows, local("12:00:00"))
    end = seen.until
    assert len(seen.timeline.board(FeedName.CALLS, end)) == 413
    assert len(seen.timeline.board(FeedName.UNITS, end)) == 139
    assert not rows.problems


@real
def test_open_calls_of_the_real_watch_are_those_the_file_says() -> None:
    at = local("14:00:00")
    rows = json.loads(WATCH.read_text())
    ends: dict[str, str] = {}
    for row in rows:
        ends[row["call_number"]] = max(ends.get(row["call_number"], ""), row["available_dttm"])
    expected = {
        row["call_number"]
        for row in rows
        if row["received_dttm"] <= "2018-01-19T14:00:00.000" < ends[row["call_number"]]
    }
    board = past_shift(read(WATCH, LOCAL), at).timeline.board(FeedName.CALLS, at)
    assert {key for key, row in board.items() if isinstance(row, Call) and row.open} == expected


@real
def test_the_twelve_days_give_the_same_watch_as_the_file_of_that_watch_alone() -> None:
    at = local("14:00:00")
    whole, alone = (past_shift(read(path, LOCAL), at) for path in (TWELVE_DAYS, WATCH))
    ours = alone.timeline.board(FeedName.CALLS, at)
    theirs = whole.timeline.board(FeedName.CALLS, at)
    assert {key: theirs[key] for key in ours} == ours


@real
def test_every_row_of_the_twelve_days_is_read() -> None:
    seen = read(TWELVE_DAYS, LOCAL)
    with TWELVE_DAYS.open() as file:
        assert len(seen.rows) == sum(1 for _ in csv.reader(file)) - 1
    assert {problem.reason.split(":")[0] for problem in seen.problems} <= {
        f"{stage}_dttm steps back" for stage in STAGES
    }
