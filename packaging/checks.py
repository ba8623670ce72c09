"""The quality gates, in the order in which they are cheapest to fail."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from progress import say


class Check(NamedTuple):
    """One gate: what it is called and what it runs."""

    name: str
    command: list[str]


def without_tests(python: Path) -> list[Check]:
    """Everything that is said about the code without running it."""
    linter = python.with_name("lint-imports.exe" if python.suffix else "lint-imports")
    return [
        Check("format", [str(python), "-m", "ruff", "format", "--check", "--quiet", "."]),
        Check("style", [str(python), "-m", "ruff", "check", "."]),
        Check("types", [str(python), "-m", "mypy"]),
        Check("imports", [str(linter)]),
    ]


def all_checks(python: Path) -> list[Check]:
    """What a change has to pass."""
    return [*without_tests(python), Check("tests", [str(python), "-m", "pytest"])]


def run(checks: Sequence[Check], root: Path, environment: Mapping[str, str]) -> int:
    """Run the gates up to the first that fails; its exit code, or 0."""
    for check in checks:
        say(f"-- {check.name}")
        begun = time.monotonic()
        code = subprocess.call(check.command, cwd=root, env=dict(environment))
        if code:
            say(f"-- {check.name} failed, {time.monotonic() - begun:.1f} s (exit code {code}); stopped there")
            return code
        say(f"-- {check.name} ok, {time.monotonic() - begun:.1f} s")
    return 0
