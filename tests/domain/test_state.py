"""What must always hold of the board as a value."""

from datetime import datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from console.domain.entities import Call, Stamps, Unit
from console.domain.events import (
    AgencyDescribed,
    CallsChanged,
    DefinitionsLoaded,
    FeedReported,
    Recorded,
    UnitsChanged,
)
from console.domain.metrics import counted
from console.domain.state import State, advance, reduce, start
from console.domain.vocabulary import CallState, Police, Program, UnitState
from tests.domain.builders import AGENCY, NOON, PACK, at, calls, feed, logs, waiting_logs

END = at(minutes=3)


def _played(log: list[Recorded], frames: list[int]) -> State:
    """Fold ``log`` in frames that end at the given milliseconds, as a session would."""
    state, left = start(NOON), list(log)
    for frame in sorted(frames):
        now = NOON + timedelta(milliseconds=frame)
        due = [event for event in left if event.at <= now]
        left = left[len(due) :]
        state = advance(state, due, now)
    return advance(state, left, END)


@given(waiting_logs(), st.lists(st.integers(0, 150_000), min_size=1, max_size=20))
def test_any_frame_rate_draws_the_same_trend(log: list[Recorded], frames: list[int]) -> None:
    drawn = _played(log, []).samples
    assert drawn
    assert _played(log, frames).samples == drawn


def test_a_minute_is_sampled_before_what_arrives_after_it() -> None:
    log: list[Recorded] = [
        CallsChanged(at(seconds=30), "cad/calls", (Call("a", state=CallState.PENDING),)),
        CallsChanged(at(seconds=90), "cad/calls", (Call("b", state=CallState.PENDING),)),
    ]
    drawn = advance(start(NOON), log, at(seconds=125)).samples
    assert [(sample.at, sample.waiting) for sample in drawn] == [(at(1), 1), (at(2), 2)]


def test_the_board_ticks_up_to_its_moment_without_any_event() -> None:
    assert advance(start(NOON), [], at(seconds=7.4)).second == at(seconds=7)


def test_a_full_reply_marks_the_open_calls_it_leaves_out() -> None:
    two = (Call("a", state=CallState.PENDING), Call("b", state=CallState.PENDING))
    first = reduce(start(NOON), CallsChanged(at(1), "cad/calls", two))
    assert reduce(first, CallsChanged(at(2), "cad/calls", two[:1], full=True)).missing == {"b": at(2)}
    assert reduce(first, CallsChanged(at(2), "cad/calls", two[:1])).missing == {}


@given(logs(), st.lists(st.integers(0, 150_000), max_size=20))
def test_any_frame_rate_and_any_replay_speed_give_the_same_board(
    log: list[Recorded], frames: list[int]
) -> None:
    assert _played(log, frames) == _played(log, [])


@given(logs(), st.integers(0, 12))
def test_any_batching_gives_the_same_board(log: list[Recorded], cut: int) -> None:
    whole = advance(start(NOON), log, END)
    first = advance(start(NOON), log[:cut], _last(log[:cut]))
    assert advance(first, log[cut:], END) == whole


@given(logs(), st.integers(0, 12))
def test_a_board_put_away_as_msgpack_goes_on_as_if_nothing_happened(log: list[Recorded], cut: int) -> None:
    first = advance(start(NOON), log[:cut], _last(log[:cut]))
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(first), type=State)
    assert kept == first
    assert advance(kept, log[cut:], END) == advance(first, log[cut:], END)


@given(logs())
def test_every_recorded_event_survives_msgpack(log: list[Recorded]) -> None:
    packed = msgspec.msgpack.encode(log)
    assert msgspec.msgpack.decode(packed, type=list[Recorded]) == log


@given(logs())
def test_the_running_tally_equals_a_count_from_scratch(log: list[Recorded]) -> None:
    board = advance(start(NOON), log, END)
    assert board.tally == counted(board.calls.values(), board.definitions, board.window_from)


@given(logs())
def test_the_open_calls_are_those_of_all_calls_that_are_open(log: list[Recorded]) -> None:
    board = advance(start(NOON), log, END)
    assert board.open_calls == {key: call for key, call in board.calls.items() if call.open}


@given(logs())
def test_only_an_open_call_can_be_missing(log: list[Recorded]) -> None:
    board = advance(start(NOON), log, END)
    assert board.missing.keys() <= board.open_calls.keys()


