"""What was done about alarms reads as a line, with what its subject is called and nothing that anybody wrote."""

from datetime import timedelta

import pytest

from console.domain.alarms.alarm import Alarm, alarm_id
from console.domain.answers import answer
from console.domain.events import (
    Acknowledged,
    Acted,
    CheckedIn,
    Muted,
    Noted,
    Shelved,
    SignedOff,
    TakenOut,
    Unshelved,
)
from console.domain.vocabulary import Reached
from console.domain.watching.catalog import CHECK_IN, PENDING_LONG, SKEW
from tests.domain.builders import NOON

WAITS, ASKED = alarm_id(PENDING_LONG, "c1"), alarm_id(CHECK_IN, "u5")
STANDING = {
    WAITS: Alarm(PENDING_LONG, "c1", 2, NOON, NOON, name="1042"),
    ASKED: Alarm(CHECK_IN, "u5", 1, NOON, NOON, name="STAR 5"),
}


@pytest.mark.parametrize(
    ("act", "line"),
    [
        (Acknowledged(NOON, (WAITS,), "me"), "acknowledged 1042 waits too long"),
        (
            Acknowledged(NOON, (WAITS, *(f"{PENDING_LONG}:x{n}" for n in range(4))), "me"),
            "acknowledged 1042 waits too long, x0 waits too long, x1 waits too long and 2 more",
        ),
        (CheckedIn(NOON, "u5", Reached.RADIO, "me"), "STAR 5 reached by radio"),
        (CheckedIn(NOON, "u9", Reached.NOT_REACHED, "me"), "u9 not reached"),
        (
            Shelved(NOON, WAITS, NOON + timedelta(minutes=30), "said by Ms. Doe", "me"),
            "shelved for 30 min: 1042 waits too long",
        ),
        (Unshelved(NOON, WAITS, "me"), "taken from the shelf: 1042 waits too long"),
        (TakenOut(NOON, SKEW, "it lies", "me"), "out of service: clocks differ"),
        (SignedOff(NOON, "c1", "the shelter", "me"), "signed off c1"),
        (Muted(NOON, NOON, "me"), ""),
        (Noted(NOON, "text", "me"), ""),
    ],
)
def test_an_act_reads_as_a_line(act: Acted, line: str) -> None:
    assert answer(act, STANDING) == line
