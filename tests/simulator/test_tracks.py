"""Where units are, and what they report of it."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.entities import Position, Unit
from console.domain.vocabulary import FeedName, UnitState
from console.simulator.city.plane import Point, meters
from console.simulator.city.routes import Routes
from console.simulator.city.streets import Spot, Streets
from console.simulator.shift import Shift
from console.simulator.tracks import CADENCE_MS, Fixes, Track

STREETS = Streets()
ROUTES = Routes(STREETS)
START = datetime(2026, 11, 17, 14, 0, tzinfo=UTC)
HOME, AWAY, ELSEWHERE = Spot(3, 100.0), Spot(900, 50.0), Spot(400, 10.0)
HOUR_MS = 3_600_000


def driven() -> tuple[Track, int]:
    """A track that starts at home after a minute and drives away at once; and when it arrives."""
    track = Track(STREETS)
    track.begin(60_000, HOME)
    return track, track.drive(60_000, ROUTES.between(HOME, AWAY))


def test_a_unit_is_where_it_started_then_on_its_way_then_where_it_went() -> None:
    track, arrival = driven()
    assert track.point(60_000) == pytest.approx(STREETS.point(HOME))
    assert track.point(arrival + HOUR_MS) == pytest.approx(STREETS.point(AWAY))
    assert track.course(arrival + HOUR_MS) == (None, 0.0)


@given(st.floats(0, 1.2))
def test_a_unit_sent_elsewhere_turns_round_where_it_is(share: float) -> None:
    track, arrival = driven()
    turn = round(60_000 + (arrival - 60_000) * share)
    before = track.point(turn)
    track.drive(turn, ROUTES.between(track.spot(turn), ELSEWHERE))
    assert track.point(turn) == pytest.approx(before, abs=0.01)
    assert track.point(turn + HOUR_MS) == pytest.approx(STREETS.point(ELSEWHERE), abs=0.01)


def test_half_the_pace_takes_twice_as_long() -> None:
    slow = Track(STREETS)
    slow.begin(60_000, HOME)
    arrival = slow.drive(60_000, ROUTES.between(HOME, AWAY), pace=0.5)
    assert arrival - 60_000 == pytest.approx(2 * (driven()[1] - 60_000), abs=200)


@given(st.integers(0, HOUR_MS))
def test_a_fix_comes_every_five_seconds_at_the_units_own_phase(at_ms: int) -> None:
    fixes = Fixes("u", driven()[0], START, 700)
    changed = fixes.changed(at_ms)
    if changed is None:
        assert at_ms < 60_700
    else:
        assert changed % CADENCE_MS == 700
        assert 0 <= at_ms - changed < CADENCE_MS


def test_a_silent_unit_keeps_its_last_fix_and_then_is_heard_again() -> None:
    fixes = Fixes("u", driven()[0], START, 0)
    fixes.silences = [(600_000, 1_050_000)]
    assert fixes.changed(1_049_999) == 595_000
    assert fixes.changed(1_050_000) == 1_050_000


def test_a_unit_off_duty_reports_nothing_until_its_next_tour() -> None:
    track, arrival = driven()
    track.end(arrival + 60_000)
    track.begin(arrival + HOUR_MS, AWAY)
    fixes = Fixes("u", track, START, 0)
    assert fixes.changed(arrival + 30_000) is not None
    assert fixes.changed(arrival + 600_000) is None
    assert fixes.changed(arrival + HOUR_MS + 10_000) is not None


def test_every_position_of_a_shift_lies_on_a_street(weekday: Shift) -> None:
    on_street = [_near_a_street(meters(fix.lat, fix.lon)) for fix in _fixes(weekday, 3_600)]
    assert len(on_street) > 500
    assert all(on_street)


def test_a_travelling_unit_has_a_course_and_a_speed_a_car_can_drive(weekday: Shift) -> None:
    moving = [fix for fix in _fixes(weekday, 3_600) if fix.speed_mps]
    assert len(moving) > 100
    assert all(fix.heading is not None and 0 <= fix.heading < 360 for fix in moving)
    assert max(fix.speed_mps or 0 for fix in moving) < 25


def test_a_unit_on_scene_stands_at_the_call(weekday: Shift) -> None:
    at = weekday.showcase
    places = {call.id: (call.lat, call.lon) for call in weekday.timeline.board(FeedName.CALLS, at).values()}  # type: ignore[union-attr]  # the feed of calls
    fixes = {fix.unit: (fix.lat, fix.lon) for fix in _at(weekday, at)}
    units = [u for u in weekday.timeline.board(FeedName.UNITS, at).values() if isinstance(u, Unit)]
    standing = [u for u in units if u.state is UnitState.ON_SCENE]
    assert standing
    assert all(fixes[u.id] == pytest.approx(places[u.call], abs=2e-6) for u in standing)


def test_positions_are_minutes_old_only_for_the_silent(weekday: Shift) -> None:
    ages = [weekday.showcase - fix.at for fix in _at(weekday, weekday.showcase)]
    late = [age for age in ages if age > timedelta(milliseconds=CADENCE_MS)]
    assert len(late) in (1, 2)
    assert timedelta(minutes=6) < max(late) < timedelta(minutes=9)


def _fixes(shift: Shift, every_s: int) -> list[Position]:
    moments = [shift.start + timedelta(seconds=s) for s in range(0, 86_400, every_s)]
    return [fix for moment in moments for fix in _at(shift, moment)]


def _at(shift: Shift, moment: datetime) -> list[Position]:
    at_ms = (moment - shift.start) // timedelta(milliseconds=1)
    subjects = shift.moving[FeedName.POSITIONS]
    rows = [s.row(changed) for s in subjects if (changed := s.changed(at_ms)) is not None]
    return [row for row in rows if isinstance(row, Position)]


def _near_a_street(point: Point) -> bool:
    def off(a: Point, b: Point, length: float) -> float:
        return math.dist(a, point) + math.dist(point, b) - length

    ends = ((STREETS.points[b.a], STREETS.points[b.b], b.length) for b in STREETS.blocks)
    return any(off(*block) < 0.05 for block in ends)
