"""What does not fit together on the board is counted and said, and nothing of it is mended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.domain.contradictions import ALONE, CLOSED, TWICE, UNLISTED, contradictions, doubts
from console.domain.entities import Assignment, Call, Position, Unit
from console.domain.feed import Feed, Problem
from console.domain.listed import Matching, listed, misfits
from console.domain.orphans import orphans
from console.domain.state import State, start
from console.domain.vocabulary import CallState, FeedName, Health, Program, UnitState
from tests.domain.builders import NOON, feed
from tests.domain.builders import calls as any_call

CALLS, UNITS, POSITIONS = FeedName.CALLS, FeedName.UNITS, FeedName.POSITIONS


def a_call(key: str, state: CallState, *units: str) -> Call:
    """A call with these units on it."""
    return Call(id=key, number=f"N{key}", state=state, assignments=tuple(Assignment(unit) for unit in units))


def a_team(key: str, state: UnitState, call: str = "", program: Program = Program.MOBILE_CRISIS) -> Unit:
    """A team on a call."""
    return Unit(id=key, callsign=f"Van {key}", program=program, state=state, call=call)


def board(*rows: Call | Unit | Position, answered: tuple[FeedName, ...] = (CALLS, UNITS, POSITIONS)) -> State:
    """A board with these rows; feeds that are not among ``answered`` have not answered yet."""
    calls = {row.id: row for row in rows if isinstance(row, Call)}
    feeds = [
        feed(name=name, answered_at=NOON if name in answered else None) for name in (CALLS, UNITS, POSITIONS)
    ]
    return replace(
        start(NOON),
        calls=calls,
        open_calls={key: call for key, call in calls.items() if call.open},
        units={row.id: row for row in rows if isinstance(row, Unit)},
        positions={row.unit: row for row in rows if isinstance(row, Position)},
        feeds={one.key: one for one in feeds},
    )


def told(state: State) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.what, one.unit, one.calls) for one in contradictions(state)]


FIX = Position("ghost", 39.7, -104.9, NOON)


def test_rows_that_point_to_nothing_are_counted_by_what_they_are() -> None:
    found = orphans(
        board(
            FIX,
            a_call("1", CallState.ASSIGNED, "gone"),
            a_team("a", UnitState.ENROUTE, "9"),
            a_team("b", UnitState.AVAILABLE),
        )
    )
    assert found == (
        Problem("orphan", "cad/positions", "position of a unit that was not sent", 1, ("ghost",)),
        Problem("orphan", "cad/calls", "assignment of a unit that was not sent", 1, ("gone",)),
        Problem("orphan", "cad/units", "unit on a call that was not sent", 1, ("a",)),
    )


@pytest.mark.parametrize("silent", [UNITS, CALLS])
def test_nothing_is_an_orphan_of_a_feed_that_has_not_answered(silent: FeedName) -> None:
    rows = (
        (FIX, a_call("1", CallState.ASSIGNED, "gone"))
        if silent is UNITS
        else (a_team("a", UnitState.ENROUTE, "9"),)
    )
    there = tuple(name for name in (CALLS, UNITS, POSITIONS) if name is not silent)
    assert orphans(board(*rows, answered=there)) == ()


def test_one_source_of_units_that_has_not_answered_is_waited_for() -> None:
    state = board(FIX)
    late = feed(source="county", name=UNITS, answered_at=None)
    assert orphans(replace(state, feeds={**state.feeds, late.key: late})) == ()


def not_offered(source: str) -> Feed:
    return feed(source=source, name=UNITS, answered_at=None, reported=Health.PAUSED, reason="not_offered")


def test_a_source_that_has_no_units_is_not_waited_for() -> None:
    state = board(FIX)
    none = not_offered("tickets")
    assert [one.examples for one in orphans(replace(state, feeds={**state.feeds, none.key: none}))] == [
        ("ghost",)
    ]


def test_where_no_source_has_units_none_is_missed() -> None:
    state = board(FIX)
    assert orphans(replace(state, feeds={**state.feeds, "cad/units": not_offered("cad")})) == ()


def test_of_several_sources_the_problem_names_the_kind_of_data() -> None:
    state = board(FIX)
    other = feed(source="avl", name=POSITIONS)
    assert orphans(replace(state, feeds={**state.feeds, other.key: other}))[0].feed == "positions"


def test_who_was_on_a_call_that_is_over_may_have_gone_home() -> None:
    assert orphans(board(a_call("1", CallState.CLOSED, "gone"))) == ()


@pytest.mark.parametrize(
    "state", [UnitState.ASSIGNED, UnitState.ENROUTE, UnitState.ON_SCENE, UnitState.TRANSPORTING]
)
def test_a_team_that_is_still_committed_to_a_closed_call_is_listed(state: UnitState) -> None:
    (found,) = contradictions(board(a_call("1", CallState.CLOSED, "a"), a_team("a", state, "1")))
    assert (found.what, found.unit, found.calls) == (CLOSED, "a", ("1",))
    assert found.said == "Call N1 is closed, but Van a is still on it."


def test_a_team_on_scene_of_a_call_that_waits_for_a_team_is_listed() -> None:
    assert told(board(a_call("1", CallState.PENDING), a_team("a", UnitState.ON_SCENE, "1"))) == [
        (ALONE, "a", ("1",))
    ]


def test_a_team_on_scene_of_a_call_that_names_others_is_listed() -> None:
    rows = (
        a_call("1", CallState.ON_SCENE, "b"),
        a_team("a", UnitState.ON_SCENE, "1"),
        a_team("b", UnitState.ON_SCENE, "1"),
    )
    assert told(board(*rows)) == [(UNLISTED, "a", ("1",))]


def test_a_source_that_names_no_units_at_its_calls_contradicts_nothing() -> None:
    assert told(board(a_call("1", CallState.ON_SCENE), a_team("a", UnitState.ON_SCENE, "1"))) == []


def test_two_calls_that_claim_one_unit_are_listed_and_both_stay() -> None:
    state = board(
        a_call("1", CallState.ASSIGNED, "a"),
        a_call("2", CallState.ASSIGNED, "a"),
        a_team("a", UnitState.ASSIGNED, "1"),
    )
    (found,) = contradictions(state)
    assert (found.what, found.calls) == (TWICE, ("1", "2"))
    assert found.said == "Van a is on the calls N1 and N2."


def test_a_unit_that_says_another_call_than_the_one_that_claims_it_is_on_two() -> None:
    rows = (
        a_call("1", CallState.ASSIGNED, "a"),
        a_call("2", CallState.ASSIGNED, "b"),
        a_team("a", UnitState.ON_SCENE, "2"),
    )
    assert (TWICE, "a", ("1", "2")) in told(board(*rows, a_team("b", UnitState.ENROUTE, "2")))


def test_police_may_stay_where_the_call_is_over_for_the_program() -> None:
    rows = (a_call("1", CallState.CLOSED, "p"), a_team("p", UnitState.ON_SCENE, "1", Program.POLICE))
    assert told(board(*rows, a_team("a", UnitState.AVAILABLE))) == []
    assert told(board(*rows)) == [(CLOSED, "p", ("1",))]


def test_contradictions_are_not_looked_for_before_calls_and_units_have_answered() -> None:
    rows = (a_call("1", CallState.CLOSED, "a"), a_team("a", UnitState.ON_SCENE, "1"))
    assert contradictions(board(*rows, answered=(UNITS,))) == ()


def test_contradictions_of_one_kind_are_counted_together() -> None:
    rows = [a_team(key, UnitState.ENROUTE, "1") for key in "bac"]
    assert doubts(board(a_call("1", CallState.CLOSED), *rows)) == (
        Problem(
            "contradiction",
            "cad/units",
            CLOSED,
            3,
            tuple(f"Call N1 is closed, but Van {key} is still on it." for key in "abc"),
        ),
    )


def test_what_fits_again_is_not_listed_any_more_but_a_bad_row_stays_counted() -> None:
    bad = Problem("bad_row", "cad/calls", "id")
    state = replace(board(FIX), problems={"x": bad})
    assert len(listed(state)) == 2
    assert list(listed(replace(state, positions={})).values()) == [bad]


def test_a_board_that_moves_is_matched_as_one_that_stands() -> None:
    matching = Matching()
    boards = [
        board(FIX),
        board(FIX, a_call("1", CallState.CLOSED), a_team("a", UnitState.ENROUTE, "1")),
        board(a_call("1", CallState.ASSIGNED), a_team("a", UnitState.ENROUTE, "1")),
        board(FIX, answered=(CALLS,)),
    ]
    assert [matching.look(state) for state in boards] == [misfits(state) for state in boards]


def test_positions_that_move_leave_the_same_misfits() -> None:
    matching, state = Matching(), board(FIX)
    moved = replace(state, positions={"ghost": replace(FIX, lat=39.8)})
    assert matching.look(state) is matching.look(moved)


@given(calls=st.lists(any_call(), max_size=6, unique_by=lambda call: call.id))
def test_calls_and_units_that_agree_have_no_misfit(calls: list[Call]) -> None:
    open_once: dict[str, str] = {}
    fitting = []
    for call in calls:
        free = tuple(part for part in call.assignments if call.open and part.unit not in open_once)
        open_once |= {part.unit: call.id for part in free}
        fitting.append(replace(call, state=CallState.ASSIGNED if free else call.state, assignments=free))
    units = [a_team(key, UnitState.ASSIGNED, call) for key, call in open_once.items()]
    assert misfits(board(*fitting, *units)) == {}
