"""The clock of a replay: speed, standing, jumps, loops and the ends of the shift."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.session.transport import SPEEDS, Span, TransportClock
from tests.domain.builders import NOON, at

SHIFT = Span(NOON, at(minutes=60))


class Seconds:
    """A steady counter that a test moves."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        return self.passed


def _clock(moment: float = 0) -> tuple[TransportClock, Seconds]:
    seconds = Seconds()
    return TransportClock(seconds, lambda: SHIFT, at(minutes=moment)), seconds


def test_it_stands_until_it_is_started() -> None:
    clock, seconds = _clock()
    seconds.passed = 10
    assert clock.now() == NOON


def test_sixty_times_means_a_minute_a_second() -> None:
    clock, seconds = _clock()
    clock.run_at(60)
    clock.play()
    seconds.passed = 1
    assert clock.now() == at(minutes=1)


def test_a_change_of_speed_moves_nothing_by_itself() -> None:
    clock, seconds = _clock()
    clock.play()
    seconds.passed = 4
    clock.run_at(240)
    assert clock.now() == at(seconds=4)


def test_it_does_not_run_beyond_the_shift() -> None:
    clock, seconds = _clock(59)
    clock.play()
    seconds.passed = 600
    assert clock.now() == SHIFT.until


def test_played_from_the_end_it_begins_at_the_start() -> None:
    clock, _ = _clock(60)
    clock.play()
    assert clock.now() == NOON


def test_at_the_newest_moment_of_a_running_shift_it_goes_on_from_there() -> None:
    clock = TransportClock(Seconds(), lambda: Span(NOON, at(minutes=60), going=True), at(minutes=60))
    clock.play()
    assert (clock.now(), clock.running) == (at(minutes=60), True)


def test_a_jump_beyond_the_shift_goes_to_its_end() -> None:
    clock, _ = _clock()
    clock.seek(at(minutes=-5))
    assert clock.now() == NOON


def test_a_loop_is_played_again() -> None:
    clock, seconds = _clock(10)
    clock.loop_from(at(minutes=10), at(minutes=11))
    clock.play()
    seconds.passed = 90
    assert clock.now() == at(minutes=10, seconds=30)


def test_whoever_stands_behind_the_loop_is_not_called_back() -> None:
    clock, seconds = _clock(30)
    clock.loop_from(at(minutes=10), at(minutes=11))
    clock.play()
    seconds.passed = 5
    assert clock.now() == at(minutes=30, seconds=5)


def test_a_loop_may_be_given_from_its_end() -> None:
    clock, _ = _clock()
    clock.loop_from(at(minutes=5), at(minutes=2))
    assert (clock.loop.since, clock.loop.until) == (at(minutes=2), at(minutes=5))


def test_a_loop_over_the_last_half_second_is_played_again() -> None:
    clock, seconds = _clock(59)
    clock.loop_from(at(minutes=59, seconds=59.5), at(minutes=60))
    clock.play()
    seconds.passed = 60.25
    assert clock.now() == at(minutes=59, seconds=59.25)


def test_a_loop_of_one_moment_plays_the_second_behind_it() -> None:
    clock, seconds = _clock(10)
    clock.loop_from(at(minutes=10), at(minutes=10))
    clock.play()
    seconds.passed = 1.25
    assert clock.now() == at(minutes=10, seconds=0.25)


def test_played_from_the_end_where_a_loop_only_begins_it_begins_at_the_start() -> None:
    clock, _ = _clock(60)
    clock.loop_from(at(minutes=60), None)
    clock.play()
    assert clock.now() == NOON


@pytest.mark.parametrize(("steps", "speed"), [(1, 2.0), (20, 240.0), (-1, 0.5), (-20, 0.25)])
def test_the_speeds_end_at_a_quarter_and_at_240(steps: int, speed: float) -> None:
    clock, _ = _clock()
    for _ in range(abs(steps)):
        (clock.faster if steps > 0 else clock.slower)()
    assert clock.speed == speed


@given(
    st.lists(st.floats(0, 5), min_size=1, max_size=20),
    st.sampled_from(SPEEDS),
)
def test_how_often_it_is_asked_changes_nothing(pauses: list[float], speed: float) -> None:
    often, one = _clock(), _clock()
    for clock, _ in (often, one):
        clock.run_at(speed)
        clock.play()
    for pause in pauses:
        often[1].passed += pause
        often[0].now()
    one[1].passed = often[1].passed
    assert abs(often[0].now() - one[0].now()) < timedelta(milliseconds=1)
