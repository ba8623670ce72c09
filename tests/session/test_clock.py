"""The session's clock."""

from datetime import UTC, datetime, timedelta

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
