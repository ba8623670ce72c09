"""After a restart priority 1 that waits for somebody is heard again, and nothing else is."""

from datetime import timedelta

from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm, Out
from console.domain.events import Acknowledged, CarriedOver
from console.domain.state import State, advance, start
from tests.domain.alarming import BEGINNING, SECOND, on_scene
from tests.domain.builders import NOON

BEFORE = NOON - timedelta(minutes=5)
CALLED = Alarm(
    "responder_emergency", "k0", 1, BEFORE, BEFORE, announced_at=BEFORE, escalated_at=BEFORE, name="STAR k0"
)


def restarted(alarm: Alarm, seconds: int, *acts: Acknowledged) -> State:
    """The board of a run that begins with what an earlier one knew, that many seconds on."""
    events = [*BEGINNING, on_scene("k0", NOON, emergency=True), CarriedOver(NOON + SECOND, (alarm,)), *acts]
    return advance(start(NOON), events, NOON + seconds * SECOND)


def urgent(state: State) -> list[int]:
    """At which seconds priority 1 was heard."""
    return [int((tone.at - NOON).total_seconds()) for tone in state.alarms.tones if tone.priority == 1]


def test_a_call_for_help_that_nobody_answered_goes_on_being_repeated() -> None:
    assert urgent(restarted(CALLED, 20)) == [6, 11, 16]


def test_it_ends_with_an_acknowledgement() -> None:
    act = Acknowledged(NOON + 8 * SECOND, (CALLED.id,), "me")
    assert urgent(restarted(CALLED, 20, act)) == [6]


def test_what_was_acknowledged_is_not_repeated() -> None:
    assert urgent(restarted(replace(CALLED, acknowledged_at=BEFORE), 20)) == []


def test_what_is_out_of_service_is_not_repeated() -> None:
    out = {CALLED.id: Out(BEFORE, "me", "stuck button")}
    events = [*BEGINNING, CarriedOver(NOON, (CALLED,), out=out), on_scene("k0", NOON, emergency=True)]
    assert urgent(advance(start(NOON), events, NOON + 20 * SECOND)) == []
