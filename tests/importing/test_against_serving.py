"""A replayed import is the same file served with a frozen clock: by the whole program, both ways."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.importing.files import written
from tests.samples import samples
from tests.scenes.command import board, run, served

pytestmark = pytest.mark.scene
SAN_FRANCISCO, real = samples("sf-fire-2018")
SAME = ("at", "agency", "notice", "definitions", "calls", "units", "teams", "metrics", "problems")


def both(path: Path, shift: str, at: str, archive: Path) -> list[dict[str, Any]]:
    """The board that was imported and the one that is served, at a local moment."""
    assert run("import", str(path), "--archive", str(archive)).returncode == 0
    done = run("replay", shift, "--at", at, "--json", "--archive", str(archive))
    assert done.returncode == 0, done.stderr
    with served("--shift", str(path), "--at", at, "--speed", "0", "--no-rebase") as url:
        return [{name: found[name] for name in SAME} for found in (json.loads(done.stdout), board(url))]


@pytest.mark.parametrize(
    ("shift", "at"),
    [
        ("sffd-2018-01-19", "2018-01-19T10:12:00"),
        ("sffd-2018-01-19", "2018-01-20T07:59:59"),
        ("sffd-2018-01-20", "2018-01-20T08:00:00"),
        ("sffd-2018-01-20", "2018-01-20T10:02:30"),
    ],
)
def test_a_replayed_import_is_the_file_as_it_is_served(tmp_path: Path, shift: str, at: str) -> None:
    replayed, shown = both(written(tmp_path), shift, at, tmp_path / "a.db")
    assert replayed == shown


@real
def test_a_real_day_replayed_is_the_day_as_it_is_served(tmp_path: Path) -> None:
    path = SAN_FRANCISCO / "sffd-2018-01-13_24.csv"
    replayed, shown = both(path, "sffd-2018-01-19", "2018-01-19T18:00:00", tmp_path / "a.db")
    assert len(shown["calls"]) > 5
    assert replayed == shown
