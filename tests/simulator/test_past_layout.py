"""Files of past calls in other layouts: times of day, packed pairs, and what is said of a layout that is wrong."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.domain.vocabulary import FeedName
from console.simulator.options import OptionError, ServeOptions, open_shift
from console.simulator.past import layout
from console.simulator.past.layout import LayoutError, parse, shipped
from console.simulator.past.rows import Record, read
from console.simulator.past.shift import past_shift
from console.simulator.shift import ShiftFileError

DENVER = ZoneInfo("America/Denver")
HEADER = (
    "Call No,Date,Nature,Pri,Address,Beat,Lat/Lon,Received,Entered,Dispatched,Cleared,"
    "Units Sent,Units Arrived,Units Clear,Dispo"
)
MIDNIGHT = (
    '26-1187,11/19/2026,WELFARE CHECK,P2,100 MAIN ST,B2,"39.74,-104.99",23:52,23:53,23:58,00:41,'
    "M1 23:58;M2 00:03,M1 00:09,M2 00:20,REFERRED"
)
SMALL = """
import_version = 1
[agency]
name = "Small"
short = "small"
timezone = "America/Denver"
[columns]
call = "id"
unit = "unit"
[stamps]
received = "received"
dispatch = "sent"
available = "clear"
"""


def denver(text: str, day: int = 19) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02d}T{text}").replace(tzinfo=DENVER).astimezone(UTC)


def log(folder: Path, *rows: str) -> Record:
    """A day's log of a CAD, as the shipped example reads it."""
    path = folder / "log.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return read(path, named="cad-daily")


def small(folder: Path, text: str, more: str = "") -> Record:
    """``text`` read by a small layout with ``more`` in it."""
    path, named = folder / "small.csv", folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    named.write_text(SMALL + more, encoding="utf-8")
    return read(path, named=str(named))


def reasons(record: Record) -> list[str]:
    return [problem.reason for problem in record.problems]


@pytest.mark.parametrize("name", shipped())
def test_a_layout_that_ships_can_be_used(name: str) -> None:
    assert layout.layout(name).needed


def test_times_of_day_roll_over_midnight(tmp_path: Path) -> None:
    whole, first, second = log(tmp_path, MIDNIGHT).rows
    assert (whole.received, whole.available) == (denver("23:52"), denver("00:41", 20))
    assert (first.dispatch, first.on_scene) == (denver("23:58"), denver("00:09", 20))
    assert (second.dispatch, second.available) == (denver("00:03", 20), denver("00:20", 20))


def test_a_small_step_back_is_no_midnight(tmp_path: Path) -> None:
    record = log(tmp_path, MIDNIGHT.replace("23:53,23:58", "23:50,23:58"))
    assert record.rows[0].entry is None
    assert reasons(record) == ["Entered steps back: it is left out"]


def test_packed_pairs_become_the_units_of_the_call(tmp_path: Path) -> None:
    shift = past_shift(log(tmp_path, MIDNIGHT), denver("23:52"))
    (call,) = shift.timeline.board(FeedName.CALLS, denver("00:10", 20)).values()
    assert [(part.unit, part.on_scene_at) for part in call.assignments] == [  # type: ignore[union-attr]  # a call
        ("M1", denver("00:09", 20)), ("M2", None),
    ]  # fmt: skip
    assert set(shift.timeline.board(FeedName.UNITS, denver("00:10", 20))) == {"M1", "M2"}


def test_a_unit_without_an_end_of_its_own_is_free_when_the_call_ends(tmp_path: Path) -> None:
    assert log(tmp_path, MIDNIGHT).rows[1].available == denver("00:41", 20)


def test_the_stages_of_a_call_are_those_of_its_only_unit(tmp_path: Path) -> None:
    (_, unit) = log(tmp_path, MIDNIGHT.replace(";M2 00:03", "").replace("M2 00:20", "")).rows
    assert (unit.dispatch, unit.available) == (denver("23:58"), denver("00:41", 20))


