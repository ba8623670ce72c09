"""What an IT person is told is missing from a board, or wrong with it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from console.domain.entities import Call, Stamps, Unit
from console.domain.events import CallsChanged, DefinitionsLoaded, FeedReported, ProblemsFound, UnitsChanged
from console.domain.feed import Problem
from console.domain.state import State, reduce, start
from console.domain.vocabulary import CallState, FeedName, Health, Program, UnitState
from console.feeds.spec import Dialect
from console.reports.coverage import Covered, coverage, gaps
from console.reports.emptiness import NO_MATCH
from console.reports.mapped import Expected, expected
from console.reports.states import AT_SOURCE, IN_MAPPING, remarks
from tests.domain.builders import NOON, PACK, at, feed

WHOLE = Call(
    "a",
    number="26-1",
    nature="WELCHK",
    priority=2,
    state=CallState.PENDING,
    lat=39.7,
    lon=-104.9,
    stamps=Stamps(answered_at=at(-5), queued_at=at(-4)),
)


def board(*calls: Call, units: tuple[Unit, ...] = ()) -> State:
    """A board of these calls and units."""
    state = reduce(start(NOON), DefinitionsLoaded(NOON, PACK))
    state = reduce(state, CallsChanged(NOON, "cad/calls", calls, full=True))
    return reduce(state, UnitsChanged(NOON, "cad/units", units, full=True))


def whats(state: State) -> list[str]:
    """The words of each gap."""
    return [gap.what for gap in gaps(state)]


def test_each_field_is_counted_over_all_rows_and_stamps_one_by_one() -> None:
    found = coverage(board(WHOLE, replace(WHOLE, id="b", number="", stamps=Stamps())))
    assert Covered(FeedName.CALLS, "number", 1, 2) in found
    assert Covered(FeedName.CALLS, "queued_at", 1, 2) in found
    assert Covered(FeedName.CALLS, "received", 1, 2) in found


def test_a_field_that_the_board_needs_and_nobody_fills_is_a_gap() -> None:
    assert "assignments: none filled" in whats(board(WHOLE))
    assert "number: none filled" not in whats(board(WHOLE))


def test_a_field_that_some_rows_rightly_lack_is_no_gap_and_one_that_each_must_have_is() -> None:
    other = replace(WHOLE, id="b", number="", stamps=Stamps())
    found = whats(board(WHOLE, other))
    assert "received: 1 of 2 filled" in found
    assert not any(what.startswith("number") for what in found)


def test_a_state_code_that_means_nothing_is_named_with_its_text() -> None:
    strange = Unit(
        "u", callsign="STAR 1", state=UnitState.UNKNOWN, raw_state="10-7B", program=Program.OUTREACH
    )
    assert "state «10-7B» means nothing here" in whats(board(WHOLE, units=(strange,)))


def test_a_nature_that_the_pack_does_not_list_is_named() -> None:
    (found,) = (
        gap for gap in gaps(board(WHOLE, replace(WHOLE, id="b", nature="FISH"))) if "pack" in gap.what
    )
    assert (found.what, found.examples) == ("1 of 2 natures are not in the pack test", ("FISH",))


def test_stamps_that_are_the_wrong_way_round_are_named_with_the_call() -> None:
    wrong = replace(WHOLE, stamps=Stamps(queued_at=at(3), assigned_at=at(1)))
    (found,) = (gap for gap in gaps(board(wrong)) if gap.what == "assigned_at before queued_at")
    assert found.examples == ("26-1",)


def test_a_feed_that_never_answered_and_a_clock_that_is_off_are_gaps() -> None:
    state = board(WHOLE)
    state = reduce(
        state, FeedReported(NOON, feed(answered_at=None, reported=Health.DOWN, detail="Nothing listens."))
    )
    assert "down: Nothing listens." in whats(state)
    state = reduce(state, FeedReported(NOON, feed(skew_s=-420.0, every=timedelta(seconds=2))))
    assert "its clock is -420 s off this machine's" in whats(state)


CALLS, UNITS = FeedName.CALLS, FeedName.UNITS
MAPPED = Expected(frozenset({"call", "unit"}), {CALLS: frozenset({"2"}), UNITS: frozenset({"inserv"})})


def answered(state: State, *names: FeedName) -> State:
    """The board once these feeds have answered."""
    for name in names:
        state = reduce(state, FeedReported(NOON, feed(name=name)))
    return state


def test_a_feed_that_answered_and_has_no_rows_is_a_gap_that_names_the_mapping() -> None:
    found = [(gap.feed, gap.what) for gap in gaps(answered(board(), CALLS, UNITS), MAPPED)]
    assert found == [(CALLS, NO_MATCH), (UNITS, NO_MATCH)]


def test_a_source_without_a_mapping_is_to_be_tried_when_there_is_something() -> None:
    found = gaps(answered(board(), CALLS))
    assert [gap.what for gap in found] == ["no calls at the moment of the check"]
    assert found[0].todo.startswith("Try again when there are some")


def test_a_feed_with_rows_or_without_an_answer_is_not_called_empty() -> None:
    assert NO_MATCH not in [gap.what for gap in gaps(answered(board(WHOLE), CALLS), MAPPED)]
    assert gaps(board(), MAPPED) == ()


def test_a_kind_of_row_that_a_mapping_never_gave_is_a_gap() -> None:
    kinds = Expected(frozenset({"call", "note", "position", "staff"}))
    state = answered(board(WHOLE), CALLS, UNITS, FeedName.POSITIONS)
    whats = [gap.what for gap in gaps(state, kinds)]
    assert f"note: {NO_MATCH}" in whats
    assert f"position: {NO_MATCH}" in whats
    assert f"staff: {NO_MATCH}" not in whats, "without units nothing is known of their crews"


def test_a_state_that_the_mapping_shows_as_unknown_on_purpose_is_said_once_and_no_gap() -> None:
    open_ = replace(WHOLE, state=CallState.UNKNOWN, raw_state="2")
    state = board(open_, replace(open_, id="b"))
    assert not any("state" in gap.what for gap in gaps(state, MAPPED))
    assert remarks(state, MAPPED) == (
        "calls: state «2» is shown as unknown: the mapping says that the API does not tell more",
    )


def test_a_state_that_nobody_mapped_beside_one_on_purpose_stays_a_gap() -> None:
    open_ = replace(WHOLE, state=CallState.UNKNOWN, raw_state="2")
    state = board(open_, replace(open_, id="b", raw_state="7"))
    found = [gap.what for gap in gaps(state, MAPPED) if "state" in gap.what]
    assert found == ["state: none filled", "state «7» means nothing here"]


@pytest.mark.parametrize("what", ["state 10-7B", "state", "CurrentStatusId 31"])
def test_an_unknown_state_of_a_unit_is_listed_once(what: str) -> None:
    strange = Unit("u", callsign="S1", state=UnitState.UNKNOWN, raw_state="10-7B", program=Program.OUTREACH)
    state = board(units=(strange,))
    counted = (
        Problem("unknown_code", "cad/units", what, 1, ("u",)),
        Problem("unknown_code", "cad/units", "program X", 1, ("u",)),
    )
    found = [gap.what for gap in gaps(reduce(state, ProblemsFound(NOON, counted)), MAPPED)]
    assert sum("10-7B" in one or what in one for one in found if "filled" not in one) == 1
    assert "unknown code: program X" in found


def test_what_to_do_about_a_strange_state_goes_by_whether_there_is_a_mapping() -> None:
    state = board(replace(WHOLE, state=CallState.UNKNOWN, raw_state="7"))
    told = [
        gap.todo for known in (MAPPED, None) for gap in gaps(state, known) if gap.what.startswith("state «7»")
    ]
    assert told == [IN_MAPPING, AT_SOURCE]


def test_the_shipped_mapping_of_ticketscad_says_what_it_cannot_tell() -> None:
    found = expected(Dialect("ticketscad", zone="America/Denver"))
    assert found is not None
    assert found.meant(CALLS, "2")
    assert found.meant(UNITS, "InServ")
    assert not found.meant(CALLS, "7")
    assert not found.meant(UNITS, "2")


def test_a_source_of_its_own_kind_has_no_mapping_to_go_by() -> None:
    assert expected(Dialect("resgrid")) is None
