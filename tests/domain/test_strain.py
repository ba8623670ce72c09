"""How hard teams work: worked by hand, and unknown where the source does not tell."""

from datetime import timedelta

from msgspec.structs import replace

from console.domain.entities import Assignment, Call, Stamps
from console.domain.state import State, start
from console.domain.strain import Strain, most_strained, strains, told_since
from console.domain.vocabulary import CallState, Program, UnitState
from tests.domain.builders import NOON, at
from tests.domain.clearing import team

MINUTE = timedelta(minutes=1)


def part(unit: str, since: float | None, until: float | None = None) -> Assignment:
    """A part in a call, in minutes after noon."""
    return Assignment(
        unit,
        assigned_at=None if since is None else at(since),
        cleared_at=None if until is None else at(until),
    )


def call(key: str, *parts: Assignment, **fields: object) -> Call:
    return replace(Call(key, state=CallState.ON_SCENE, assignments=parts), **fields)


def of(*calls: Call, **shift: object) -> Strain:
    """The strain of one team whose shift began five hours ago."""
    unit = replace(team("a"), **{"shift_from": at(-300), "shift_until": at(300), **shift})
    return strains(board([unit], calls))["a"]


def board(units: list[object], calls: tuple[Call, ...]) -> State:
    return replace(
        start(NOON),
        units={unit.id: unit for unit in units},  # type: ignore[attr-defined]  # units
        calls={one.id: one for one in calls},
    )


def test_utilization_is_committed_over_staffed_time() -> None:
    found = of(call("1", part("a", -280, -220)), call("2", part("a", -60)))
    assert (found.staffed, found.committed) == (300 * MINUTE, 120 * MINUTE)
    assert found.utilization == 0.4
    assert (found.calls, found.longest) == (1, 60 * MINUTE)


def test_time_on_two_calls_at_once_counts_once() -> None:
    found = of(call("1", part("a", -100, -40)), call("2", part("a", -60, -10)))
    assert found.committed == 90 * MINUTE
    assert found.calls == 2


def test_what_was_before_the_shift_is_clipped() -> None:
    found = of(call("1", part("a", -360, -270)), call("2", part("a", -400, -350)))
    assert (found.committed, found.longest) == (30 * MINUTE, 90 * MINUTE)


def test_without_the_start_of_its_shift_a_teams_utilization_is_not_known() -> None:
    found = of(call("1", part("a", -60)), shift_from=None)
    assert (found.staffed, found.committed, found.utilization) == (None, None, None)
    assert (found.calls, found.longest) == (1, 60 * MINUTE)


def test_a_shift_that_is_still_to_come_staffs_nobody() -> None:
    assert of(shift_from=at(10)).staffed is None


def test_a_closed_call_whose_team_nobody_cleared_ends_with_the_call() -> None:
    closed = call("1", part("a", -60), state=CallState.CLOSED, closed_at=at(-20))
    assert of(closed).committed == 40 * MINUTE


def test_parts_without_stamps_are_counted_as_not_known() -> None:
    bare = call("1", part("a", None, -20))
    unended = call("2", part("a", -60), state=CallState.CLOSED)
    found = of(bare, unended)
    assert (found.untimed, found.committed, found.calls) == (2, 0 * MINUTE, 1)


def test_a_team_off_duty_or_of_another_service_is_not_strained() -> None:
    units = [replace(team("a"), state=UnitState.OFF_DUTY), team("p", program=Program.POLICE), team("b")]
    assert set(strains(board([*units], ()))) == {"b"}


def test_the_most_strained_team_is_the_one_that_is_committed_most_of_its_time() -> None:
    hour = timedelta(hours=1)
    found = {
        "a": Strain("a", staffed=10 * hour, committed=4 * hour),
        "b": Strain("b", staffed=5 * hour, committed=3 * hour),
        "c": Strain("c"),
    }
    assert most_strained(found) == "b"
    tied = {key: Strain(key, 5 * hour, 3 * hour, calls=calls) for key, calls in (("a", 1), ("b", 2))}
    assert most_strained(tied) == "b"


def test_nobody_stands_out_alone_or_where_nothing_is_known() -> None:
    one = Strain("a", timedelta(hours=2), timedelta(hours=1))
    assert most_strained({"a": one}) == ""
    assert most_strained({"a": Strain("a"), "b": Strain("b")}) == ""


def test_the_figures_say_since_when_the_board_knows_of_calls() -> None:
    calls = (Call("1", stamps=Stamps(answered_at=at(-30))), Call("2", stamps=Stamps(queued_at=at(-90))))
    assert told_since(board([], calls)) == at(-90)
    assert told_since(start(NOON)) is None
