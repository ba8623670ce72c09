"""Acceptance scene 3: a trainer opens yesterday, plays 07:42 again and again, marks it, and comes back to it."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from console.archive.store.tables import blocks, checkpoints, marks, overlay, parts, runs, shifts
from console.domain.state import State
from tests.archive.recording.beside import Held
from tests.scenes.command import run
from tests.scenes.trainer import BOOKMARK, MINUTE, NOTE, SEVEN_42, hashed, printed, yesterday
from tests.scenes.yesterday import record

pytestmark = pytest.mark.scene

RECORDING = (runs, blocks, checkpoints, marks, shifts, parts)
"""Every table that holds what was recorded."""

Found = dict[str, Any]


class Twice:
    """The morning as it was live, and what the trainer saw in it on two visits."""

    def __init__(self, archive: Path) -> None:
        self.archive = str(archive)
        self.live: tuple[State, ...] = record(self.archive, SEVEN_42)
        self.before = self._recording()
        self.first, self.again = self._sit("first"), self._sit("again")
        self.after = self._recording()

    def _recording(self) -> list[list[tuple[Any, ...]]]:
        return [[tuple(row) for row in Held(self.archive).rows(table)] for table in RECORDING]

    def _sit(self, visit: str) -> Found:
        done = subprocess.run(
            [sys.executable, "-m", "tests.scenes.trainer", self.archive, visit],
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: Found = json.loads(done.stdout.splitlines()[-1])
        return found


@pytest.fixture(scope="module")
def trainer(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    return Twice(tmp_path_factory.mktemp("trainer") / "shifts.db")


def test_seven_forty_two_is_what_was_live_then_and_is_the_same_board_again(trainer: Twice) -> None:
    live = trainer.live[0]
    assert len(live.open_calls) > 10
    assert trainer.first["hash"] == trainer.again["hash"] == hashed(live)
    assert trainer.first["printed"] == trainer.again["printed"] == printed(live)


def test_what_is_printed_without_a_window_is_that_board(trainer: Twice) -> None:
    shift = yesterday(trainer.archive)
    done = run("replay", shift.id, "--archive", trainer.archive, "--at", "07:42", "--json")
    assert done.stdout == trainer.first["printed"] + "\n"


def test_sixty_times_is_a_minute_a_second(trainer: Twice) -> None:
    assert trainer.first["played"] == pytest.approx([60.0, 60.0], rel=0.05)


def test_a_loop_plays_its_minute_and_nothing_else(trainer: Twice) -> None:
    looped = trainer.first["looped"]
    assert all(0 <= second <= MINUTE.total_seconds() for second in looped)
    assert sum(after < before for before, after in pairwise(looped)) >= 2


def test_bookmark_and_note_are_there_when_the_shift_is_opened_again(trainer: Twice) -> None:
    at = (SEVEN_42 + MINUTE).isoformat()
    assert trainer.again["bookmarks"] == [[at, BOOKMARK, "trainer"]]
    assert trainer.again["notes"] == [[at, NOTE, "trainer"]]


def test_nothing_of_the_trainee_is_in_the_recording(trainer: Twice) -> None:
    assert len(trainer.before[1]) > 10
    assert trainer.after == trainer.before
    assert len(Held(trainer.archive).rows(overlay)) == 2


def test_the_figures_at_the_end_are_those_of_a_count_and_of_the_live_board(trainer: Twice) -> None:
    live = trainer.live[-1]
    assert len(live.calls) > 20
    for end in (trainer.first["end"], trainer.again["end"]):
        assert end["figures"] == end["recounted"]
        assert end["hash"] == hashed(live)
        assert end["printed"] == printed(live)
