"""A second reader of the sequence gets each event once, in the one order, and is told when it starts over."""

from datetime import datetime, timedelta

from console.domain.events import Recorded, Revealed
from console.session.clock import FixedClock
from console.session.sequence import Sequence
from console.session.tap import Tap
from tests.domain.builders import NOON, at


def _reveal(moment: datetime) -> Recorded:
    return Revealed(moment, "c", "me")


def test_a_tap_gets_what_was_there_before_it() -> None:
    sequence = Sequence(FixedClock(NOON))
    sequence.append(_reveal)
    sequence.take(0, NOON)
    sequence.append(_reveal)
    tapped = sequence.tap()()
    assert (len(tapped.events), tapped.first, tapped.began) == (2, 1, NOON)


def test_a_tap_numbers_on_from_what_it_gave() -> None:
    sequence = Sequence(FixedClock(NOON))
    taken = sequence.tap()
    sequence.append(_reveal)
    taken()
    sequence.append(_reveal)
    assert taken().first == 2


def test_what_the_screen_has_not_taken_is_given_to_a_tap() -> None:
    clock = FixedClock(NOON)
    sequence = Sequence(clock)
    taken = sequence.tap()
    sequence.append(_reveal)
    clock.set(at(minutes=1))
    assert [event.at for event in taken().events] == [NOON]
    assert len(sequence.take(0, at(minutes=1)).events) == 1


def test_a_sequence_that_starts_over_tells_its_tap() -> None:
    clock = FixedClock(NOON)
    sequence = Sequence(clock)
    taken = sequence.tap()
    sequence.append(_reveal)
    taken()
    past = NOON - timedelta(days=3_000)
    sequence.restart(lambda: clock.set(past))
    tapped = taken()
    assert (tapped.anew, tapped.began, [event.at for event in tapped.events]) == (True, past, [past])


def test_what_was_shown_before_a_step_back_is_given_again() -> None:
    clock = FixedClock(NOON)
    sequence = Sequence(clock)
    taken = sequence.tap()
    sequence.append(_reveal)
    sequence.take(0, NOON)
    taken()
    past = NOON - timedelta(days=3_000)
    sequence.restart(lambda: clock.set(past))
    assert [event.at for event in taken().events] == [past]


def test_a_reader_that_never_comes_costs_no_more_than_its_room() -> None:
    tap = Tap(NOON, [_reveal(at(seconds=number)) for number in range(5)], limit=3)
    tapped = tap.given(at(minutes=1))
    assert (tapped.first, len(tapped.events)) == (3, 3)
