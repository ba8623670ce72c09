"""How much happened when, told of blocks that are longer than what the axis shows."""

from datetime import UTC, datetime, timedelta

import pytest

from console.archive.shelf.axis import Laid, Row, density
from console.archive.shelf.index import BlockLine, Part

NOON = datetime(2026, 11, 19, 19, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def told(rows: int, minutes: int, marked: tuple[int, ...]) -> tuple[int, ...]:
    """The density of one block of so many ``rows``, with marks at these minutes."""
    until = NOON + minutes * MINUTE
    marks = tuple(Row(NOON + minute * MINUTE, "call", str(minute), "") for minute in marked)
    line = BlockLine(1, rows, NOON, until, b"", rows, settled=True)
    part = Laid(Part(1, 1, rows, NOON, until), until, (line,), (), marks)
    return density([part], NOON, until)


def test_a_long_block_is_dense_in_the_ten_minutes_in_which_calls_came() -> None:
    found = told(600, 60, (12, 15, 41))
    tens = [sum(found[first : first + 10]) for first in range(0, 60, 10)]
    assert tens == [50, 250, 50, 50, 150, 50]


def test_a_long_block_without_marks_is_spread_evenly() -> None:
    assert told(120, 60, ()) == (2,) * 60


def test_a_short_block_is_spread_evenly_whatever_is_marked() -> None:
    assert told(50, 10, (3,)) == (5,) * 10


@pytest.mark.parametrize("marked", [(), (0,), (119,), (30, 31, 32, 90)])
def test_no_row_is_told_twice_or_left_out(marked: tuple[int, ...]) -> None:
    assert abs(sum(told(60_000, 120, marked)) - 60_000) <= 60