def test_a_call_to_which_nobody_was_sent_is_a_call(tmp_path: Path) -> None:
    alone = MIDNIGHT.replace("M1 23:58;M2 00:03,M1 00:09,M2 00:20", ",,").replace("23:58", "")
    (row,) = log(tmp_path, alone).rows
    assert (row.unit, row.available) == ("", denver("00:41", 20))


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        ("M1;M2 00:03", "Units Sent has a unit without its moment: 'M1' is left out"),
        ("M1 soon;M2 00:03", "Units Sent is no date and time for M1: 'soon' is left out"),
        ("M2 00:03", "a unit has no moment of dispatch: M1 is left out"),
    ],
)
def test_a_pair_that_cannot_be_read_is_named(tmp_path: Path, pairs: str, says: str) -> None:
    assert says in reasons(log(tmp_path, MIDNIGHT.replace("M1 23:58;M2 00:03", pairs)))


def test_codes_and_places_are_read_as_the_layout_says(tmp_path: Path) -> None:
    row = log(tmp_path, MIDNIGHT).rows[0]
    assert (row.priority, row.lat, row.lon, row.area, row.disposition) == (
        2,
        39.74,
        -104.99,
        "B2",
        "REFERRED",
    )


def test_a_program_can_be_told_by_the_name_of_the_unit(tmp_path: Path) -> None:
    units = past_shift(log(tmp_path, MIDNIGHT), denver("23:52")).timeline.board(
        FeedName.UNITS, denver("00:10", 20)
    )
    assert {unit.program for unit in units.values()} == {"mobile_crisis"}  # type: ignore[union-attr]  # units


def test_times_of_day_in_the_hour_that_is_lived_twice_keep_their_order(tmp_path: Path) -> None:
    twice = MIDNIGHT.replace("11/19/2026", "11/01/2026").replace(
        "23:52,23:53,23:58,00:41", "01:40,01:50,01:10,01:20"
    )
    row = log(tmp_path, twice.replace("M1 23:58;M2 00:03,M1 00:09,M2 00:20", ",,")).rows[0]
    assert row.available is not None
    assert (row.available - row.received).total_seconds() == 40 * 60


def test_a_row_without_its_date_is_rejected_whole(tmp_path: Path) -> None:
    record = log(tmp_path, MIDNIGHT, MIDNIGHT.replace("11/19/2026", ""))
    (problem,) = record.problems
    assert problem.reason == "Received is missing or no date and time: the row is left out"
    assert problem.values is not None
    assert problem.values[0] == "26-1187"


@pytest.mark.parametrize(
    "place", ["POINT (-104.9 39.7)", "(39.7, -104.9)", '{"type": "Point", "coordinates": [-104.9, 39.7]}']
)
def test_a_place_is_read_in_any_usual_form(tmp_path: Path, place: str) -> None:
    columns = {"id": "1", "unit": "A", "received": "2026-11-19T10:00:00", "sent": "", "clear": ""}
    path, named = tmp_path / "small.json", tmp_path / "small.toml"
    path.write_text(json.dumps([{**columns, "at": place}]), encoding="utf-8")
    named.write_text(SMALL.replace("[stamps]", 'place = "at"\n[stamps]'), encoding="utf-8")
    (row,) = read(path, named=str(named)).rows
    assert (row.lat, row.lon) == (39.7, -104.9)


def test_formats_are_tried_one_after_the_other(tmp_path: Path) -> None:
    text = "id,unit,received,sent,clear\n1,A,19.11.2026 10:00,2026-11-19T10:01:00,\n"
    (row,) = small(tmp_path, text, '[times]\nformats = ["iso", "%d.%m.%Y %H:%M"]\n').rows
    assert (row.received, row.dispatch) == (denver("10:00"), denver("10:01"))


