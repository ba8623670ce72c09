"""What an IT person is told is missing from a board, or wrong with it."""

from datetime import timedelta

from msgspec.structs import replace

from console.domain.entities import Call, Stamps, Unit
from console.domain.events import CallsChanged, DefinitionsLoaded, FeedReported, UnitsChanged
from console.domain.state import State, reduce, start
from console.domain.vocabulary import CallState, FeedName, Health, Program, UnitState
from console.reports.coverage import Covered, coverage, gaps
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
