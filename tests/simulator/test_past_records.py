"""A CSV file with a quote that is not closed: that row is named and left out, and the rows behind it are in."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.simulator.past.records import Numbered, Records
from console.simulator.past.rows import TORN, Record, read
from console.simulator.shift import ShiftFileError
from tests.importing.files import row, written


def unclosed(line: str) -> str:
    return line.replace("400 Block", '"400 Block')


def quoted(line: str) -> str:
    return line.replace("400 Block of EDDY ST", '"400 Block, EDDY ST"')


ROWS = [
    row(str(number), "M1", 19, "10:00", "", "10:05", "", "", "", "", "10:30") for number in range(2, 2_002)
]
"""Each named by the line that it stands on."""


def left_out(record: Record) -> list[int]:
    calls = {one.call for one in record.rows}
    return [number for number in range(2, 2_002) if str(number) not in calls]


def torn(record: Record) -> list[int]:
    return [problem.line for problem in record.problems if problem.reason == TORN]


@pytest.mark.parametrize("others", [str, quoted])
@pytest.mark.parametrize("lines", [[2], [500], [500, 501], [500, 501, 502], [7, 1_900, 2_001]])
def test_each_row_whose_quote_is_not_closed_is_named_and_no_other_is_lost(
    tmp_path: Path, others: Callable[[str], str], lines: list[int]
) -> None:
    rows = [unclosed(one) if number in lines else others(one) for number, one in enumerate(ROWS, 2)]
    record = read(written(tmp_path, *rows))
    lost = [number for number in lines if number != 2_001]  # at the end of the file it swallows nothing
    assert (torn(record), left_out(record)) == (lost, lost)
    assert record.lines == len(ROWS)


def test_a_text_of_several_lines_is_a_text_and_named_by_its_first(tmp_path: Path) -> None:
    long = ROWS[1].replace("400 Block", '"400\nBlock, of\n\nit').replace("EDDY ST", 'EDDY ST"')
    record = read(written(tmp_path, ROWS[0], long, row("", "M1", 19, "10:00"), ROWS[2]))
    assert [one.call for one in record.rows] == ["2", "3", "4"]
    assert [problem.line for problem in record.problems] == [7]


def test_the_values_of_a_row_that_is_left_out_can_be_mended(tmp_path: Path) -> None:
    record = read(written(tmp_path, unclosed(ROWS[0]), ROWS[1]))
    (problem,) = record.problems
    assert problem.values is not None
    assert problem.values[:2] == ("2", "M1")


def test_a_heading_whose_quote_is_not_closed_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, *ROWS)
    path.write_text(path.read_text().replace("unit_id", '"unit_id', 1))
    with pytest.raises(ShiftFileError, match=r"line 1"):
        read(path)


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ShiftFileError, match="is empty"):
        read(path)


@given(st.lists(st.sampled_from(["a,b,c", 'a,"b', '"a,b', "", 'a,b""c,d', 'x"', '"x",y,"z"', ","])))
def test_whatever_the_quotes_no_line_is_read_twice_and_the_first_is_never_lost(lines: list[str]) -> None:
    text = "\n".join(["a,b,c", *lines])
    torn: list[Numbered] = []
    records = Records(Path("calls.csv"), text, ",", 3)
    starts = [line for line, _ in records.each(csv.reader(io.StringIO(text, newline="")), torn)]
    named = sorted([*starts, *(line for line, _ in torn)])
    assert named[0] == 1
    assert len(named) == len(set(named))
