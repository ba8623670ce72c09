"""How long scenes took: what counts as one, which are alike, and what becomes of corrections and restarts."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.clearing.scenes import KEPT, Like, Placed, Scene, Scenes
from console.domain.entities import Assignment, Call, Unit
from console.domain.events import CallsChanged, CarriedOver, DefinitionsLoaded, UnitsChanged
from console.domain.state import State, advance, reduce
from console.domain.vocabulary import CallState, Program
from tests.domain.builders import NOON, PACK, at
from tests.domain.clearing import HISTORY, MC, STAR, board, over, scene, team


def spans(
    state: State, like: Like, program: Program = STAR, category: str = "Welfare check"
) -> tuple[int, ...]:
    """The lengths in minutes."""
    return tuple(span // 60 for span in state.scenes.pool(like, program, category).spans)


def test_a_team_that_cleared_leaves_a_scene_of_its_program_and_category() -> None:
    state = board(team("a"), team("b", program=MC), over("1", "a", 20), over("2", "b", 50))
    assert spans(state, Like.CATEGORY) == (20,)
    assert spans(state, Like.CATEGORY, MC) == (50,)
    assert spans(state, Like.ALL) == (20, 50)


def test_scenes_of_another_category_are_alike_in_the_program_only() -> None:
    state = board(team("a"), over("1", "a", 20), over("2", "a", 40, nature="SYRING"))
    assert spans(state, Like.CATEGORY) == (20,)
    assert spans(state, Like.PROGRAM) == (20, 40)


def test_police_at_a_team_call_leave_no_scene() -> None:
    police = Unit("p", program=Program.POLICE)
    assert spans(board(police, over("1", "p", 20)), Like.ALL) == ()


def test_units_that_come_after_their_calls_put_the_scenes_right() -> None:
    calls = CallsChanged(NOON, "cad/calls", (over("1", "p", 20), over("2", "m", 40)))
    units = UnitsChanged(
        at(seconds=1), "cad/units", (Unit("p", program=Program.POLICE), team("m", program=MC))
    )
    state = board(more=[calls])
    assert spans(state, Like.PROGRAM) == (20, 40)
    after = advance(state, [units], at(1))
    assert (spans(after, Like.PROGRAM), spans(after, Like.PROGRAM, MC)) == ((), (40,))


def test_a_corrected_stamp_takes_the_place_of_the_scene() -> None:
    state = board(
        team("a"), over("1", "a", 20), more=[CallsChanged(at(1), "cad/calls", (over("1", "a", 25),))]
    )
    assert spans(advance(state, [], at(2)), Like.ALL) == (25,)


def test_a_call_that_is_closed_while_its_team_is_still_there_is_no_scene_yet() -> None:
    closed = replace(scene("1", "a", -30), state=CallState.CLOSED, closed_at=NOON)
    state = board(team("a", "1"), closed)
    assert spans(state, Like.ALL) == ()
    gone = UnitsChanged(at(5), "cad/units", (team("a"),))
    assert spans(advance(state, [gone], at(6)), Like.ALL) == (30,)


def test_a_source_that_names_no_units_has_its_calls_own_stamps_counted() -> None:
    call = replace(scene("1", "a", -30), assignments=(), state=CallState.CLOSED, closed_at=NOON)
    assert spans(board(call), Like.CATEGORY) == (30,)


def test_a_scene_that_ended_before_it_began_or_that_was_forgotten_is_none() -> None:
    part = Assignment("a", on_scene_at=at(-1), cleared_at=at(-3))
    backward = Call("1", state=CallState.CLOSED, assignments=(part,), program=STAR)
    assert spans(board(team("a"), backward, over("2", "a", 25 * 60)), Like.ALL) == ()


def test_scenes_stay_when_their_calls_leave_the_board() -> None:
    left = CallsChanged(at(1), "cad/calls", gone=("h1", "h2", "h3"))
    state = advance(board(team("a"), team("b"), *HISTORY), [left], at(2))
    assert (state.calls, spans(state, Like.ALL)) == ({}, (20, 30, 40))


def test_other_definitions_sort_the_scenes_anew() -> None:
    state = board(team("a"), over("1", "a", 20))
    natures = {"WELCHK": replace(PACK.natures["WELCHK"], category="Check")}
    after = reduce(state, DefinitionsLoaded(at(1), replace(PACK, natures=natures)))
    assert spans(after, Like.CATEGORY) == ()
    assert spans(after, Like.CATEGORY, category="Check") == (20,)


def test_a_kind_keeps_its_last_scenes() -> None:
    many = [Placed(Scene(f"c{n}", "a", at(n), n), STAR, "x") for n in range(1, KEPT + 21)]
    pool = Scenes().moved((), many).pool(Like.CATEGORY, STAR, "x")
    assert (len(pool), pool.spans[0], pool.spans[-1]) == (KEPT, 21, KEPT + 20)


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    state = board(team("a"), *(over(str(took), "a", took) for took in (10, 20, 40, 60)))
    assert state.scenes.pool(Like.ALL, STAR, "").median_s() == 30 * 60


def test_the_scenes_of_an_earlier_run_come_over_and_are_counted_once() -> None:
    earlier = board(team("a"), team("b"), *HISTORY)
    now = board(team("a"), over("h1", "a", 21), over("n", "a", 50))
    after = reduce(now, CarriedOver(at(1), scenes=earlier.scenes))
    assert spans(after, Like.CATEGORY) == (21, 30, 40, 50)


scenes_ = st.lists(
    st.builds(
        Placed,
        st.builds(
            Scene, st.sampled_from("123"), st.sampled_from("ab"), st.integers(0, 9).map(at), st.integers(1, 9)
        ),
        st.sampled_from([STAR, MC]),
        st.sampled_from(["x", "y"]),
    ),
    max_size=6,
    unique_by=lambda placed: (placed.scene.call, placed.scene.unit),
)


@given(scenes_, st.randoms(use_true_random=False))
def test_the_order_of_scenes_within_a_reply_does_not_matter(placed: list[Placed], dice: object) -> None:
    shuffled = sorted(placed, key=lambda _one: dice.random())  # type: ignore[attr-defined]  # a Random
    assert Scenes().moved((), placed) == Scenes().moved((), shuffled)


@given(scenes_)
def test_what_goes_after_it_came_was_never_there(placed: list[Placed]) -> None:
    base = Scenes().moved((), [Placed(Scene("9", "z", NOON, 5), STAR, "x")])
    assert base.moved((), placed).moved(placed, ()) == base


@given(scenes_)
def test_scenes_put_away_as_msgpack_are_the_same(placed: list[Placed]) -> None:
    made = Scenes().moved((), placed)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=Scenes) == made
