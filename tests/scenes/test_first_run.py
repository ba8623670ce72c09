"""The first run: no configuration, and one step from a board."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from console.settings import load
from tests.scenes.command import TIMEOUT_S, run, served

pytestmark = [
    pytest.mark.scene,
    pytest.mark.skipif(sys.platform != "linux", reason="the folder of the configuration is set by variable"),
]


def nowhere(folder: Path) -> dict[str, str]:
    """An environment with no display and with folders that hold nothing."""
    folders = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    return {"QT_QPA_PLATFORM": "offscreen", **{name: str(folder / name) for name in folders}}


def first_run(how: str, file: Path, folder: Path) -> list[str]:
    """What a person saw who went ``how`` from the welcome page to a board."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.scenes.first_run", how, str(file)],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        env={**os.environ, **nowhere(folder)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_without_a_display_the_three_ways_to_a_board_are_named(tmp_path: Path) -> None:
    done = run("run", **nowhere(tmp_path))
    assert done.returncode == 2
    assert all(f"smart-console {verb}" in done.stderr for verb in ("run --config", "serve --shift", "demo"))


def test_pictures_are_taken_of_the_welcome_page(tmp_path: Path) -> None:
    pictures = ("--screenshot", str(tmp_path / "shots"), "--after", "0", "--theme", "dark")
    done = run("run", *pictures, **nowhere(tmp_path))
    assert done.returncode == 0, done.stderr
    names = {file.name for file in (tmp_path / "shots").iterdir()}
    sizes = ("1920x1080", "1366x768")
    assert names == {f"{view}-{size}-dark.png" for view in ("welcome", "connect") for size in sizes}
    picture = QImage(str(tmp_path / "shots" / "connect-1366x768-dark.png"))
    assert (picture.width(), picture.height()) == (1366, 768)
    assert len({picture.pixel(x, y) for x in range(0, 1366, 5) for y in range(0, 768, 5)}) > 10


def test_a_view_that_the_welcome_page_does_not_have_is_refused(tmp_path: Path) -> None:
    done = run("run", "--screenshot", str(tmp_path), "--view", "supervisor", **nowhere(tmp_path))
    assert done.returncode == 2
    assert "welcome, connect" in done.stderr


def test_the_demo_is_one_step_from_its_board(tmp_path: Path) -> None:
    file = tmp_path / "console.toml"
    assert first_run("demo", file, tmp_path) == ["board", "ended"]
    assert not file.exists()


def test_a_source_that_answers_is_saved_and_its_board_opens(tmp_path: Path) -> None:
    file = tmp_path / "console.toml"
    with served() as url:
        assert first_run(url, file, tmp_path) == ["board", "ended"]
    assert load(file).source[0].url == url
