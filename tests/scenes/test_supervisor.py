"""Acceptance scene 1: a supervisor's twelve minutes on the demo city, over real HTTP, in the real window."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.scenes.command import served

pytestmark = pytest.mark.scene

Found = dict[str, Any]

CUT = "error=503 from=56s for=7s"
"""At ten times the world's pace: 70 s without data."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Found:
    folder = tmp_path_factory.mktemp("supervisor")
    with served("--scenario", "weekday", "--at", "16:28", "--speed", "10", "--fault", CUT) as url:
        done = subprocess.run(
            [sys.executable, "-m", "tests.scenes.supervisor", str(folder / "shifts.db"), url, str(folder)],
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    found: Found = json.loads(done.stdout.splitlines()[-1])
    found["pictures"] = sorted(file.name for file in Path(folder).glob("*.png"))
    return found


def test_teams_that_nobody_asked_after_call_again_each_30_s_until_they_are_reached(seen: Found) -> None:
    assert len(seen["overdue"]) >= 2
    assert len(seen["gaps"]) >= 2
    assert max(seen["gaps"]) == 30.0
    assert set(seen["reached"]) == {"radio"}
    assert seen["repeats_after"] == 0


def test_unanswered_for_a_minute_they_stand_in_a_banner_until_they_are_reached(seen: Found) -> None:
    assert "check-in overdue" in seen["banner"]
    assert seen["banner_after"] == []


def test_a_team_without_a_position_for_eight_minutes_is_hollow_on_the_map_and_called(seen: Found) -> None:
    assert 480 <= seen["silent_after_s"] <= 500
    assert seen["silent"] in seen["hollow"]
    assert "silent for" in seen["silent_line"]
    assert seen["silent_by"] == "trainer"


def test_a_call_at_its_limit_gives_one_tone_one_line_and_is_acknowledged_by_its_key(seen: Found) -> None:
    assert seen["waited_min"] == pytest.approx(seen["limit_min"], abs=0.5)
    assert seen["waited_tones"] == 1
    assert "has waited 10:" in seen["waited_line"]


def test_without_data_everything_is_hatched_under_one_alarm_and_nothing_is_lost(seen: Found) -> None:
    assert seen["down"] == ["feed_down:demo"]
    assert seen["data_tones"] == 1
    assert {"Waiting", "Teams free", "Eligible coverage"} <= set(seen["hatched"])
    assert seen["kept_calls"] > 5
    assert seen["suppressed"]


def test_after_the_recovery_nothing_is_said_twice(seen: Found) -> None:
    assert seen["well"]
    assert seen["down_times"] == 1
    assert seen["hatched_after"] == []
    assert seen["suppressed_after"] == []
    assert seen["raised_again"] == []
    assert seen["said_after"] == []


def test_the_handover_says_what_the_board_says(seen: Found) -> None:
    assert seen["page_calls"]
    assert seen["page_alarms"]
    assert seen["page_teams"]
    assert seen["unwritten"] == []


def test_the_scene_lasted_twelve_minutes_and_left_its_pictures(seen: Found) -> None:
    began, ended = (datetime.fromisoformat(seen[name]) for name in ("began", "ended"))
    assert (ended - began).total_seconds() >= 720
    assert seen["pictures"] == ["cut.png", "overdue.png", "silent.png", "waited.png"]
