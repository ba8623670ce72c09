"""A generated shift: the same from the same seed, plausible, and full of life where it is shown."""

import hashlib
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from console import resources
from console.domain.entities import STAMP_NAMES, Call, Facility, FollowUp, Unit
from console.domain.packs import parse
from console.domain.sets import marks, waiting
from console.domain.vocabulary import (
    ALTERNATIVE,
    Availability,
    CallState,
    FeedName,
    Origin,
    Program,
    UnitState,
    availability,
)
from console.simulator.city.streets import Streets
from console.simulator.life.crisis_codes import CRISIS_CALLS, VISITS
from console.simulator.life.generate import generate
from console.simulator.life.natures import DISPOSITIONS
from console.simulator.life.needs import Gazetteer, needs
from console.simulator.life.other_codes import EMS_CALLS, POLICE_CALLS
from console.simulator.life.scenarios import SCENARIOS, Surge
from console.simulator.shift import Shift

HOUR = timedelta(hours=1)
ROOT = Path(__file__).parents[2]
DIGEST = """
from tests.simulator.test_shift_of_a_city import digest
from console.simulator.life.generate import generate
from console.simulator.life.scenarios import SCENARIOS
print(digest(generate(SCENARIOS["weekday"], 1)))
"""


def digest(shift: Shift) -> str:
    """A fingerprint of all that a shift will ever serve, its positions every half hour."""
    every = hashlib.sha256()
    for feed in FeedName:
        for change in shift.timeline.changes(feed):
            every.update(msgspec.json.encode(change))
    for subject in shift.moving[FeedName.POSITIONS]:
        moments = [m for at in range(0, 86_400_000, 1_800_000) if (m := subject.changed(at)) is not None]
        every.update(msgspec.json.encode([subject.row(moment) for moment in moments]))
    return every.hexdigest()


def calls(shift: Shift, at: datetime) -> list[Call]:
    return [row for row in shift.timeline.board(FeedName.CALLS, at).values() if isinstance(row, Call)]


def units(shift: Shift, at: datetime) -> list[Unit]:
    return [row for row in shift.timeline.board(FeedName.UNITS, at).values() if isinstance(row, Unit)]


def teams(shift: Shift, at: datetime) -> list[Unit]:
    return [unit for unit in units(shift, at) if unit.program in ALTERNATIVE]


def in_queue(shift: Shift) -> list[Call]:
    """The calls that wait for a team when the shift is shown."""
    return [call for call in calls(shift, shift.showcase) if waiting(call)]


