"""A supervisor rewinds while the shift is recorded: the past is what was shown, and the present is not lost."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.archive.recording.beside import Held
from tests.scenes.command import served
from tests.scenes.recorder import reached

pytestmark = pytest.mark.scene

Found = dict[str, Any]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("behind") / "shifts.db"


@pytest.fixture(scope="module")
def seen(archive: Path) -> Found:
    """What one window showed; after some seconds the dispatch API no longer gives calls."""
    with served("--scenario", "surge", "--fault", "calls:error=503 from=12s") as url:
        done = subprocess.run(
            [sys.executable, "-m", "tests.scenes.behind_live", str(archive), url],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_moment_gone_back_to_is_the_board_that_was_shown_then(seen: Found) -> None:
    assert seen["behind"] == pytest.approx(3.0)
    assert seen["calls"] > 50
    assert len(set(seen["shown"])) >= 3
    assert seen["replayed"] == seen["shown"]


def test_trouble_on_the_live_board_is_told_over_the_replay(seen: Found) -> None:
    assert seen["banner"].startswith("LIVE: ")
    assert "calls down" in seen["banner"]


def test_the_mute_is_of_the_present_also_from_a_replay(seen: Found) -> None:
    assert seen["muted"] == {"live": True, "replayed": False}


def test_the_way_back_leads_to_the_present(seen: Found) -> None:
    assert seen["alone"]
    assert seen["hidden"]
    assert seen["seen"] > seen["since"]


def test_the_recording_goes_on_behind_the_replay_without_a_hole(seen: Found, archive: Path) -> None:
    events = Held(str(archive)).events()
    assert sorted(events) == list(range(1, len(events) + 1))
    assert len(events) >= seen["seen"]
    assert [well for _, well in reached(archive)] == [True]
