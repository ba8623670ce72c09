"""What changed between two boards, for whoever looked away."""

from msgspec.structs import replace

from console.domain.alarms.alarm import Alarm
from console.domain.alarms.book import ENDED
from console.domain.changes import ChangeKind, changes
from console.domain.entities import Call, Stamps, Unit
from console.domain.events import (
    CallsChanged,
    CarriedOver,
    FeedReported,
    Noted,
    PutBack,
    Recorded,
    Shelved,
    TakenOut,
    UnitsChanged,
    Unshelved,
)
from console.domain.state import State, advance, start
from console.domain.vocabulary import CallState, Health, Program, UnitState
from tests.domain.alarming import BEGINNING, waiting
from tests.domain.builders import NOON, at, feed

CALL = Call(id="c1", number="1", priority=2, state=CallState.PENDING, stamps=Stamps(queued_at=at(-1)))
UNIT = Unit(id="u1", program=Program.MOBILE_CRISIS, state=UnitState.AVAILABLE, since=at(-5))


def board(minutes: float, *events: Recorded) -> State:
    return advance(start(NOON), events, at(minutes))


FIRST = (CallsChanged(NOON, "cad/calls", (CALL,)), UnitsChanged(NOON, "cad/units", (UNIT,)))


def found(*later: Recorded) -> list[tuple[ChangeKind, str, str, str, float]]:
    before, after = board(1, *FIRST), board(9, *FIRST, *later)
    return [
        (one.kind, one.subject, one.was, one.now, (one.at - NOON).total_seconds() / 60)
        for one in changes(before, after)
    ]


def test_nothing_happened_is_nothing_to_tell() -> None:
    assert found() == []


def test_calls_and_teams_that_moved_stand_newest_first_with_their_own_moments() -> None:
    assigned = replace(CALL, state=CallState.ASSIGNED, stamps=Stamps(queued_at=at(-1), assigned_at=at(3)))
    rolling = replace(UNIT, state=UnitState.ENROUTE, call="c1", since=at(4))
    assert found(
        CallsChanged(at(5), "cad/calls", (assigned,)), UnitsChanged(at(5), "cad/units", (rolling,))
    ) == [
        (ChangeKind.UNIT_STATE, "u1", "available", "enroute", 4),
        (ChangeKind.CALL_STATE, "c1", "pending", "assigned", 3),
    ]


def test_a_call_that_came_and_one_that_closed_are_one_line_each() -> None:
    new = Call(id="c2", state=CallState.PENDING, stamps=Stamps(answered_at=at(2)))
    over = replace(CALL, state=CallState.CLOSED, closed_at=at(7))
    assert found(CallsChanged(at(8), "cad/calls", (new, over))) == [
        (ChangeKind.CALL_CLOSED, "c1", "pending", "", 7),
        (ChangeKind.CALL_NEW, "c2", "", "pending", 2),
    ]


def test_a_priority_that_changed_and_a_call_no_longer_reported_are_told() -> None:
    worse = replace(CALL, priority=1, updated_at=at(3))
    told = found(CallsChanged(at(3), "cad/calls", (worse,)), CallsChanged(at(6), "cad/calls", gone=("c1",)))
    assert told == [
        (ChangeKind.CALL_MISSING, "c1", "", "", 6),
        (ChangeKind.CALL_PRIORITY, "c1", "2", "1", 3),
    ]


def test_old_news_that_came_late_count_as_of_the_later_board() -> None:
    history = replace(CALL, state=CallState.CLOSED, closed_at=at(-30))
    assert found(CallsChanged(at(5), "cad/calls", (history,))) == [
        (ChangeKind.CALL_CLOSED, "c1", "pending", "", 9)
    ]


def test_feeds_and_notes_are_told_and_calls_of_other_services_are_not() -> None:
    theft = Call(id="c9", state=CallState.PENDING, program=Program.POLICE, eligible=False)
    down = feed(reported=Health.DOWN, since=at(4))
    assert found(
        CallsChanged(at(2), "cad/calls", (theft,)), FeedReported(at(4), down), Noted(at(6), "x", "m.ruiz")
    ) == [
        (ChangeKind.NOTE, "", "", "", 6),
        (ChangeKind.FEED, "cad/calls", "", "down", 4),
    ]


def aside(*later: Recorded) -> list[tuple[ChangeKind, str]]:
    """What changes of the alarms about two calls that wait too long, from the tenth second on."""
    moment = at(seconds=20)
    log = [*BEGINNING, CarriedOver(NOON), waiting("k0", NOON), waiting("k1", NOON), *later]
    before = advance(start(NOON), [event for event in log if event.at < moment], moment)
    return [(one.kind, one.subject) for one in changes(before, advance(start(NOON), log, at(seconds=30)))]


def test_what_was_put_aside_and_what_came_back_is_told() -> None:
    one, other = "pending_too_long:k0", "pending_too_long:k1"
    held: list[Recorded] = [
        Shelved(at(seconds=15), one, at(seconds=200), "known", "me"),
        TakenOut(at(seconds=15), "clock_skew", "broken", "me"),
    ]
    assert aside(*held) == []
    back: list[Recorded] = [Unshelved(at(seconds=25), one, "me"), PutBack(at(seconds=25), "clock_skew", "me")]
    assert {*aside(*held, *back)} >= {(ChangeKind.UNSHELVED, one), (ChangeKind.PUT_BACK, "clock_skew")}
    new: list[Recorded] = [
        Shelved(at(seconds=25), other, at(seconds=200), "known", "me"),
        TakenOut(at(seconds=26), "unit_silent", "broken", "me"),
    ]
    assert aside(*new) == [(ChangeKind.OUT, "unit_silent"), (ChangeKind.SHELVED, other)]


def test_more_alarms_that_were_over_than_are_listed_say_so() -> None:
    alarm = Alarm("pending_too_long", "k0", 2, NOON, NOON, announced_at=NOON, returned_at=at(2), active=False)
    ended = tuple(replace(alarm, subject=f"k{number}") for number in range(ENDED))
    before = board(1, *FIRST)
    full = replace(board(9, *FIRST), alarms=replace(before.alarms, ended=ended))
    assert [one.kind for one in changes(before, full)].count(ChangeKind.ALARMS_OVER) == 1
    known = replace(before, alarms=replace(before.alarms, ended=ended[:3]))
    assert ChangeKind.ALARMS_OVER not in [one.kind for one in changes(known, full)]
    few = replace(full, alarms=replace(full.alarms, ended=ended[:5]))
    assert ChangeKind.ALARMS_OVER not in [one.kind for one in changes(before, few)]


def test_a_call_that_closed_and_left_the_board_is_told_as_closed() -> None:
    over = replace(CALL, state=CallState.CLOSED, closed_at=at(3))
    events = (CallsChanged(at(3), "cad/calls", (over,)), CallsChanged(at(5), "cad/calls", gone=("c1",)))
    assert found(*events) == [(ChangeKind.CALL_CLOSED, "c1", "pending", "1", 9)]
