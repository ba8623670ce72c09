"""What holds of all alarms: the same log gives the same ones, however it is cut, ordered, put away or repeated."""

from datetime import timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from console.domain.events import CallsChanged, PositionsChanged, Recorded, UnitsChanged
from console.domain.state import State, advance, start
from tests.domain.alarming import alarm_logs
from tests.domain.builders import NOON
from tests.domain.watching.instants import END, Replies, flat, pairs, played, rotated, shifts, turned

FRAMES = st.lists(st.integers(0, 150_000), max_size=20)


@given(shifts(), FRAMES)
def test_any_frame_rate_gives_the_same_alarms(shift: list[Replies], frames: list[int]) -> None:
    state, left = start(NOON), flat(shift)
    for frame in sorted(frames):
        now = NOON + timedelta(milliseconds=frame)
        due = [event for event in left if event.at <= now]
        left = left[len(due) :]
        state = advance(state, due, now)
    assert advance(state, left, END) == played(flat(shift))


@given(alarm_logs(), st.integers(0, 20))
def test_any_batching_of_a_log_with_acts_gives_the_same_alarms(log: list[Recorded], cut: int) -> None:
    first = advance(start(NOON), log[:cut], log[cut - 1].at if cut and cut <= len(log) else NOON)
    assert advance(first, log[cut:], END) == played(log)


@given(shifts(), st.integers(0, 23))
def test_rows_in_any_order_within_a_reply_give_the_same_alarms(shift: list[Replies], seed: int) -> None:
    log = flat(shift)
    assert played([turned(event, seed) for event in log]).alarms == played(log).alarms


@given(shifts(), st.integers(0, 23))
def test_feeds_in_any_order_at_one_instant_give_the_same_alarms(shift: list[Replies], seed: int) -> None:
    other = [event for instant in shift for pair in rotated(tuple(pairs(instant)), seed) for event in pair]
    assert played(other).alarms == played(flat(shift)).alarms


@given(shifts(), st.integers(0, 40), st.integers(0, 150_000))
def test_a_board_put_away_and_taken_up_goes_on_with_the_same_alarms(
    shift: list[Replies], cut: int, later_ms: int
) -> None:
    log = flat(shift)
    cut = min(cut, len(log))
    now = max(log[cut - 1].at if cut else NOON, NOON)
    until = min([END, now + timedelta(milliseconds=later_ms), *(event.at for event in log[cut : cut + 1])])
    first = advance(start(NOON), log[:cut], until)
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(first), type=State)
    assert kept == first
    assert advance(kept, log[cut:], END) == played(log)


@given(shifts(), st.integers(0, 150))
def test_a_full_reply_that_says_what_is_known_repeats_no_alarm(shift: list[Replies], second: int) -> None:
    moment = NOON + timedelta(seconds=second, milliseconds=500)
    log = flat(shift)
    before = [event for event in log if event.at <= moment]
    held = played(before, moment)
    again: list[Recorded] = [
        CallsChanged(
            moment,
            "cad/calls",
            tuple(call for key, call in held.calls.items() if key not in held.missing),
            full=True,
        ),
        UnitsChanged(moment, "cad/units", tuple(held.units.values()), full=True),
        PositionsChanged(moment, "cad/positions", tuple(held.positions.values()), full=True),
    ]
    until = moment + timedelta(minutes=1)
    assert played([*before, *again], until).alarms == played(before, until).alarms


@given(shifts())
def test_no_alarm_stands_without_its_row_in_the_calendar_of_what_is_held(shift: list[Replies]) -> None:
    alarms = played(flat(shift)).alarms
    held = {f"{rule}:{what.partition(':')[2]}" for what, rules in alarms.held.items() for rule in rules}
    assert alarms.standing.keys() | alarms.starting.keys() == held


@given(shifts())
def test_the_next_look_is_the_one_that_the_board_as_it_stands_gives(shift: list[Replies]) -> None:
    looks = played(flat(shift)).alarms.looks
    there = {name: second for by in looks.minutes.values() for second, names in by.items() for name in names}
    assert there == looks.seconds
    assert looks.next == min(looks.seconds.values(), default=0)
    assert looks.next == 0 or looks.next > END.timestamp()
