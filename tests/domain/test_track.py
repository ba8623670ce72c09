"""Where a recorded shift is opened."""

from datetime import timedelta

import pytest

from console.domain.track import Gap, GapKind, Mark, MarkKind, Track
from tests.domain.builders import NOON

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
BEFORE = Gap(NOON, NOON + HOUR, GapKind.CONSOLE_OFF)


def call(after: timedelta) -> Mark:
    return Mark(NOON + after, MarkKind.CALL, "1", "1")


@pytest.mark.parametrize(
    ("track", "after"),
    [
        (Track(NOON, NOON + 9 * HOUR), 0 * HOUR),
        (Track(NOON, NOON + 9 * HOUR, gaps=(BEFORE,)), HOUR),
        (Track(NOON, NOON + 9 * HOUR, gaps=(BEFORE,), marks=(call(HOUR + 2 * SECOND),)), HOUR + 3 * SECOND),
        (Track(NOON, NOON + 9 * HOUR, marks=(call(0 * HOUR), call(3 * SECOND))), 0 * HOUR),
        (Track(NOON, NOON + 9 * HOUR, marks=(call(2 * HOUR),)), 0 * HOUR),
        (Track(NOON, NOON + 9 * HOUR, gaps=(Gap(NOON, NOON + HOUR, GapKind.FEED_DOWN),)), 0 * HOUR),
    ],
    ids=["whole", "console came later", "rows came at once", "rows were there", "a quiet start", "no feed"],
)
def test_a_shift_is_opened_where_there_is_something_to_see(track: Track, after: timedelta) -> None:
    assert track.beginning == NOON + after
