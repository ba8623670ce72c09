"""What is heard, and when: once on a transition, less in a flood, priority 1 again until somebody saw it."""

import pytest
from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm
from console.domain.definitions import Limit
from console.domain.events import CallsChanged, CarriedOver, DefinitionsLoaded, Recorded
from console.domain.state import advance, start
from tests.domain.alarming import BEGINNING, RULED, on_scene
from tests.domain.builders import NOON
from tests.domain.watching.course import (
    AMBER,
    RED,
    WAIT,
    alarm,
    alarms,
    answers,
    goes,
    moment,
    muted,
    seen,
    shelved,
    tones,
    waits,
)


def many(count: int, arrived: float, since: float = -AMBER) -> list[CallsChanged]:
    """So many calls that wait too long already when they are first told of."""
    return [waits(f"m{number}", since, arrived) for number in range(count)]


def test_what_comes_up_is_heard_once() -> None:
    assert tones([waits()], RED - 1) == [(AMBER, 2, "new")]


def test_what_gets_worse_is_heard_again() -> None:
    assert tones([waits()], RED) == [(AMBER, 2, "new"), (RED, 1, "new")]


def test_alarms_of_one_second_are_one_tone_by_the_most_urgent() -> None:
    assert tones([*many(2, 3, -AMBER), *many(1, 3, -RED)], 4) == [(4, 1, "new")]


def test_trouble_with_the_data_has_a_tone_of_its_own() -> None:
    log: list[Recorded] = [answers(0), waits(since=-1)]
    assert tones(log, 12) == [(4, 3, "data"), (10, 3, "data")]


def test_priority_1_is_heard_again_until_somebody_saw_it() -> None:
    log: list[Recorded] = [waits(since=-RED), seen(12)]
    assert tones(log, 60) == [(1, 1, "new"), (6, 1, "again"), (11, 1, "escalated")]


def test_priority_1_escalates_once() -> None:
    log: list[Recorded] = [waits(since=-RED)]
    kinds = [kind for _, _, kind in tones(log, 60)]
    assert kinds.count("escalated") == 1
    found = alarm(log, 60)
    assert found is not None
    assert found.escalated_at == moment(11)


def test_a_new_priority_1_is_not_heard_twice_in_its_second() -> None:
    log: list[Recorded] = [waits(since=-RED), waits("k1", -RED, 5.5)]
    assert [tone for tone in tones(log, 7) if tone[0] == 6] == [(6, 1, "new")]


def test_what_is_shelved_is_not_repeated() -> None:
    assert tones([waits(since=-RED), shelved(3, until=300)], 60) == [(1, 1, "new")]


def test_a_mute_ends_in_its_time() -> None:
    log: list[Recorded] = [muted(2, until=30)]
    assert alarms(log, 29).mute is not None
    assert alarms(log, 30).mute is None


def test_a_mute_lasts_two_minutes_at_most() -> None:
    mute = alarms([muted(2, until=900)], 3).mute
    assert mute is not None
    assert mute.until == moment(122)


@pytest.mark.parametrize(("since", "broken"), [(-AMBER, True), (-RED, True), (0, False)])
def test_a_mute_is_broken_by_a_new_alarm_of_priority_1_or_2(since: float, *, broken: bool) -> None:
    log: list[Recorded] = [muted(2, until=100), waits("k1", since, 5)]
    assert (alarms(log, 6).mute is None) is broken


def test_a_mute_stands_when_a_priority_1_is_repeated() -> None:
    assert alarms([waits(since=-RED), muted(2, until=100)], 20).mute is not None


def test_a_flood_says_each_cause_once_and_priority_1_always() -> None:
    log: list[Recorded] = [
        *many(4, 3),
        *[replace(one, at=moment(10)) for one in many(6, 10)],
        waits("k1", -RED, 20),
    ]
    found = alarms(log, 21)
    assert found.flood.since == moment(4)
    assert tones(log, 21) == [(4, 2, "new"), (21, 1, "new")]


