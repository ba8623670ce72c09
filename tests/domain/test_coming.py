"""The next two hours: who goes, who comes, who is likely free, and what nobody can say."""

from typing import Any

from msgspec.structs import replace

from console.domain.coming import Coming, Half, coming
from console.domain.entities import Unit
from console.domain.state import State, advance
from console.domain.vocabulary import Program, UnitState
from tests.domain.builders import at
from tests.domain.clearing import HISTORY, board, scene, team

FREE: dict[str, Any] = {"shift_from": at(-300), "shift_until": at(300)}


def off(key: str, **fields: Any) -> Unit:
    return replace(team(key), state=UnitState.OFF_DUTY, **fields)


def halves(*rows: Any, minutes: float = 0) -> tuple[Half, ...]:
    return coming(board(*rows, minutes=minutes)).halves


def free(found: tuple[Half, ...]) -> list[int]:
    return [len(half.known.free) for half in found]


def on_duty(found: tuple[Half, ...]) -> list[int]:
    return [len(half.known.on_duty) for half in found]


def test_it_tells_now_and_the_next_four_whole_half_hours() -> None:
    assert [half.at for half in halves()] == [at(0), at(30), at(60), at(90), at(120)]
    assert [half.at for half in halves(minutes=12.5)] == [at(12.5), at(30), at(60), at(90), at(120)]


def test_a_team_goes_off_with_its_shift() -> None:
    found = halves(team("a", **FREE), team("b", shift_from=at(-500), shift_until=at(60)))
    assert on_duty(found) == [2, 2, 1, 1, 1]
    assert [half.off for half in found] == [(), (), ("b",), (), ()]


def test_a_team_comes_on_with_its_shift() -> None:
    found = halves(team("a", **FREE), off("b", shift_from=at(45), shift_until=at(600)))
    assert on_duty(found) == [1, 1, 2, 2, 2]
    assert [half.on for half in found] == [(), (), ("b",), (), ()]
    assert free(found) == [1, 1, 2, 2, 2]


def test_a_committed_team_is_free_from_when_it_is_expected_to_clear() -> None:
    found = halves(team("a", "1", **FREE), scene("1", "a", 0), off("b"), *HISTORY)
    assert free(found) == [0, 1, 1, 1, 1]
    later = halves(team("a", "1", **FREE), scene("1", "a", 0.5), off("b"), *HISTORY)
    assert free(later) == [0, 0, 1, 1, 1]


def test_a_team_on_a_scene_like_no_other_is_not_guessed_at() -> None:
    found = halves(team("a", "1", **FREE), scene("1", "a", 0))
    assert free(found) == [0, 0, 0, 0, 0]
    assert [half.known.unsure for half in found] == [(), ("a",), ("a",), ("a",), ("a",)]


def test_a_team_that_is_out_is_named_and_its_return_is_not_guessed() -> None:
    meal = replace(team("a", **FREE), state=UnitState.OUT_OF_SERVICE, raw_state="MEAL")
    found = coming(board(meal, team("b", **FREE)))
    assert found.out == ("a",)
    assert free(found.halves) == [1, 1, 1, 1, 1]
    assert found.halves[1].known.unsure == ("a",)


def test_a_team_of_unknown_state_is_never_free() -> None:
    found = halves(replace(team("a", **FREE), state=UnitState.UNKNOWN))
    assert free(found) == [0, 0, 0, 0, 0]
    assert found[0].known.unsure == ("a",)


def test_where_no_shift_times_are_given_teams_count_apart_and_it_says_so() -> None:
    found = coming(board(team("a"), team("b", "1"), scene("1", "b", 0), off("c"), *HISTORY))
    assert not found.ends_known
    assert on_duty(found.halves) == [0, 0, 0, 0, 0]
    assert [half.open_ended.on_duty for half in found.halves] == [("a", "b")] * 5
    assert [len(half.open_ended.free) for half in found.halves] == [1, 2, 2, 2, 2]
    assert found.unplanned == ("c",)


def test_a_team_that_works_on_past_its_shift_is_counted_now_and_no_further() -> None:
    found = coming(board(team("a", shift_from=at(-600), shift_until=at(-5))))
    assert found.over == ("a",)
    assert on_duty(found.halves) == [1, 0, 0, 0, 0]
    assert found.halves[1].off == ("a",)


def test_a_team_that_should_be_on_duty_and_is_not_is_named() -> None:
    found = coming(board(off("a", shift_from=at(-20), shift_until=at(600))))
    assert (found.late, found.unplanned) == (("a",), ())
    assert on_duty(found.halves) == [0, 0, 0, 0, 0]


def test_other_services_do_not_count() -> None:
    found = coming(board(team("p", program=Program.POLICE, **FREE)))
    assert (found.teams, on_duty(found.halves)) == (0, [0, 0, 0, 0, 0])


def test_the_same_board_a_moment_later_tells_the_same_half_hours() -> None:
    first: State = board(team("a", **FREE), team("b", shift_until=at(60)))
    later: Coming = coming(advance(first, [], at(1)))
    assert later.halves[1:] == coming(first).halves[1:]
