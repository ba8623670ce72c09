"""What somebody says means one shift, or is answered with those that there are."""

import pytest

from console.archive.shelf.finding import NoSuchShift, found
from console.domain.track import ShiftLine
from tests.domain.builders import NOON

DAY = ShiftLine("2026-11-19-day", "", "Day", "UTC", NOON, NOON)


@pytest.mark.parametrize("said", ["", "  "])
def test_nothing_said_is_answered_in_words(said: str) -> None:
    with pytest.raises(NoSuchShift, match="no shift is named; there are 2026-11-19-day"):
        found(said, [DAY])
