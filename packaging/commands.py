"""The verbs of the set-up command."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import checks
import system_libraries
import virtual_environment
from progress import SetupError, say

ROOT = Path(__file__).resolve().parent.parent
VERBS = ("demo", "run", "setup", "test", "lint", "bench")


def main(arguments: list[str], usage: str) -> int:
    """Carry out one verb; the exit code is that of what it started."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb not in VERBS:
        asked = verb in {"-h", "--help", "help"}
        print(usage, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        return carry_out(verb, rest)
    except SetupError as stop:
        say(str(stop))
        return stop.code
    except PermissionError as refused:
        say(f"You may not change {refused.filename}: do this as its owner, or in a checkout of your own.")
        return 2
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


def carry_out(verb: str, arguments: list[str]) -> int:
    """Set up what the verb needs, then do it."""
    python = virtual_environment.ensure(ROOT)
    if verb != "lint":
        system_libraries.ensure(virtual_environment.qt(python))
    environment = surroundings(os.environ, verb, root=system_libraries.administrator())
    match verb:
        case "setup":
            say(f"Ready: {python}")
            return 0
        case "lint":
            return checks.run(checks.without_tests(python), ROOT, environment)
        case "test" if not arguments:
            return checks.run(checks.all_checks(python), ROOT, environment)
        case "test":
            return hand_over([str(python), "-m", "pytest", *arguments], environment, ROOT)
        case "bench":
            return hand_over([str(python), "-m", "tests.benchmarks", *arguments], environment, ROOT)
        case _:
            return hand_over([str(python), "-m", "console", verb, *arguments], environment, Path.cwd())


def surroundings(outer: Mapping[str, str], verb: str, *, root: bool) -> dict[str, str]:
    """The environment of what is started: the map's browser refuses a sandbox to root; tests need no screen."""
    inner = dict(outer)
    flags = inner.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    if root and "--no-sandbox" not in flags.split():
        inner["QTWEBENGINE_CHROMIUM_FLAGS"] = f"{flags} --no-sandbox".strip()
    screenless = sys.platform == "linux" and not (inner.get("DISPLAY") or inner.get("WAYLAND_DISPLAY"))
    if screenless and verb in {"test", "bench"}:
        inner.setdefault("QT_QPA_PLATFORM", "offscreen")
    return inner


def hand_over(command: list[str], environment: dict[str, str], folder: Path) -> int:
    """Become the command where the system can, so that signals and the exit code are its own."""
    if os.name == "posix":
        os.chdir(folder)
        os.execve(command[0], command, environment)
    return subprocess.call(command, env=environment, cwd=folder)