def test_a_storm_that_comes_in_one_second_is_heard_once_whatever_its_priority() -> None:
    rows = tuple(waits(f"m{number}", -AMBER).changed[0] for number in range(4))
    mild = replace(RULED, waiting={"2": Limit(amber=0.2, red=15, at_amber=3)})
    log: list[Recorded] = [DefinitionsLoaded(moment(1), mild), CallsChanged(moment(4), "cad/calls", rows)]
    assert alarms(log, 6).flood.since == moment(5)
    assert tones(log, 60) == [(5, 3, "new")]


def test_a_flood_ends_without_any_new_alarm() -> None:
    log: list[Recorded] = [*many(4, 3), *(goes(10, f"m{number}") for number in range(4))]
    assert alarms(log, 4 + 59).flood.since == moment(4)
    assert alarms(log, 4 + 60).flood.since is None
    assert alarms(log, 4 + 60).counts.flooded_s == 60


def test_what_calls_nobody_makes_no_flood() -> None:
    log: list[Recorded] = [*many(1, 3), answers(0), *many(8, 15)]
    assert alarms(log, 16).flood.since is None


def test_what_stood_when_the_console_began_is_heard_at_once_and_is_no_flood() -> None:
    found = alarms([replace(one, at=NOON) for one in many(9, 0)], 3)
    assert found.flood.since is None
    assert len(found.tones) == 1


def test_a_start_waits_for_what_an_earlier_run_knew() -> None:
    log: list[Recorded] = [*BEGINNING, waits(since=-AMBER)]
    assert [tone.at for tone in advance(start(NOON), log, moment(20)).alarms.tones] == [moment(6)]


def test_a_restart_says_nothing_that_an_earlier_run_said() -> None:
    old = Alarm("pending_too_long", "k0", 2, moment(-90), moment(-60), announced_at=moment(-60))
    log: list[Recorded] = [*BEGINNING, waits(since=-AMBER), CarriedOver(moment(2), (old,))]
    found = advance(start(NOON), log, moment(20)).alarms
    assert found.tones == ()
    assert found.standing[WAIT].announced_at == moment(-60)


def test_what_got_worse_between_two_runs_is_said() -> None:
    old = Alarm("pending_too_long", "k0", 2, moment(-90), moment(-60), announced_at=moment(-60))
    log: list[Recorded] = [*BEGINNING, CarriedOver(NOON, (old,)), waits(since=-RED)]
    assert [tone.priority for tone in advance(start(NOON), log, moment(3)).alarms.tones] == [1]


def test_a_source_that_comes_back_repeats_no_alarm() -> None:
    log: list[Recorded] = [waits(), answers(5), answers(60), answers(65), answers(70)]
    about_calls = [tone for tone in tones(log, RED - 1) if tone[2] != "data"]
    assert about_calls == [(AMBER, 2, "new")]


def test_a_priority_1_goes_on_being_repeated_when_its_source_is_back() -> None:
    log: list[Recorded] = [waits(since=-RED), answers(1), answers(40)]
    heard = [tone for tone in tones(log, 60) if tone[2] in ("new", "again", "escalated") and tone[1] == 1]
    assert heard[0] == (1, 1, "new")
    assert any(second > 41 for second, _, _ in heard)
    assert not any(16 <= second <= 40 for second, _, _ in heard)


def test_a_call_for_help_of_less_than_a_second_is_heard() -> None:
    log: list[Recorded] = [on_scene("k0", moment(3.1), emergency=True), on_scene("k0", moment(3.7))]
    assert tones(log, 4) == [(4, 1, "new")]


def test_a_repeated_reply_is_not_heard() -> None:
    log: list[Recorded] = [waits(), *(replace(waits(arrived=second), full=True) for second in (13, 14, 20))]
    assert tones(log, 30) == [(AMBER, 2, "new")]


def test_what_came_up_is_counted_by_ten_minutes_and_by_rule() -> None:
    counts = alarms([waits(), goes(20)], 30).counts
    assert counts.rules == {"pending_too_long": 1}
    assert [(slot.raised, slot.said) for slot in counts.slots] == [((0, 1, 0), (0, 1, 0))]


def test_it_is_counted_how_long_an_acknowledgement_took() -> None:
    assert alarms([waits(), seen(AMBER + 5)], 30).counts.took == ((2, 5),)