def test_another_separator_and_encoding_are_read(tmp_path: Path) -> None:
    (tmp_path / "f.toml").write_text(
        SMALL + '[file]\ndelimiter = ";"\nencoding = "cp1252"\n', encoding="utf-8"
    )
    (tmp_path / "f.csv").write_bytes(
        "id;unit;received;sent;clear\nÜ1;A;2026-11-19T10:00:00;;\n".encode("cp1252")
    )
    (row,) = read(tmp_path / "f.csv", named=str(tmp_path / "f.toml")).rows
    assert row.call == "Ü1"


def test_a_name_too_long_for_the_board_is_rejected_and_a_text_is_cut(tmp_path: Path) -> None:
    rows = [f"{'9' * 300},A,2026-11-19T10:00:00,,,", f"1,A,2026-11-19T10:00:00,,,{'x' * 2000}"]
    (tmp_path / "f.toml").write_text(
        SMALL.replace("[stamps]", 'address = "what"\n[stamps]'), encoding="utf-8"
    )
    (tmp_path / "f.csv").write_text("\n".join(["id,unit,received,sent,clear,what", *rows]), encoding="utf-8")
    record = read(tmp_path / "f.csv", named=str(tmp_path / "f.toml"))
    assert [(row.call, len(row.address)) for row in record.rows] == [("1", 1024)]
    assert reasons(record)[0] == "a name is longer than 256 characters: the row is left out"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[agency", "not TOML"),
        ("import_version = 2", "GUIDE.md lists every key"),
        (SMALL.replace("unit =", "untt ="), r"untt.*GUIDE\.md"),
        (SMALL.replace("received =", "entry ="), r"no column for `received`"),
        (SMALL.replace("America/Denver", "Mars"), r"'Mars' is not known"),
        (SMALL + '[times]\nformats = ["%H:%M"]\n', "without a day: name the column"),
        (SMALL + '[[packed]]\ncolumn = "u"\nstage = "dispatch"\n', "exclude each other"),
        (SMALL + "[priorities]\nA = 100\n", "not from 0 to 99"),
    ],
)
def test_a_layout_that_is_wrong_is_refused_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(LayoutError, match=says):
        parse(text)


def test_a_format_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(LayoutError, match="one of cad-daily, datasf"):
        layout.layout("nonsense")


def test_a_file_without_a_column_of_its_format_is_refused_with_those_it_has(tmp_path: Path) -> None:
    with pytest.raises(
        ShiftFileError, match="has no column sent, clear, which its format names; line 1 has: id, unit"
    ):
        small(tmp_path, "id,unit,received\n1,A,2026-11-19T10:00:00\n")


def test_a_format_without_a_zone_asks_for_one(tmp_path: Path) -> None:
    (tmp_path / "f.toml").write_text(SMALL.replace('timezone = "America/Denver"\n', ""), encoding="utf-8")
    (tmp_path / "f.csv").write_text(
        "id,unit,received,sent,clear\n1,A,2026-11-19T10:00:00,,\n", encoding="utf-8"
    )
    with pytest.raises(LayoutError, match="names no timezone: write one there, or give --tz"):
        read(tmp_path / "f.csv", named=str(tmp_path / "f.toml"))


def test_an_agency_without_a_notice_still_says_that_the_shift_is_past(tmp_path: Path) -> None:
    agency = past_shift(log(tmp_path, MIDNIGHT), denver("23:52")).agency
    assert agency.notice == "Real past shift: Your agency calls, 19 Nov 2026."


def test_a_file_of_any_format_is_served(tmp_path: Path) -> None:
    log(tmp_path, MIDNIGHT)
    options = ServeOptions(shift=str(tmp_path / "log.csv"), format="cad-daily", at="23:59", rebase=False)
    found = open_shift(options, denver("12:00"))
    assert (found.at, found.shift.agency.name) == (denver("23:59"), "Your agency")


def test_serving_by_a_format_nobody_knows_is_refused(tmp_path: Path) -> None:
    log(tmp_path, MIDNIGHT)
    with pytest.raises(OptionError, match="there is no format 'nope'"):
        open_shift(ServeOptions(shift=str(tmp_path / "log.csv"), format="nope"), denver("12:00"))
