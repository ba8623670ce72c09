"""The one ordering point: nothing appears behind a moment that was given out as complete."""

from datetime import datetime, timedelta
from threading import Thread

import pytest

from console.domain.events import CallsChanged, Recorded, Revealed
from console.domain.state import advance, start
from console.session.clock import FixedClock, LiveClock
from console.session.sequence import Sequence
from console.session.session import Session
from console.session.store import Store
from tests.domain.builders import NOON, at


def _reveal(moment: datetime) -> Recorded:
    return Revealed(moment, "c", "me")


def _write(sequence: Sequence, count: int) -> None:
    for _ in range(count):
        sequence.append(_reveal)


def test_no_event_turns_up_behind_a_moment_that_was_complete() -> None:
    sequence = Sequence(LiveClock())
    clock = LiveClock()
    writers = [Thread(target=_write, args=(sequence, 2_000)) for _ in range(3)]
    for writer in writers:
        writer.start()
    complete, taken = clock.now() - timedelta(days=1), 0
    while any(writer.is_alive() for writer in writers) or taken < 6_000:
        due = sequence.take(taken, clock.now() + timedelta(seconds=1))
        assert all(event.at >= complete for event in due.events)
        complete, taken = due.upto, taken + len(due.events)
    assert taken == 6_000


def test_an_event_at_exactly_the_first_instant_is_taken() -> None:
    sequence = Sequence(FixedClock(NOON))
    sequence.append(_reveal)
    assert len(sequence.take(0, NOON).events) == 1


def test_an_event_later_than_asked_for_waits() -> None:
    clock = FixedClock(at(seconds=5))
    sequence = Sequence(clock)
    sequence.append(_reveal)
    assert list(sequence.take(0, NOON).events) == []


def test_a_clock_that_steps_back_does_not_stamp_behind_what_was_given() -> None:
    clock = FixedClock(at(seconds=5))
    sequence = Sequence(clock)
    sequence.take(0, at(seconds=5))
    clock.set(NOON)
    sequence.append(_reveal)
    clock.set(at(seconds=6))
    assert sequence.take(0, at(seconds=6)).events[0].at == at(seconds=5)


def test_a_re_served_shift_starts_the_board_over_at_its_own_time() -> None:
    clock = FixedClock(NOON)
    sequence = Sequence(clock)
    session = Session(clock, sequence, Store(start(NOON)))
    sequence.append(_reveal)
    session.step()
    past = NOON - timedelta(days=3_000)
    sequence.restart(lambda: clock.set(past))
    sequence.settle()
    sequence.append(lambda moment: CallsChanged(moment, "cad/calls"))
    session.step()
    assert (session.store.value.at, session.store.value.seen) == (past, 2)


def test_a_re_served_shift_ahead_of_us_folds_nothing_twice() -> None:
    clock = FixedClock(NOON)
    sequence = Sequence(clock)
    session = Session(clock, sequence, Store(start(NOON)))
    sequence.append(_reveal)
    session.step()
    sequence.restart(lambda: clock.set(at(minutes=1)))
    session.step()
    assert session.store.value.reveals == 1


@pytest.mark.parametrize("days", [-3_000, 3_000])
def test_the_board_and_its_recording_begin_at_the_moment_that_the_source_announced(days: int) -> None:
    clock = FixedClock(NOON)
    sequence = Sequence(clock)
    tapped = sequence.tap()
    session = Session(clock, sequence, Store(start(NOON)))
    sequence.append(_reveal)
    clock.set(at(seconds=3))
    session.step()
    tapped()
    announced = NOON + timedelta(days=days)
    sequence.restart(lambda: clock.set(announced))
    sequence.append(_reveal)
    clock.set(announced + timedelta(seconds=9))
    session.step()
    given = tapped()
    assert (given.anew, given.began, sequence.began) == (True, announced, announced)
    assert session.store.value == advance(start(given.began), given.events, given.upto)


def test_a_frame_from_before_the_announced_moment_shows_nothing_of_it_yet() -> None:
    clock = FixedClock(NOON)
    sequence = Sequence(clock)
    sequence.append(_reveal)
    sequence.restart(lambda: clock.set(at(minutes=1)))
    early = sequence.take(0, NOON)
    assert (list(early.events), early.upto, early.base) == ([], NOON, None)
    due = sequence.take(0, at(minutes=1))
    assert ([event.at for event in due.events], due.base) == ([at(minutes=1)], start(at(minutes=1)))
    assert sequence.take(1, at(minutes=1)).base is None
