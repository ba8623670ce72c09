"""A console dies in the middle of a shift and another goes on: one shift, with a gap that is known."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import msgspec
import pytest

from console.archive.store.tables import moment, runs
from console.domain.state import advance, start
from console.reports.board import board
from console.session.clock import wall
from tests.archive.recording.beside import Held
from tests.scenes.command import run, served
from tests.scenes.recorder import recording

pytestmark = pytest.mark.scene

RECORDED_S, AWAY_S = 4, 8
Found = dict[str, Any]


class Restarted:
    """What the two consoles recorded, when the first was killed, and what a window shows of it."""

    def __init__(self, archive: Path) -> None:
        self.archive = str(archive)
        with served("--scenario", "surge") as url:
            with recording(url, archive) as process:
                Event().wait(RECORDED_S)
                process.kill()
                self.killed = wall()
            Event().wait(AWAY_S)
            self.second = run("record", "--source", url, "--archive", self.archive, "--for", f"{RECORDED_S}s")
        self.listed: list[Found] = json.loads(run("shifts", "--archive", self.archive, "--json").stdout)
        self.seen = self._window()

    def _window(self) -> Found:
        done = subprocess.run(
            [sys.executable, "-m", "tests.scenes.restarted", self.archive],
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: Found = json.loads(done.stdout.splitlines()[-1])
        return found

    def folded(self, number: int, at: str) -> Any:
        """The board that the events of a run come to."""
        held = Held(self.archive)
        began = moment(held.rows(runs)[number - 1].began)
        until = datetime.fromisoformat(at)
        due = [event for event in held.events(number).values() if event.at <= until]
        state = advance(start(began), due, until)
        return msgspec.json.decode(msgspec.json.encode(board(state)))


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> Restarted:
    return Restarted(tmp_path_factory.mktemp("restarted") / "shifts.db")


def test_two_runs_are_one_shift(shift: Restarted) -> None:
    assert "ended unexpectedly" in shift.second.stdout
    assert [line["ended"] for line in shift.listed] == ["well"]
    assert len(Held(shift.archive).rows(runs)) == 2


def test_the_gap_begins_where_the_first_was_killed(shift: Restarted) -> None:
    since, until = (datetime.fromisoformat(shift.seen[end]) for end in ("since", "until"))
    assert timedelta(seconds=-1) < shift.killed - since < timedelta(seconds=3)
    assert until - since > timedelta(seconds=AWAY_S)


def test_a_shift_that_a_console_came_late_to_is_opened_where_there_is_something_to_see(
    shift: Restarted,
) -> None:
    assert shift.seen["early"][0]
    assert shift.seen["opened"]["at"] >= shift.seen["early"][1].replace("+00:00", "Z")
    assert len(shift.seen["opened"]["calls"]) > 50


def test_before_the_gap_it_is_the_first_board_and_behind_it_the_second(shift: Restarted) -> None:
    before, end = shift.seen["before"], shift.seen["end"]
    assert before == shift.folded(1, before["at"])
    assert end == shift.folded(2, end["at"])
    assert len(before["calls"]) > 50
    assert len(end["calls"]) > 50


def test_in_the_gap_the_board_stays_and_its_ages_rise(shift: Restarted) -> None:
    before, within, late = (shift.seen[moment] for moment in ("before", "within", "late"))
    for part in ("calls", "units", "teams", "metrics"):
        assert before[part] == within[part] == late[part]
    for old, new in zip(before["feeds"], within["feeds"], strict=True):
        assert new["age_s"] == pytest.approx(old["age_s"] + 2.0)
    assert {feed["health"] for feed in late["feeds"] if feed["feed"] in ("calls", "units")} <= {
        "late",
        "stale",
    }


def test_g_leads_to_where_the_recording_goes_on(shift: Restarted) -> None:
    until = datetime.fromisoformat(shift.seen["until"])
    assert datetime.fromisoformat(shift.seen["behind"]["at"]) == until
    assert shift.seen["behind"] == shift.folded(2, until.isoformat())


def test_a_moment_in_the_gap_is_printed_with_the_reason(shift: Restarted) -> None:
    done = run("replay", "latest", "--archive", shift.archive, "--at", shift.seen["within"]["at"], "--json")
    assert "no console was recording" in done.stderr
    assert json.loads(done.stdout) == shift.seen["within"]
