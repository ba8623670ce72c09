"""Boards come back as they were, alone or against an earlier one, and a wrong base is told."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from console.archive.codec import frame
from console.archive.codec.boards import VERSION, Damaged, freeze, plain_of, thaw
from console.domain.alarms.book import Alarms
from console.domain.entities import Call, Facility, FollowUp, Position, Stamps
from console.domain.events import (
    Bookmarked,
    CallsChanged,
    FacilitiesChanged,
    FeedReported,
    FollowUpsChanged,
    Noted,
    PositionsChanged,
    ProblemsFound,
    Recorded,
    RecordingReported,
    Revealed,
)
from console.domain.feed import Problem
from console.domain.recording import Recording, RecordingState
from console.domain.state import State, advance, start
from console.domain.vocabulary import CallState
from tests.domain.alarming import alarm_logs
from tests.domain.builders import NOON, at, feed, logs

LATER = timedelta(minutes=3)


def folded(events: list[Recorded], state: State | None = None) -> State:
    """The board three minutes after noon, or after the board given."""
    state = start(NOON) if state is None else state
    return advance(state, events, state.at + LATER)


def orders(state: State) -> dict[str, list[str]]:
    """The keys of each collection in their order, which a table or a list may show."""
    return {
        field.name: list(value)
        for field in fields(State)
        if isinstance(value := getattr(state, field.name), dict)
    }


def city(minute: int) -> State:
    """A board of 60 calls and 30 moving units at ``minute``."""
    closes = [CallState.PENDING, CallState.CLOSED]
    calls = [
        Call(
            f"C{number}",
            nature="WELCHK",
            state=closes[number * 7 % 60 < minute],
            stamps=Stamps(at(number / 7)),
        )
        for number in range(60)
    ]
    fixes = [
        Position(f"U{number}", round(39.7 + number * 1e-3 + minute * 1e-4, 6), -104.9, at(minute, number))
        for number in range(30)
    ]
    return folded(
        [
            CallsChanged(NOON, "cad/calls", tuple(calls)),
            PositionsChanged(NOON, "cad/positions", tuple(fixes)),
            FacilitiesChanged(NOON, "cad/facilities", (Facility("F1", "Crisis center", beds=9),)),
            FollowUpsChanged(NOON, "cad/follow_ups", (FollowUp("W1", "C1"),)),
            ProblemsFound(NOON, (Problem("orphan", "cad/calls", "unit U99", 2, ("C3",)),)),
            Revealed(NOON, "C1", "ann"),
            FeedReported(NOON, feed()),
            Noted(NOON, "Son is with her", "ann", "C1"),
            Bookmarked(NOON, "Decision point", "ann"),
            RecordingReported(NOON, Recording(RecordingState.ON, NOON)),
        ]
    )


@given(events=logs() | alarm_logs())
def test_any_board_comes_back_equal(events: list[Recorded]) -> None:
    state = folded(events)
    back = thaw(freeze(state, None)[0], None)
    assert (back, orders(back)) == (state, orders(state))


@given(before=logs() | alarm_logs(), after=logs() | alarm_logs())
def test_any_board_comes_back_equal_against_any_other(before: list[Recorded], after: list[Recorded]) -> None:
    _, base = freeze(folded(before), None)
    state = folded(after)
    back = thaw(freeze(state, base)[0], base)
    assert (back, orders(back)) == (state, orders(state))


@given(before=logs() | alarm_logs(), after=logs() | alarm_logs())
def test_a_fold_goes_on_from_a_board_that_came_back(before: list[Recorded], after: list[Recorded]) -> None:
    state = folded(before)
    late = [event for event in after if event.at >= state.at - LATER]
    assert folded(late, thaw(freeze(state, None)[0], None)) == folded(late, state)


def test_a_board_with_something_in_every_kind_comes_back_equal() -> None:
    state = city(20)
    back = thaw(freeze(state, None)[0], None)
    assert (back, orders(back)) == (state, orders(state))


def test_an_open_call_is_the_very_call_of_the_board() -> None:
    back = thaw(freeze(city(20), None)[0], None)
    assert back.open_calls
    assert all(call is back.calls[key] for key, call in back.open_calls.items())


def test_a_board_against_an_earlier_one_takes_a_part_of_the_bytes() -> None:
    alone, base = freeze(city(20), None)
    assert 3 * len(freeze(city(21), base)[0]) < len(alone)


def test_the_plain_form_of_a_body_is_the_base_of_those_made_against_it() -> None:
    alone, base = freeze(city(20), None)
    assert plain_of(alone) == base


@pytest.mark.parametrize("base", [None, freeze(city(5), None)[1], b""])
def test_another_base_is_damage(base: bytes | None) -> None:
    body, _ = freeze(city(21), freeze(city(20), None)[1])
    with pytest.raises(Damaged):
        thaw(body, base)


def test_every_shortened_board_is_damaged() -> None:
    body, _ = freeze(city(20), None)
    for length in range(len(body)):
        with pytest.raises(Damaged):
            thaw(body[:length], None)


@given(place=st.integers(0), flipped=st.integers(1, 255))
def test_a_changed_byte_is_damage_or_changes_nothing(place: int, flipped: int) -> None:
    state = city(20)
    body = bytearray(freeze(state, None)[0])
    body[place % len(body)] ^= flipped
    assert told(bytes(body)) in (None, state)


@given(place=st.integers(0), put=st.binary(min_size=1, max_size=8))
def test_content_that_was_wrong_before_it_was_compressed_is_damage_at_most(place: int, put: bytes) -> None:
    content = bytearray(freeze(city(20), None)[1])
    start_ = place % len(content)
    content[start_ : start_ + len(put)] = put
    told(frame.wrapped(VERSION, bytes(content)))


def told(body: bytes) -> State | None:
    """What is read of ``body``; nothing where it is damaged. Any other error is the test's failure."""
    try:
        return thaw(body, None)
    except Damaged:
        return None


def test_an_open_call_that_the_board_lacks_is_damage() -> None:
    content = freeze(folded([CallsChanged(NOON, "cad/calls", (Call("C1"),))]), None)[1]
    assert content.count(b"\xa2C1") == 3
    wrong = b"\xa2C2".join(content.rsplit(b"\xa2C1", 1))
    with pytest.raises(Damaged, match="'C2' is not among its calls"):
        thaw(frame.wrapped(VERSION, wrong), None)


def test_a_board_that_a_newer_console_wrote_says_so() -> None:
    with pytest.raises(Damaged, match="a newer console wrote it"):
        thaw(bytes((VERSION + 1,)) + freeze(city(1), None)[0][1:], None)


def test_a_board_of_before_there_were_alarms_is_read_as_one_without_any() -> None:
    board = folded([CallsChanged(NOON, "cad/calls", (Call("c1"),))])
    old = msgspec.msgpack.decode(plain_of(freeze(board, None)[0]))
    later = {"alarms", "strips", "signed", "dispositions", "scenes", "learning", "refused"}
    old[0] = {name: value for name, value in old[0].items() if name not in later}
    found = thaw(frame.wrapped(VERSION, msgspec.msgpack.encode(old), None), None)
    assert (found.calls, found.alarms, found.strips) == (board.calls, Alarms(), {})
