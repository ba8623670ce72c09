"""What comes and goes, or grows worse and milder, again and again is one alarm that counts; what is over is quiet."""

from datetime import timedelta

from msgspec.structs import replace

from console.domain.alarms.alarm import CHATTER_S
from console.domain.entities import Stamps
from console.domain.events import AgencyDescribed, FeedReported, Recorded
from console.domain.vocabulary import AlarmState, CallState, Health, UnitState
from tests.domain.builders import AGENCY, NOON
from tests.domain.watching.rows import BEGINNING, alarm, board, call, calls, minutes, told, unit, units

NAME = "pending_too_long:k1"
SECOND = timedelta(seconds=1)
WAITS = call(CallState.PENDING, eligible=None, stamps=Stamps(queued_at=minutes(-31)))
TURNS = 30
LAST = NOON + 10 * (TURNS - 1) * SECOND


def flips(milder: Recorded | None = None) -> list[Recorded]:
    """The priority of a call that waits too long turns from 1 to 3, and back, each ten seconds; 3 in the end."""
    rows = (replace(WAITS, priority=1 + 2 * (turn % 2)) for turn in range(TURNS))
    log = [*BEGINNING, *(calls(NOON + 10 * turn * SECOND, row) for turn, row in enumerate(rows))]
    return log if milder is None else [*log, milder]


def test_a_priority_that_flips_chatters_and_stays_at_its_worst() -> None:
    alarms = board(flips(), LAST).alarms
    assert alarms.counts.chattering == (NAME,)
    assert alarms.counts.rules == {"pending_too_long": 3}
    assert alarms.standing[NAME].priority == 1


def test_a_chattering_alarm_counts_on_while_it_is_held() -> None:
    assert board(flips(), LAST).alarms.standing[NAME].count == TURNS // 2


def test_a_chattering_alarm_grows_milder_once_that_lasts() -> None:
    eases = LAST + (CHATTER_S + 1) * SECOND
    before, after = (alarm(flips(), NAME, moment) for moment in (eases - SECOND, eases))
    assert before is not None
    assert after is not None
    assert (before.priority, after.priority, after.raised_at) == (1, 3, before.raised_at)


def test_an_alarm_that_does_not_chatter_grows_milder_at_once() -> None:
    log = [*BEGINNING, calls(NOON, replace(WAITS, priority=1)), calls(minutes(1), replace(WAITS, priority=3))]
    found = alarm(log, NAME, minutes(1) + SECOND)
    assert found is not None
    assert found.priority == 3


def test_a_source_that_is_down_and_up_by_turns_is_one_alarm() -> None:
    log: list[Recorded] = [*BEGINNING]
    for turn in range(20):
        at = NOON + 20 * turn * SECOND
        log.append(FeedReported(at, told(at=at, since=at, reported=Health.OK if turn % 2 else Health.DOWN)))
    state = board(log, NOON + 400 * SECOND)
    assert state.alarms.counts.rules == {"feed_down": 1}


RETURNED: list[Recorded] = [
    *BEGINNING,
    units(minutes(0), unit(UnitState.ON_SCENE, call="k1")),
    units(minutes(22), unit(UnitState.AVAILABLE, since=minutes(22))),
]
"""A team was not asked after, and came away from its scene before anybody saw that."""


def test_a_priority_1_that_is_over_says_nothing_more_and_is_listed() -> None:
    state = board(RETURNED, minutes(60))
    assert state.alarms.standing["check_in_overdue:u1"].state is AlarmState.RETURNED
    assert max(tone.at for tone in state.alarms.tones if tone.priority == 1) <= minutes(22) + SECOND
    assert state.alarms.repeat_at is None


def test_a_priority_1_that_is_over_leaves_with_the_shift() -> None:
    turned = AgencyDescribed(minutes(70), "cad", replace(AGENCY, shift_from=minutes(70)))
    alarms = board([*RETURNED, turned], minutes(71)).alarms
    assert "check_in_overdue:u1" not in alarms.standing
    assert "check_in_overdue:u1" in {ended.id for ended in alarms.ended}


def test_a_priority_1_that_is_over_leaves_after_half_a_day() -> None:
    there, gone = (alarm(RETURNED, "check_in_overdue:u1", minutes(22 + hours * 60)) for hours in (11.9, 12.1))
    assert there is not None
    assert gone is None