@given(logs())
def test_seen_is_the_line_number_in_the_log(log: list[Recorded]) -> None:
    assert advance(start(NOON), log, END).seen == len(log)


@given(st.lists(calls(), max_size=4, unique_by=lambda call: call.id))
def test_a_reply_that_says_nothing_new_keeps_the_same_collection(rows: list[Call]) -> None:
    first = reduce(start(NOON), CallsChanged(at(1), "cad/calls", tuple(rows), full=True))
    again = reduce(
        first, CallsChanged(at(2), "cad/calls", tuple(msgspec.structs.replace(row) for row in rows))
    )
    assert again.calls is first.calls


def test_an_open_call_that_is_no_longer_reported_stays_and_is_marked() -> None:
    first = reduce(start(NOON), CallsChanged(at(1), "cad/calls", (Call("a", state=CallState.PENDING),)))
    after = reduce(first, CallsChanged(at(2), "cad/calls", gone=("a",)))
    assert after.calls.keys() == {"a"}
    assert after.missing == {"a": at(2)}


def test_a_missing_call_that_is_reported_again_loses_its_mark() -> None:
    call = Call("a", state=CallState.PENDING)
    first = reduce(start(NOON), CallsChanged(at(1), "cad/calls", (call,)))
    lost = reduce(first, CallsChanged(at(2), "cad/calls", gone=("a",)))
    assert reduce(lost, CallsChanged(at(3), "cad/calls", (call,))).missing == {}


def test_a_closed_call_that_is_no_longer_reported_leaves() -> None:
    first = reduce(start(NOON), CallsChanged(at(1), "cad/calls", (Call("a", state=CallState.CLOSED),)))
    assert reduce(first, CallsChanged(at(2), "cad/calls", gone=("a",))).calls == {}


def test_a_console_that_starts_late_draws_the_shift_from_the_stamps() -> None:
    served = Call(
        "a",
        nature="WELCHK",
        program=Program.CLINICIAN_EMS,
        state=CallState.CLOSED,
        police=Police.NONE,
        eligible=True,
        stamps=Stamps(
            answered_at=at(-60),
            eligible_at=at(-59),
            queued_at=at(-59),
            assigned_at=at(-50),
            on_scene_at=at(-40),
        ),
    )
    log: list[Recorded] = [
        AgencyDescribed(NOON, "cad", AGENCY),
        DefinitionsLoaded(NOON, PACK),
        CallsChanged(NOON, "cad/calls", (served,), full=True),
    ]
    drawn = {sample.at: sample for sample in advance(start(NOON), log, NOON).samples}
    assert (drawn[at(-55)].eligible, drawn[at(-55)].waiting, drawn[at(-55)].served) == (1, 1, 0)
    assert (drawn[at(-30)].served, drawn[at(-30)].strict, drawn[at(-30)].available) == (1, 1, None)


def test_the_trend_knows_the_past_of_a_source_that_comes_later_and_replaces_nothing() -> None:
    past = Stamps(answered_at=at(-60), eligible_at=at(-59), queued_at=at(-59), on_scene_at=at(-40))
    here, there = (
        Call(key, program=Program.OUTREACH, state=CallState.CLOSED, eligible=True, stamps=past)
        for key in "ab"
    )
    log: list[Recorded] = [
        AgencyDescribed(NOON, "cad", AGENCY),
        DefinitionsLoaded(NOON, PACK),
        *(FeedReported(NOON, feed(source=source, answered_at=None)) for source in ("cad", "county")),
        CallsChanged(NOON, "cad/calls", (here,), full=False),
        CallsChanged(NOON, "county/calls", (there,), full=False),
    ]
    drawn = {sample.at: sample for sample in advance(start(NOON), log, NOON).samples}
    assert drawn[at(-55)].eligible == 2


def test_the_trend_knows_the_free_teams_from_the_first_board_on() -> None:
    call = Call("a", state=CallState.PENDING, stamps=Stamps(queued_at=at(-5)))
    log: list[Recorded] = [
        AgencyDescribed(NOON, "cad", AGENCY),
        CallsChanged(NOON, "cad/calls", (call,), full=True),
        UnitsChanged(
            NOON, "cad/units", (Unit("u", program=Program.OUTREACH, state=UnitState.AVAILABLE),), full=True
        ),
    ]
    drawn = advance(start(NOON), log, NOON).samples
    assert (drawn[-1].available, drawn[-2].available) == (1, None)


def _last(log: list[Recorded]) -> datetime:
    return log[-1].at if log else NOON
