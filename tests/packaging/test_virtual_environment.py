"""When the set-up fills the virtual environment, and when it leaves it alone."""

from pathlib import Path

import pytest

import virtual_environment

PROJECT = """\
[project]
name = "smart-console"
dependencies = ["httpx"]
[tool.ruff]
line-length = 110
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    python = virtual_environment.interpreter(tmp_path / ".venv")
    python.parent.mkdir(parents=True)
    python.touch()
    return tmp_path


def _stamp(checkout: Path) -> None:
    (checkout / ".venv" / virtual_environment.STAMP).write_text(virtual_environment.fingerprint(checkout))


def _stamped(checkout: Path) -> bool:
    return virtual_environment.stamped(checkout / ".venv", virtual_environment.fingerprint(checkout))


def test_a_filled_environment_is_left_alone(checkout: Path) -> None:
    _stamp(checkout)
    assert _stamped(checkout)


def test_an_environment_whose_filling_was_cut_short_is_filled_again(checkout: Path) -> None:
    assert not _stamped(checkout)


def test_a_new_dependency_fills_it_again(checkout: Path) -> None:
    _stamp(checkout)
    (checkout / "pyproject.toml").write_text(PROJECT.replace("httpx", "httpx2"))
    assert not _stamped(checkout)


def test_a_changed_line_length_does_not(checkout: Path) -> None:
    _stamp(checkout)
    (checkout / "pyproject.toml").write_text(PROJECT.replace("110", "120"))
    assert _stamped(checkout)


def test_a_copied_checkout_gets_an_environment_of_its_own(checkout: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "pyproject.toml").write_text(PROJECT)
    assert virtual_environment.fingerprint(copy) != virtual_environment.fingerprint(checkout)


def test_an_environment_whose_python_was_removed_is_made_again(checkout: Path) -> None:
    _stamp(checkout)
    virtual_environment.interpreter(checkout / ".venv").unlink()
    assert not _stamped(checkout)
    assert not virtual_environment.usable(checkout / ".venv")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "  Downloading pyside6_addons-6.11.3-cp310-abi3-manylinux_2_34_x86_64.whl (170.1 MB)",
            "  pyside6_addons, 170.1 MB",
        ),
        ("  Downloading qasync-0.28.0-py3-none-any.whl (16 kB)", None),
        ("Installing collected packages: a, b, c", "  unpacking 3 packages ..."),
        ("Requirement already satisfied: httpx", None),
    ],
)
def test_only_what_takes_long_is_told(line: str, told: str | None) -> None:
    assert virtual_environment.progress(line) == told
