"""The strip rule: what leaves the board without anybody to answer for it is listed until somebody does."""

from datetime import timedelta

from msgspec.structs import replace

from console.domain.entities import Assignment, Call, Disposition, FollowUp, Stamps
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
from console.domain.strips import SIGNATURES, UNDISPOSED, UNOWNED, VANISHED
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
    known = CarriedOver(at(0), strips=before.strips, signed={"c7": Signature(at(1), "m.ruiz", "police")})
    assert list(board(known).strips) == ["c1"]
    assert not board(known, calls(1, replace(closed(OURS), disposition=Disposition("STAB")))).strips
    theirs = replace(closed(OURS), id="c7")
    assert list(board(known, calls(1, DONE, theirs)).strips) == ["c1"]


NIGHT = replace(AGENCY, shift="Night", shift_from=at(5))


def test_a_strip_that_stands_outlasts_its_shift() -> None:
    turned = AgencyDescribed(at(5), "cad", NIGHT)
    left = (calls(0, OURS, DONE), calls(1, closed(OURS)), turned)
    assert list(board(*left, calls(6, replace(closed(OURS), updated_at=at(6)))).strips) == ["c1"]
    over = replace(closed(OURS), updated_at=at(6), disposition=Disposition("STAB"))
    assert not board(*left, calls(6, over)).strips


def test_a_strip_of_an_earlier_shift_outlasts_a_restart_whichever_comes_first() -> None:
    held = board(calls(0, OURS, DONE), calls(1, closed(OURS))).strips
    known, rows = CarriedOver(at(6), strips=held), calls(6, closed(OURS), DONE)
    for log in ((known, rows), (rows, known)):
        assert list(board(AgencyDescribed(at(5), "cad", NIGHT), *log).strips) == ["c1"]


def test_what_was_signed_before_a_restart_is_so_though_its_row_comes_first() -> None:
    rows, sign = (calls(0, OURS, DONE), calls(1, closed(OURS))), SignedOff(at(2), "c1", "police", "m.ruiz")
    assert not board(*rows, CarriedOver(at(3), signed=board(*rows, sign).signed)).strips


def test_a_call_that_is_open_again_after_it_was_signed_off_leaves_a_new_strip() -> None:
    sign = SignedOff(at(2), "c1", "county outreach", "m.ruiz")
    state = board(
        calls(0, OURS, DONE), calls(1, closed(OURS)), sign, calls(3, OURS), calls(4, closed(OURS, 4))
    )
    assert state.strips["c1"].since == at(4)
    assert not state.signed


def test_a_signature_hides_no_later_closure_and_no_other_call_of_the_same_id() -> None:
    sign = SignedOff(at(2), "c1", "county outreach", "m.ruiz")
    log = (calls(0, OURS, DONE), calls(1, closed(OURS)), sign)
    assert list(board(*log, calls(4, closed(OURS, 4))).strips) == ["c1"]
    other = replace(closed(OURS, 1), number="2001")
    assert board(*log, calls(4, other)).strips["c1"].name == "2001"


def test_a_follow_up_that_lost_its_owner_again_is_a_new_strip() -> None:
    row = FollowUp(id="f1", call="c1", updated_at=at(1))
    log = (
        FollowUpsChanged(at(1), "cad/follow_ups", (row,)),
        SignedOff(at(2), "follow-up f1", "day team", "m.ruiz"),
    )
    assert not board(*log).strips
    owned = FollowUpsChanged(at(3), "cad/follow_ups", (replace(row, case_manager="R. Vega"),))
    lost = FollowUpsChanged(at(4), "cad/follow_ups", (replace(row, updated_at=at(4)),))
    assert list(board(*log, owned, lost).strips) == ["follow-up f1"]


def test_signatures_age_out_and_are_bounded() -> None:
    old = {f"o{n}": Signature(NOON - timedelta(days=8), "m.ruiz", "x") for n in range(3)}
    new = {f"n{n}": Signature(NOON - timedelta(seconds=n), "m.ruiz", "x") for n in range(SIGNATURES + 5)}
    state = board(CarriedOver(NOON, signed={**old, **new}))
    assert len(state.signed) == SIGNATURES
    assert "n0" in state.signed
    assert not state.signed.keys() & old.keys()


def test_a_call_that_waited_on_the_board_is_ours_though_nobody_was_sent() -> None:
    waits = Call("c1", number="1042", state=CallState.PENDING)
    over = closed(waits)
    assert list(board(calls(0, DONE, waits), calls(1, over)).strips) == ["c1"]
    released = replace(over, stamps=Stamps(queued_at=NOON))
    assert list(board(calls(0, DONE), calls(1, released)).strips) == ["c1"]
    screened = replace(over, stamps=Stamps(eligible_at=NOON))
    assert list(board(calls(0, DONE), calls(1, screened)).strips) == ["c1"]


def test_a_call_that_never_waited_for_the_program_is_none_of_ours() -> None:
    waits = Call("c1", number="1042", state=CallState.PENDING, program=Program.POLICE)
    assert not board(calls(0, DONE, waits), calls(1, closed(waits))).strips
    out = replace(waits, program=None, eligible=False)
    assert not board(calls(0, DONE, out), calls(1, closed(out))).strips
    assert not board(calls(0, DONE), calls(1, closed(replace(waits, program=None)))).strips