def test_the_same_seed_gives_the_same_shift_byte_for_byte_in_another_process(weekday: Shift) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    other = subprocess.run(
        [sys.executable, "-c", DIGEST], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == digest(weekday)


def test_another_seed_gives_other_calls() -> None:
    gazetteer = Gazetteer(Streets())
    first, second = (needs(SCENARIOS["weekday"], seed, gazetteer) for seed in (1, 2))
    assert [need.at for need in first] != [need.at for need in second]


def test_more_calls_of_one_kind_do_not_reshuffle_the_others() -> None:
    gazetteer = Gazetteer(Streets())
    usual, busier = (
        [need.at for need in needs(scenario, 1, gazetteer) if need.nature in POLICE_CALLS]
        for scenario in (SCENARIOS["weekday"], replace(SCENARIOS["weekday"], crisis=(40.0,) * 24))
    )
    assert usual == busier


@settings(max_examples=2)
@given(st.sampled_from(sorted(SCENARIOS)), st.integers(0, 10_000))
def test_whatever_the_seed_stamps_follow_one_another_and_units_and_calls_agree(name: str, seed: int) -> None:
    shift = generate(SCENARIOS[name], seed)
    for change in shift.timeline.changes(FeedName.CALLS):
        assert isinstance(change.row, Call)
        _assert_in_order(change.row, change.at)
    for hour in range(1, 24, 4):
        _assert_units_and_calls_agree(shift, shift.start + hour * HOUR)
    assert not [call for call in calls(shift, shift.until) if call.open or call.committed]
    assert not [unit for unit in units(shift, shift.until) if unit.call]


def _assert_in_order(call: Call, at: datetime) -> None:
    for part in (call.stamps, *call.assignments):
        moments = [m for stamp in STAMP_NAMES if (m := getattr(part, stamp, None)) is not None]
        assert moments == sorted(moments)
        assert all(moment <= at for moment in moments)


def _assert_units_and_calls_agree(shift: Shift, at: datetime) -> None:
    """A unit is on a call exactly while that call names it."""
    named = {(unit, call.id) for call in calls(shift, at) for unit in call.committed}
    assert named == {(unit.id, unit.call) for unit in units(shift, at) if unit.call}


def test_a_call_that_is_closed_stays_in_the_feed(weekday: Shift) -> None:
    assert all(change.row is not None for change in weekday.timeline.changes(FeedName.CALLS))


def test_each_version_of_a_row_says_when_it_was_made(weekday: Shift) -> None:
    changes = [change for feed in FeedName for change in weekday.timeline.changes(feed)]
    assert all(getattr(change.row, "updated_at", None) == change.at for change in changes)


def test_a_police_call_has_no_stamps_of_a_team(weekday: Shift) -> None:
    natures = {nature.code for nature in POLICE_CALLS}
    police = [call for call in calls(weekday, weekday.until) if call.nature in natures]
    assert len(police) > 300
    seen = {name for call in police for name in STAMP_NAMES if getattr(call.stamps, name)}
    assert seen <= {"answered_at", "created_at"}


def test_a_days_public_calls_to_police_are_a_city_of_this_size(weekday: Shift) -> None:
    public = [
        call
        for call in calls(weekday, weekday.until)
        if call.public_initiated and call.program is Program.POLICE and call.eligible is None
    ]
    assert 350 <= len(public) <= 480


def test_every_code_is_one_that_the_city_declares(weekday: Shift) -> None:
    natures = {nature.code for nature in (*CRISIS_CALLS, *VISITS, *POLICE_CALLS, *EMS_CALLS)}
    seen = calls(weekday, weekday.until)
    assert {call.nature for call in seen} == natures
    assert {call.disposition.code for call in seen if call.disposition} <= set(DISPOSITIONS)


def test_calls_come_in_by_every_line(weekday: Shift) -> None:
    assert {call.origin for call in calls(weekday, weekday.until)} == set(Origin) - {Origin.UNKNOWN}


def test_the_reasons_for_unmet_demand_and_for_calls_outside_the_service_are_kept_apart(
    weekday: Shift,
) -> None:
    unmet: set[str] = set()
    outside: set[str] = set()
    for call in calls(weekday, weekday.until):
        (unmet if call.eligible else outside).add(call.unmet_reason)
    assert unmet - {""} == {
        "ALL_TEAMS_BUSY", "WAIT_LIMIT", "NO_TEAM_ON_DUTY", "CALLER_ASKED_POLICE", "TEAM_DECLINED",
        "CANCELLED_BEFORE_ASSIGNMENT",
    }  # fmt: skip
    assert outside - {""} == {"OUT_OF_ZONE", "OUT_OF_HOURS", "NOT_SCREENED", "SAFETY_SCREEN"}


def test_fourteen_teams_of_every_kind_stand_on_the_roster(weekday: Shift) -> None:
    roster = teams(weekday, weekday.start)
    assert len(roster) == 14
    assert {team.program for team in roster} == ALTERNATIVE
    assert any("es" in member.languages for team in roster for member in team.crew)


def test_nobody_is_assigned_who_is_not_on_duty(weekday: Shift) -> None:
    for change in weekday.timeline.changes(FeedName.UNITS):
        assert isinstance(change.row, Unit)
        if change.row.state is UnitState.ASSIGNED:
            assert change.row.shift_from is not None
            assert change.row.shift_from <= change.at


def test_the_weekday_is_shown_at_half_past_four_with_about_sixty_percent_covered(weekday: Shift) -> None:
    at = weekday.showcase
    pack = parse(resources.path("definitions/denver-style.toml").read_bytes())
    found = [marks(call, pack) for call in calls(weekday, at)]
    eligible = [mark for mark in found if mark.eligible]
    settled = [mark for mark in eligible if mark.served or not mark.open]
    assert 60 <= len(eligible) <= 75
    assert 0.55 <= sum(mark.served is True for mark in settled) / len(settled) <= 0.70
    assert 2 <= len(in_queue(weekday)) <= 5
    assert 3 <= [availability(t.state) for t in teams(weekday, at)].count(Availability.AVAILABLE) <= 6


def test_the_weekday_shows_every_state(weekday: Shift) -> None:
    at = weekday.showcase
    shown = {call.state for call in calls(weekday, at)}
    assert shown >= {
        CallState.PENDING, CallState.ENROUTE, CallState.ON_SCENE, CallState.TRANSPORTING, CallState.CLOSED
    }  # fmt: skip
    of_units = {unit.state for unit in units(weekday, at)}
    assert of_units >= {
        UnitState.AVAILABLE, UnitState.ENROUTE, UnitState.ON_SCENE, UnitState.OUT_OF_SERVICE, UnitState.OFF_DUTY,
        UnitState.UNKNOWN,
    }  # fmt: skip
    assert any(call.open and call.origin is Origin.C988 for call in calls(weekday, at))
    assert not any(unit.emergency for unit in units(weekday, at))


def test_a_surge_fills_the_queue_while_no_team_is_free() -> None:
    shift = generate(SCENARIOS["surge"], 1)
    assert 8 <= len(in_queue(shift)) <= 14
    assert Availability.AVAILABLE not in {availability(t.state) for t in teams(shift, shift.showcase)}


def test_arrivals_triple_within_the_hour() -> None:
    surge = Surge(start=30_600)
    assert [round(surge.strength(30_600 + minute * 60), 1) for minute in (-1, 0, 60)] == [1.0, 1.0, 3.0]


def test_arrivals_fall_back_after_a_surge() -> None:
    assert Surge(start=0).strength(5 * 3_600) == 1.0


def test_a_quiet_night_is_quiet() -> None:
    shift = generate(SCENARIOS["quiet_night"], 1)
    assert (
        len([call for call in calls(shift, shift.showcase) if call.open and call.program in ALTERNATIVE]) <= 5
    )
    assert [team.state for team in teams(shift, shift.showcase)].count(UnitState.OFF_DUTY) == 11


def test_some_promises_are_overdue_when_the_weekday_is_shown(weekday: Shift) -> None:
    board = weekday.timeline.board(FeedName.FOLLOW_UPS, weekday.showcase).values()
    open_ = [row for row in board if isinstance(row, FollowUp) and row.done_at is None]
    assert 1 <= len([row for row in open_ if row.due_at is not None and row.due_at < weekday.showcase]) <= 5
    assert {row.hours for row in open_} == {24, 48, 72}


def test_bed_figures_change_and_stay_within_what_there_is(weekday: Shift) -> None:
    seen: dict[str, set[int | None]] = {}
    for change in weekday.timeline.changes(FeedName.FACILITIES):
        assert isinstance(change.row, Facility)
        seen.setdefault(change.row.id, set()).add(change.row.beds_free)
        assert change.row.beds_free is None or 0 <= change.row.beds_free <= (change.row.beds or 0)
    assert len(seen["crisis-1"]) > 3


def test_people_can_be_called_at_numbers_of_fiction_only(weekday: Shift) -> None:
    phones = {call.caller_phone for call in calls(weekday, weekday.until) if call.caller_phone}
    assert all(phone.startswith("303-555-01") for phone in phones)


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_a_shift_starts_at_its_own_local_hour(name: str) -> None:
    scenario = SCENARIOS[name]
    assert (scenario.start.hour - 7) % 24 == scenario.opens.hour
