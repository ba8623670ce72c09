"""No call waits unseen: not for want of a priority, nor of a stamp, nor of a limit of its own."""

import pytest
from msgspec.structs import replace

from console.domain.entities import Stamps
from console.domain.events import CallsChanged, Recorded
from console.domain.limits import stay_of
from console.domain.vocabulary import CallState
from tests.domain.watching.rows import BEGINNING, PACK, alarm, board, call, calls, minutes

NAME = "pending_too_long:k1"
WAITS = call(CallState.PENDING, stamps=Stamps(queued_at=minutes(0)))
UNSTAMPED = call(CallState.PENDING, priority=2)
ANY = PACK.waiting["any"]


@pytest.mark.parametrize("priority", [None, 5])
def test_a_call_of_no_listed_priority_waits_too_long_by_the_limit_for_any(priority: int | None) -> None:
    log = [*BEGINNING, calls(minutes(0), replace(WAITS, priority=priority))]
    assert alarm(log, NAME, minutes(ANY.amber - 1)) is None
    found = alarm(log, NAME, minutes(ANY.amber))
    assert found is not None
    assert (found.priority, found.since) == (ANY.at_amber, minutes(0))


def test_a_call_without_stamps_waits_since_it_was_first_seen_waiting() -> None:
    log: list[Recorded] = [*BEGINNING]
    log += [calls(minutes(at), replace(UNSTAMPED, updated_at=minutes(at))) for at in range(3, 30, 3)]
    found = alarm(log, NAME, minutes(3 + PACK.waiting["2"].amber))
    assert found is not None
    assert found.since == minutes(3)
    assert stay_of(UNSTAMPED, PACK) is None


def test_what_was_first_seen_waiting_is_forgotten_when_it_waits_no_more() -> None:
    log = [*BEGINNING, calls(minutes(0), UNSTAMPED)]
    assert board(log, minutes(1)).alarms.seen == {"k1": minutes(0)}
    for after in (
        calls(minutes(2), replace(UNSTAMPED, state=CallState.ASSIGNED)),
        calls(minutes(2), replace(UNSTAMPED, stamps=Stamps(queued_at=minutes(0)))),
        calls(minutes(2), replace(UNSTAMPED, state=CallState.CLOSED)),
    ):
        assert not board([*log, after], minutes(3)).alarms.seen


def test_a_call_that_is_reported_no_more_waits_on() -> None:
    log = [*BEGINNING, calls(minutes(0), UNSTAMPED), CallsChanged(minutes(2), "cad/calls", gone=("k1",))]
    assert alarm(log, NAME, minutes(PACK.waiting["2"].amber)) is not None
