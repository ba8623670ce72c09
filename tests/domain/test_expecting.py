"""Who could take a waiting call before police get it: worked by hand."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.clearing.scenes import Like
from console.domain.entities import Call
from console.domain.expecting.countdown import Countdown, countdown
from console.domain.expecting.saying import minutes, said
from console.domain.expecting.teams import outlook
from console.domain.expecting.travel import miles, travel, whereabouts
from console.domain.state import State
from console.domain.vocabulary import CallState, UnitState
from tests.domain.builders import NOON, at
from tests.domain.clearing import HERE, HISTORY, MC, board, over, placed, scene, team, waits

_FAR = timedelta(days=9)

MILE = 1 / 69.05
"""One mile to the north in degrees: 4.5 minutes at 20 mph with half as much again for the streets."""

TEAMS = (team("a", "1"), team("b"), scene("1", "a", -24), *HISTORY)
"""Team a is there for 24 minutes; scenes like it took 30 in the middle. Team b has done its part in that."""


def counted(state: State, call: str = "w") -> Countdown:
    found = countdown(state, state.calls[call])
    assert found is not None
    return found


def line(state: State, call: str = "w") -> str:
    return said(state, state.calls[call], state.second)


def test_a_team_is_expected_to_clear_at_the_median_of_scenes_like_its_own() -> None:
    found = outlook(board(*TEAMS))["a"]
    assert (found.clears_at, found.like, found.n, found.past) == (at(6), Like.CATEGORY, 3, False)


def test_the_line_says_who_clears_when_and_how_far_away_it_is() -> None:
    rows = [row for row in TEAMS if row != team("b")]
    state = board(*rows, waits(), placed("a", 2 * MILE))
    assert line(state) == (
        "police in 5 min · A likely clears in ~6 min (median of 3 like scenes), 9 min away"
    )


def test_a_free_team_comes_before_those_that_may_clear() -> None:
    state = board(*TEAMS, waits(), placed("a", 2 * MILE), placed("b", 4 * MILE))
    assert line(state).startswith("police in 5 min · B is free, 18 min away · A likely clears")


def test_the_nearest_free_team_is_the_one_that_is_told() -> None:
    state = board(team("c"), team("b"), team("d"), waits(), placed("b", 3 * MILE), placed("c", MILE))
    free = counted(state).free
    assert free is not None
    assert free.unit == "c"
    assert free.away is not None
    assert minutes(free.away) == "4 min"


def test_with_too_few_like_scenes_those_of_the_program_count_and_then_all() -> None:
    others = [replace(call, nature="SYRING") for call in HISTORY]
    program = outlook(board(team("a", "1"), team("b"), scene("1", "a", -24), *others))["a"]
    assert (program.like, program.n) == (Like.PROGRAM, 3)
    rows = (team("a", "1"), team("b", program=MC), scene("1", "a", -24))
    everyone = outlook(board(*rows, *(over(f"o{n}", "b", 30) for n in range(3))))["a"]
    assert (everyone.like, everyone.n) == (Like.ALL, 3)


def test_with_too_few_scenes_at_all_nothing_is_said_but_how_many_there_are() -> None:
    state = board(team("a", "1"), scene("1", "a", -24), *HISTORY[:1], waits(), placed("a", MILE))
    found = outlook(state)["a"]
    assert (found.clears_at, found.like, found.n) == (None, None, 1)
    assert "A clears: not known yet (n = 1 like scenes), 4 min away" in line(state)


def test_past_the_median_the_longer_scenes_count_where_there_are_enough() -> None:
    long = [over(f"l{took}", "b", took) for took in (25, 36, 38)]
    state = board(team("a", "1"), team("b"), scene("1", "a", -34), *HISTORY, *long, waits())
    found = outlook(state)["a"]
    assert (found.past, found.n, found.by) == (True, 6, 3)
    assert found.clears_at == at(38 - 34)
    text = "A past the median, likely clears in ~4 min (median of the 3 of 6 like scenes that lasted as long)"
    assert text in line(state)


def test_of_scenes_like_it_those_count_that_lasted_as_long() -> None:
    more = [over(f"l{took}", "b", took) for took in (10, 36, 38)]
    state = board(team("a", "1"), team("b"), scene("1", "a", -24), *HISTORY, *more, waits())
    found = outlook(state)["a"]
    assert (found.past, found.n, found.by, found.clears_at) == (False, 6, 4, at(37 - 24))
    assert "A likely clears in ~13 min (median of the 4 of 6 like scenes that lasted as long)" in line(state)


def test_past_the_median_with_few_longer_scenes_it_is_any_time_now() -> None:
    state = board(team("a", "1"), team("b"), scene("1", "a", -34), *HISTORY, waits())
    found = outlook(state)["a"]
    assert (found.past, found.by, found.clears_at) == (True, 0, None)
    assert "A clears any time now (past the median of 3 like scenes), way not known" in line(state)


def test_a_team_that_stays_longer_than_any_is_not_guessed_at() -> None:
    state = board(team("a", "1"), team("b"), scene("1", "a", -44), *HISTORY, waits())
    assert outlook(state)["a"].clears_at is None
    assert "A is there longer than at all 3 like scenes" in line(state)


def test_a_team_on_its_way_is_expected_from_its_arrival_on() -> None:
    going = scene("1", "a", None, lat=HERE[0], lon=HERE[1])
    unit = replace(team("a", "1"), state=UnitState.ENROUTE)
    state = board(unit, team("b"), going, *HISTORY, waits(), placed("a", 2 * MILE))
    found = outlook(state)["a"]
    assert found.arrives_at is not None
    assert found.clears_at == found.arrives_at + timedelta(minutes=30)
    assert "A likely clears in ~39 min (median of 3 like scenes, still on its way)" in line(state)


def test_a_team_on_its_way_from_nobody_knows_where_is_not_guessed_at() -> None:
    unit = replace(team("a", "1"), state=UnitState.ENROUTE)
    state = board(unit, team("b"), scene("1", "a", None), *HISTORY, waits())
    assert "A clears: not known yet (when it arrives is not known)" in line(state)


def test_who_could_be_there_first_is_told_first() -> None:
    rows = (team("a", "1"), team("c", "2"), scene("1", "a", -24), scene("2", "c", -22))
    state = board(*rows, *HISTORY, waits(), placed("a", 4 * MILE), placed("c", MILE))
    assert [one.unit for one in counted(state).clearing] == ["c", "a"]


def test_a_team_whose_shift_ends_before_it_clears_is_no_help() -> None:
    rows = (team("a", "1", shift_until=at(5)), scene("1", "a", -24), *HISTORY, waits())
    assert counted(board(*rows)).clearing == ()
    assert "no team that could take it is on duty" in line(board(*rows))


def test_a_call_for_one_program_waits_for_its_teams() -> None:
    rows = (team("a", "1"), team("m", program=MC), scene("1", "a", -24), *HISTORY)
    assert counted(board(*rows, waits(program=MC))).clearing == ()
    assert [one.unit for one in counted(board(*rows, waits())).clearing] == ["a"]


def test_where_no_team_of_its_program_is_on_duty_others_are_told_as_such() -> None:
    found = counted(board(team("m", program=MC), waits(program=TEAMS[0].program)))
    assert found.of_others
    assert found.free is not None
    assert found.free.unit == "m"


def test_a_stale_position_is_not_gone_by_but_the_scene_is() -> None:
    at_scene = scene("1", "a", -24, lat=HERE[0] + MILE, lon=HERE[1])
    old = replace(placed("a", 9 * MILE), at=at(-10))
    state = board(team("a", "1"), at_scene, *HISTORY, waits(), old)
    away = counted(state).clearing[0].away
    assert away is not None
    assert minutes(away) == "4 min"


def test_police_by_policy_is_told_when_the_time_is_up() -> None:
    assert line(board(team("b"), waits(queued=-26))).startswith("police by policy now · B is free")


def test_a_call_that_is_not_eligible_or_does_not_wait_has_no_countdown() -> None:
    calls: tuple[Call, ...] = (waits("n", eligible=False), waits("s", state=CallState.ON_SCENE))
    state = board(*calls)
    assert [said(state, call, NOON) for call in state.calls.values()] == ["", ""]


def test_a_degree_to_the_north_and_one_to_the_east() -> None:
    assert round(miles((39.5, -105), (40.5, -105)), 2) == 69.05
    assert round(miles((60, 10), (60, 11)), 1) == 34.5


def test_travel_is_the_straight_line_with_a_detour_at_city_speed() -> None:
    state = board(waits())
    span = travel(state, (HERE[0] + MILE, HERE[1]), state.calls["w"])
    assert span is not None
    assert round(span.total_seconds()) == 270


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 38), st.integers(0, 60)), max_size=8))
def test_the_first_three_are_those_that_could_be_there_first_of_all(teams: list[tuple[int, int]]) -> None:
    rows = [
        row
        for number, (since, far) in enumerate(teams)
        for row in (
            team(f"t{number}", f"c{number}"),
            scene(f"c{number}", f"t{number}", -since),
            placed(f"t{number}", far * MILE),
        )
    ]
    state = board(*rows, *HISTORY, waits())
    found = outlook(state)
    there = {
        key: one.clears_at + (travel(state, whereabouts(state, state.units[key]), state.calls["w"]) or _FAR)
        for key, one in found.items()
        if one.clears_at is not None
    }
    first = sorted(
        found, key=lambda key: (key not in there, there.get(key, NOON), found[key].clears_at or NOON, key)
    )
    assert [one.unit for one in counted(state).clearing] == first[:3]
