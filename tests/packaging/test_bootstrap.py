"""The set-up command as a person meets it."""

import subprocess
import sys
from pathlib import Path

import pytest

import checks
import commands

BOOTSTRAP = Path(commands.__file__).with_name("bootstrap.py")


def test_without_a_verb_it_says_how_it_is_used() -> None:
    run = subprocess.run([sys.executable, str(BOOTSTRAP)], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "bootstrap.py demo" in run.stderr


def test_root_runs_the_map_without_a_sandbox() -> None:
    inner = commands.surroundings({"QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu"}, "demo", root=True)
    assert inner["QTWEBENGINE_CHROMIUM_FLAGS"] == "--disable-gpu --no-sandbox"


def test_everybody_else_keeps_the_sandbox() -> None:
    assert "QTWEBENGINE_CHROMIUM_FLAGS" not in commands.surroundings({}, "demo", root=False)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_tests_need_no_screen_and_the_console_decides_for_itself() -> None:
    assert commands.surroundings({}, "test", root=False)["QT_QPA_PLATFORM"] == "offscreen"
    assert "QT_QPA_PLATFORM" not in commands.surroundings({}, "demo", root=False)


def test_the_first_failing_check_is_named_and_ends_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gates = [
        checks.Check("fine", [sys.executable, "-c", ""]),
        checks.Check("broken", [sys.executable, "-c", "raise SystemExit(7)"]),
        checks.Check("never", [sys.executable, "-c", "open('reached', 'w')"]),
    ]
    assert checks.run(gates, tmp_path, {}) == 7
    assert "broken failed" in capsys.readouterr().err
    assert not (tmp_path / "reached").exists()
