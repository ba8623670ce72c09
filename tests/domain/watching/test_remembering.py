"""What is remembered of lost teams and of calls without stamps goes on over a restart."""

from datetime import datetime

from console.domain.entities import Assignment, CrewMember, Unit
from console.domain.events import CarriedOver, DefinitionsLoaded, FeedReported, Recorded, UnitsChanged
from console.domain.state import State, advance, start
from console.domain.vocabulary import CallState, Program, Role, UnitState
from console.domain.watching.carrying import carried_from
from tests.domain.watching.rows import (
    BEGINNING,
    FEEDS,
    PACK,
    SECOND,
    board,
    call,
    calls,
    minutes,
    told,
    unit,
    units,
)

NAME = "check_in_overdue:u1"
AT_WORK = call(CallState.ON_SCENE, assignments=(Assignment("u1"),))
UNSTAMPED = call(CallState.PENDING, priority=2)


def roster(at: datetime) -> UnitsChanged:
    """The teams there are, without the one that was lost."""
    return UnitsChanged(
        at, "cad/units", (Unit("t0", program=Program.OUTREACH, state=UnitState.AVAILABLE),), full=True
    )


def lost(minute: float) -> State:
    """A team whose row went while it was on scene."""
    row = unit(UnitState.ON_SCENE, call="k1", crew=(CrewMember(Role.CLINICIAN, name="A"),))
    log = [*BEGINNING, calls(minutes(0), AT_WORK), units(minutes(0), row), roster(minutes(10))]
    return board(log, minutes(minute))


def resumed(before: State, at: datetime, later: tuple[Recorded, ...], until: datetime) -> State:
    """The board of the next run: its units come at once, ``later`` half a minute after."""
    fresh = advance(start(at), [DefinitionsLoaded(at, PACK)], at)
    feeds = [FeedReported(at, told(name, at=at)) for name in FEEDS if name != "calls"]
    begun: list[Recorded] = [carried_from(before, fresh, at), *feeds, roster(at + SECOND)]
    return advance(fresh, [*begun, FeedReported(at + 30 * SECOND, told(at=at + 30 * SECOND)), *later], until)


def test_a_lost_team_is_asked_after_in_the_next_run_too() -> None:
    later = (calls(minutes(15) + 30 * SECOND, AT_WORK),)
    alarms = resumed(lost(15), minutes(15), later, minutes(20)).alarms
    assert alarms.standing[NAME].since == minutes(0)


def test_the_alarm_of_a_lost_team_stands_until_the_calls_are_there() -> None:
    later = (calls(minutes(25) + 30 * SECOND, AT_WORK),)
    for seconds in (5, 29, 31, 90):
        alarms = resumed(lost(25), minutes(25), later, minutes(25) + seconds * SECOND).alarms
        assert alarms.standing[NAME].active


def test_a_lost_team_that_no_call_of_the_next_run_has_is_forgotten() -> None:
    later = (calls(minutes(25) + 30 * SECOND, call(CallState.CLOSED)),)
    alarms = resumed(lost(25), minutes(25), later, minutes(27)).alarms
    assert not alarms.kept
    assert NAME not in alarms.standing or not alarms.standing[NAME].active


def test_no_names_of_a_crew_come_over() -> None:
    before = lost(15)
    carried = carried_from(before, start(minutes(15)), minutes(15))
    assert carried.kept["u1"].crew == ()


def test_a_clock_that_began_with_the_first_sight_goes_on() -> None:
    row = unit(UnitState.ON_SCENE, call="k1", since=None)
    before = board([*BEGINNING, units(minutes(0), row), calls(minutes(0), UNSTAMPED)], minutes(9))
    fresh = advance(start(minutes(9)), [DefinitionsLoaded(minutes(9), PACK)], minutes(9))
    came = carried_from(before, fresh, minutes(9))
    logs: tuple[list[Recorded], ...] = (
        [came, units(minutes(9), row), calls(minutes(9), UNSTAMPED)],
        [units(minutes(9), row), came],
    )
    for log in logs:
        alarms = advance(fresh, log, minutes(9.5)).alarms
        assert alarms.kept["u1"].since == minutes(0)
        assert alarms.seen == {"k1": minutes(0)}


def test_a_run_that_remembers_nothing_hands_nothing_on() -> None:
    assert (
        carried_from(board(BEGINNING, minutes(1)), start(minutes(1)), minutes(1)).kept
        == CarriedOver(minutes(1)).kept
    )
