"""A shelf is never longer than its cap, however often it is renewed, and it needs a reason."""

from datetime import timedelta

import pytest

from console.archive.recording.marking import marks
from console.domain.entities import Stamps
from console.domain.events import Recorded, Shelved
from console.domain.vocabulary import AlarmState, CallState
from console.domain.watching.shelving import shelf_left
from tests.domain.watching.rows import BEGINNING, PACK, board, call, calls, minutes

NAME = "pending_too_long:k1"
LOG: tuple[Recorded, ...] = (
    *BEGINNING,
    calls(
        minutes(0), call(CallState.PENDING, priority=2, eligible=None, stamps=Stamps(queued_at=minutes(-25)))
    ),
)
"""It waits too long from noon on, as a priority 2: an hour is the longest shelf."""


def shelved(at: float, until: float, reason: str = "known") -> Shelved:
    return Shelved(minutes(at), NAME, minutes(until), reason, "me")


def test_renewing_a_shelf_does_not_reach_beyond_the_cap_of_the_first() -> None:
    log = [*LOG, *(shelved(1 + at, 61 + at) for at in range(0, 300, 10))]
    assert board(log, minutes(60.9)).alarms.standing[NAME].state is AlarmState.SHELVED
    for minute in (61.1, 120, 290):
        assert board(log, minutes(minute)).alarms.standing[NAME].state is AlarmState.UNACKNOWLEDGED


def test_an_alarm_that_worsens_can_be_shelved_anew() -> None:
    worse = call(CallState.PENDING, priority=1, eligible=None, stamps=Stamps(queued_at=minutes(-25)))
    log = [*LOG, shelved(1, 61), calls(minutes(30), worse), shelved(31, 90)]
    shelf = board(log, minutes(32)).alarms.standing[NAME].shelf
    assert shelf is not None
    assert shelf.until == minutes(31 + PACK.alarms.shelve_min["1"])


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_shelved_without_a_reason(reason: str) -> None:
    assert board([*LOG, shelved(1, 20, reason)], minutes(2)).alarms.standing[NAME].shelf is None


def test_what_is_left_of_the_cap_is_told() -> None:
    state = board([*LOG, shelved(1, 20)], minutes(11))
    assert shelf_left(state.alarms.standing[NAME], minutes(11), PACK) == timedelta(minutes=50)


def test_the_mark_of_a_shelf_tells_how_long_it_holds() -> None:
    state = board([*LOG, shelved(1, 20)], minutes(41))
    (mark,) = marks(state, shelved(41, 400), 1, ())
    assert mark.label.startswith("shelved for 20 min")
    assert not marks(state, shelved(41, 400, ""), 1, ())
    assert not marks(state, shelved(62, 400), 1, ())
