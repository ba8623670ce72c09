"""The session's clock."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.session.clock import LiveClock, wall

THEN = datetime(2018, 1, 20, 2, 0, tzinfo=UTC)


def test_the_live_clock_begins_at_the_wall_and_rises() -> None:
    clock = LiveClock()
    first = clock.now()
    assert abs(first - wall()) < timedelta(seconds=5)
    assert clock.now() >= first


def test_a_frozen_shift_stands_still() -> None:
    clock = LiveClock()
    clock.follow(THEN, 0.0)
    assert (clock.now(), clock.now()) == (THEN, THEN)


def test_a_fast_shift_runs_at_its_own_speed() -> None:
    clock = LiveClock()
    clock.follow(THEN, 3_600_000.0)
    assert clock.now() - THEN >= timedelta(0)
    assert clock.speed == 3_600_000.0


class Workstation:
    """A wall clock that somebody sets, and a counter that nobody can."""

    def __init__(self) -> None:
        self.steady, self.off = 100.0, timedelta()
        self.clock = LiveClock(wall=self.wall, steady=lambda: self.steady)

    def wall(self) -> datetime:
        return THEN + timedelta(seconds=self.steady) + self.off

    def set(self, **off: float) -> None:
        self.off = timedelta(**off)


def test_a_wall_that_is_set_forward_is_followed() -> None:
    here = Workstation()
    here.set(minutes=7)
    assert here.clock.now() == here.wall()
    here.steady += 5.0
    assert (here.clock.now(), here.clock.moved) == (here.wall(), timedelta())


def test_a_wall_that_is_set_back_is_told_and_the_session_goes_on_in_its_own_time() -> None:
    here = Workstation()
    before = here.clock.now()
    here.set(hours=-1)
    here.steady += 5.0
    assert here.clock.now() == before + timedelta(seconds=5)
    assert here.clock.moved == timedelta(hours=-1)
    here.set()
    assert (here.clock.now(), here.clock.moved) == (before + timedelta(seconds=5), timedelta())


def test_a_wall_that_is_slewed_a_little_moves_nothing() -> None:
    here = Workstation()
    before = here.clock.now()
    for off in (1.9, -1.9):
        here.set(seconds=off)
        assert (here.clock.now(), here.clock.moved) == (before, timedelta())


def test_a_wall_that_leaps_by_years_is_not_followed() -> None:
    here = Workstation()
    before = here.clock.now()
    here.set(days=3_000)
    assert (here.clock.now(), here.clock.moved) == (before, timedelta(days=3_000))


def test_a_counter_that_slept_is_put_right_by_the_wall() -> None:
    here = Workstation()
    here.set(hours=3)
    assert here.clock.now() - THEN == timedelta(hours=3, seconds=100)


def test_a_re_served_shift_does_not_mind_the_wall() -> None:
    here = Workstation()
    here.clock.follow(THEN, 1.0)
    for hours in (1, -1):
        here.set(hours=hours)
        assert (here.clock.now(), here.clock.moved) == (THEN, timedelta())


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(-90_000, 90_000)), max_size=20))
def test_however_the_wall_is_set_the_session_never_steps_back(moves: list[tuple[float, float]]) -> None:
    here = Workstation()
    last = here.clock.now()
    for passed, off in moves:
        here.steady += passed
        here.set(seconds=off)
        assert here.clock.now() >= last
        last = here.clock.now()
