"""The strip rule: what leaves the board without anybody to answer for it is listed until somebody does."""

from datetime import timedelta

from msgspec.structs import replace

from console.domain.entities import Assignment, Call, Disposition, FollowUp
from console.domain.events import (
    AgencyDescribed,
    CallsChanged,
    CarriedOver,
    DefinitionsLoaded,
    FollowUpsChanged,
    Recorded,
    SignedOff,
)
from console.domain.state import State, advance, start
from console.domain.strip import Signature
from console.domain.strips import UNDISPOSED, UNOWNED, VANISHED
from console.domain.vocabulary import CallState, Program
from tests.domain.builders import AGENCY, NOON, PACK, at

OURS = Call(
    id="c1",
    number="1042",
    state=CallState.ON_SCENE,
    program=Program.MOBILE_CRISIS,
    eligible=True,
    area="D3",
    assignments=(Assignment("u1"),),
)
DONE = Call(id="c0", state=CallState.CLOSED, disposition=Disposition("REF"), closed_at=NOON)


def closed(call: Call, minutes: float = 1) -> Call:
    return replace(call, state=CallState.CLOSED, closed_at=at(minutes))


def board(*events: Recorded) -> State:
    first = (DefinitionsLoaded(NOON, PACK), AgencyDescribed(NOON, "cad", AGENCY))
    return advance(start(NOON), (*first, *events), at(10))


def calls(minutes: float, *rows: Call, gone: tuple[str, ...] = ()) -> CallsChanged:
    return CallsChanged(at(minutes), "cad/calls", rows, gone)


def test_a_call_that_closes_without_a_disposition_is_an_orphan() -> None:
    state = board(calls(0, OURS, DONE), calls(1, closed(OURS)))
    (strip,) = state.strips.values()
    assert (strip.name, strip.why, strip.since, strip.call, strip.area) == (
        "1042",
        UNDISPOSED,
        at(1),
        "c1",
        "D3",
    )


def test_it_is_none_any_more_once_its_disposition_comes() -> None:
    late = replace(closed(OURS), disposition=Disposition("STAB"))
    assert not board(calls(0, OURS, DONE), calls(1, closed(OURS)), calls(5, late)).strips


def test_an_orphan_stays_when_the_source_stops_reporting_the_closed_call() -> None:
    state = board(calls(0, OURS, DONE), calls(1, closed(OURS)), calls(2, gone=("c1",)))
    assert "c1" not in state.calls
    assert list(state.strips) == ["c1"]


def test_somebody_who_signs_it_off_answers_for_it_for_good() -> None:
    touched = replace(closed(OURS), updated_at=at(4))
    state = board(
        calls(0, OURS, DONE),
        calls(1, closed(OURS)),
        SignedOff(at(2), "c1", "county outreach, by phone", "m.ruiz"),
        calls(4, touched),
    )
    assert not state.strips
    assert state.signed["c1"].to == "county outreach, by phone"


def test_signing_what_is_no_orphan_changes_nothing() -> None:
    assert not board(calls(0, OURS, DONE), SignedOff(at(2), "c1", "x", "m.ruiz")).signed


def test_resolved_by_phone_needs_no_disposition() -> None:
    assert not board(calls(0, DONE), calls(1, replace(closed(OURS), by_phone=True))).strips


def test_calls_of_another_service_and_of_an_earlier_shift_are_none_of_ours() -> None:
    police = replace(closed(OURS), id="c2", program=Program.POLICE, eligible=None)
    earlier = replace(closed(OURS), id="c3", closed_at=NOON - timedelta(hours=9))
    assert not board(calls(0, DONE, police, earlier)).strips


def test_where_a_source_gives_no_dispositions_nothing_is_said_until_the_first_one_comes() -> None:
    silent = (calls(0, OURS), calls(1, closed(OURS)))
    assert not board(*silent).strips
    assert list(board(*silent, calls(3, DONE)).strips) == ["c1"]


def test_a_follow_up_without_a_case_manager_is_an_orphan_until_it_has_one() -> None:
    row = FollowUp(id="f1", call="c1", updated_at=at(1))
    state = board(calls(0, OURS), FollowUpsChanged(at(1), "cad/follow_ups", (row,)))
    (strip,) = state.strips.values()
    assert (strip.name, strip.why, strip.follow_up) == ("1042", UNOWNED, "f1")
    owned = FollowUpsChanged(at(2), "cad/follow_ups", (replace(row, case_manager="R. Vega"),))
    assert not board(calls(0, OURS), FollowUpsChanged(at(1), "cad/follow_ups", (row,)), owned).strips


def test_a_follow_up_that_vanishes_before_it_is_done_is_an_orphan() -> None:
    row = FollowUp(id="f1", call="c1", case_manager="R. Vega")
    done = replace(row, id="f2", done_at=at(1))
    there = FollowUpsChanged(at(0), "cad/follow_ups", (row, done))
    gone = FollowUpsChanged(at(2), "cad/follow_ups", gone=("f1", "f2"))
    state = board(there, gone)
    assert [strip.why for strip in state.strips.values()] == [VANISHED]
    assert not board(there, gone, FollowUpsChanged(at(3), "cad/follow_ups", (row,))).strips


def test_orphans_and_signatures_come_over_from_the_run_before() -> None:
    before = board(calls(0, OURS, DONE), calls(1, closed(OURS)))
    known = CarriedOver(at(0), strips=before.strips, signed={"c7": Signature(NOON, "m.ruiz", "police")})
    assert list(board(known).strips) == ["c1"]
    assert not board(known, calls(1, replace(closed(OURS), disposition=Disposition("STAB")))).strips
    theirs = replace(closed(OURS), id="c7")
    assert list(board(known, calls(1, DONE, theirs)).strips) == ["c1"]
